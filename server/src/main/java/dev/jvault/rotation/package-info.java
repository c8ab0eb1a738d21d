/** Replaces stored keys by new ones, step by step, so that any kill can be made good. */
@NullMarked
package dev.jvault.rotation;

import org.jspecify.annotations.NullMarked;
