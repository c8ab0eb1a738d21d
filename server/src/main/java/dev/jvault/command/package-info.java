/** Commands of the person's own: they print a key or a code. */
@NullMarked
package dev.jvault.command;

import org.jspecify.annotations.NullMarked;
