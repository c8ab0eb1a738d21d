/** The thin client: parses the command line, calls the daemon, asks the user and prints. */
@NullMarked
package dev.jvault.client;

import org.jspecify.annotations.NullMarked;
