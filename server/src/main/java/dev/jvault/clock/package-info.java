/**
 * The two clocks of a machine: the one that people set, and the one that only time moves; and
 * waits.
 */
@NullMarked
package dev.jvault.clock;

import org.jspecify.annotations.NullMarked;
