/**
 * Asks the user for what an outcome needs: once for all callers, in the right place, within limits.
 */
@NullMarked
package dev.jvault.interaction;

import org.jspecify.annotations.NullMarked;
