/**
 * The verbs that the client calls on the control socket: one class for each, which renders its
 * reply.
 */
@NullMarked
package dev.jvault.control;

import org.jspecify.annotations.NullMarked;
