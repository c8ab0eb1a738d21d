/**
 * How a profile resolves, told to a person: each call, where its parameters come from, who is
 * asked.
 */
@NullMarked
package dev.jvault.explain;

import org.jspecify.annotations.NullMarked;
