/** What must fail or move on command: clocks and STS. */
@NullMarked
package dev.jvault.testing;

import org.jspecify.annotations.NullMarked;
