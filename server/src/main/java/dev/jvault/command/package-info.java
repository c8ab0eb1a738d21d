/** Runs the user's own commands, which print a key or a code, and quotes words for shells. */
@NullMarked
package dev.jvault.command;

import org.jspecify.annotations.NullMarked;
