/** Commands of this machine as values, which can be shown before they run. */
@NullMarked
package dev.jvault.program;

import org.jspecify.annotations.NullMarked;
