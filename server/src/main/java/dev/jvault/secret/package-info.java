/** Values that must never be printed. */
@NullMarked
package dev.jvault.secret;

import org.jspecify.annotations.NullMarked;
