/** Tests of the user's own commands. */
@NullMarked
package dev.jvault.command;

import org.jspecify.annotations.NullMarked;
