/** The lifecycle of the one daemon of a user: its lock, its heartbeat, its handover, its end. */
@NullMarked
package dev.jvault.lifecycle;

import org.jspecify.annotations.NullMarked;
