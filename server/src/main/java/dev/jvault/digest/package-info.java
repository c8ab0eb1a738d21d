/** Digests of texts. */
@NullMarked
package dev.jvault.digest;

import org.jspecify.annotations.NullMarked;
