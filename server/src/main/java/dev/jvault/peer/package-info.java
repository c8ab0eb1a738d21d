/** Who is on the other end of a loopback TCP connection. */
@NullMarked
package dev.jvault.peer;

import org.jspecify.annotations.NullMarked;
