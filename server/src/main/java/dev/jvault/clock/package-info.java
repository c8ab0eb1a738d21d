/**
 * The two clocks of a machine: the wall clock, which may be set, and the steady clock; and waits.
 */
@NullMarked
package dev.jvault.clock;

import org.jspecify.annotations.NullMarked;
