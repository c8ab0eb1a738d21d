/**
 * The two pages that say which test shows what: {@code docs/conformance.md}, what AWS's clients
 * need, and {@code SECURITY.md}, what holds against whom.
 */
@NullMarked
package dev.jvault.conformance;

import org.jspecify.annotations.NullMarked;
