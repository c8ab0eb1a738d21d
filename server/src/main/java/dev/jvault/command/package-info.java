/** Runs the user's own commands, which print a key or a code. */
@NullMarked
package dev.jvault.command;

import org.jspecify.annotations.NullMarked;
