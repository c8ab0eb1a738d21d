/** The composition root: the only package that knows all others. */
@NullMarked
package dev.jvault.server;

import org.jspecify.annotations.NullMarked;
