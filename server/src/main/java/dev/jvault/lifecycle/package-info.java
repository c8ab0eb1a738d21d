/** One daemon at a time, its beginning, its heartbeat and its end. */
@NullMarked
package dev.jvault.lifecycle;

import org.jspecify.annotations.NullMarked;
