/** Tests of the person's own commands. */
@NullMarked
package dev.jvault.command;

import org.jspecify.annotations.NullMarked;
