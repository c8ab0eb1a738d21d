package dev.jvault.setup;

import java.nio.file.Path;

/**
 * A profile that {@code jvault server} keeps ready.
 *
 * @param uri the address at which SDKs ask for its credentials
 * @param tokenFile the file with the token that they send
 */
public record ServedProfile(String name, String uri, Path tokenFile) {}
