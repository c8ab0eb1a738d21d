/** The thin client: reads the command line, asks the daemon, asks the person, prints. */
@NullMarked
package dev.jvault.client;

import org.jspecify.annotations.NullMarked;
