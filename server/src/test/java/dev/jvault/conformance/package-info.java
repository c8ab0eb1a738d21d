/** Writes {@code docs/conformance.md}: what AWS's clients need, and which test checks it. */
@NullMarked
package dev.jvault.conformance;

import org.jspecify.annotations.NullMarked;
