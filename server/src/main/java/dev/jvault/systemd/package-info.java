/** What systemd gives a daemon and wants of it: sockets, notifications, lines for the journal. */
@NullMarked
package dev.jvault.systemd;

import org.jspecify.annotations.NullMarked;
