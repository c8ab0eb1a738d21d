/** Finds the user and the process at the other end of a loopback TCP connection. */
@NullMarked
package dev.jvault.peer;

import org.jspecify.annotations.NullMarked;
