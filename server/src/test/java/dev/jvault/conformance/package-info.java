/** Writes {@code docs/conformance.md}: which test holds which statement about AWS's clients. */
@NullMarked
package dev.jvault.conformance;

import org.jspecify.annotations.NullMarked;
