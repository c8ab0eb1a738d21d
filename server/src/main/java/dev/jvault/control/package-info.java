/** What the client asks on the control socket: a class a verb, each renders its answer. */
@NullMarked
package dev.jvault.control;

import org.jspecify.annotations.NullMarked;
