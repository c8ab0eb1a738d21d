/** Writes the table of verbs into files, when the program is built. */
@NullMarked
package dev.jvault.reference;

import org.jspecify.annotations.NullMarked;
