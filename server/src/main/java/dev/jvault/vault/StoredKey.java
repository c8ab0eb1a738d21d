package dev.jvault.vault;

import java.time.Instant;

/**
 * What may be shown of a long-lived key in the vault.
 *
 * @param name the profile that it was added for
 * @param accessKeyId the identifier that AWS gave it
 * @param added when it was put into the vault, by this machine's clock
 */
public record StoredKey(String name, String accessKeyId, Instant added) {}
