package dev.jvault.server;

import dev.jvault.protocol.RuntimeFiles;
import java.util.OptionalInt;

/**
 * How a daemon was started.
 *
 * @param files where its files are
 * @param port the endpoint's port that was chosen by name, which is remembered
 * @param portFallback whether any free port will do when the wanted one is taken
 * @param installation the folder of the installed program
 */
record ServerConfig(
    RuntimeFiles files, OptionalInt port, boolean portFallback, String installation) {}
