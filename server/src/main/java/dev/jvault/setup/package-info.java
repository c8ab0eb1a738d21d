/**
 * {@code jvault setup}: makes IDEs, shells and desktop programs find their credentials. A target
 * describes the lines that it wants in which file; one class adds them, shows the difference, and
 * takes them out again.
 */
@NullMarked
package dev.jvault.setup;

import org.jspecify.annotations.NullMarked;
