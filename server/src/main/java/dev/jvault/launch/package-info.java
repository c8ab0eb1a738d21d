/**
 * What a command needs to reach its credentials: its environment as a plan, the grant that it
 * presents, and the files from which the launcher starts the next command without the daemon.
 */
@NullMarked
package dev.jvault.launch;

import org.jspecify.annotations.NullMarked;
