/**
 * Explains to a user how a profile resolves: each call, where its parameters come from, who is
 * asked.
 */
@NullMarked
package dev.jvault.explain;

import org.jspecify.annotations.NullMarked;
