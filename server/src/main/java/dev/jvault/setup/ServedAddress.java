package dev.jvault.setup;

import java.nio.file.Path;

/**
 * A profile that {@code jvault server} serves.
 *
 * @param uri the address at which SDKs ask for its credentials
 * @param tokenFile the file with the token that they send
 */
public record ServedAddress(String name, String uri, Path tokenFile) {}
