package dev.jvault.grant;

import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changed tokens that are written together: the registry once, then the token files. Ten thousand
 * lost token files are made again in the time of one. To be used inside a change of the registry.
 */
final class TokenChanges {
  private final GrantRegistry registry;
  private final TokenFiles files;
  private final Map<String, GrantEntry> unwritten = new LinkedHashMap<>();
  private final Map<String, GrantEntry> replaced = new LinkedHashMap<>();
  private final Map<String, GrantEntry> exposed = new LinkedHashMap<>();
  private final Map<String, Secret> tokens = new HashMap<>();
  private @Nullable Map<String, GrantEntry> inFile;

  TokenChanges(GrantRegistry registry, TokenFiles files) {
    this.registry = registry;
    this.files = files;
  }

  /** Puts an entry without a new token into memory; the registry writes it at its next change. */
  void keep(GrantEntry entry) {
    unwritten.put(entry.grant().id(), entry);
  }

  /** Replaces a token. If nothing can be written, the old one stays. */
  void replace(GrantEntry entry, Secret token) {
    replaced.put(entry.grant().id(), entry);
    tokens.put(entry.grant().id(), token);
  }

  /** Replaces a token that others may have read. It ends even if nothing can be written. */
  void expose(GrantEntry entry, Secret token) {
    exposed.put(entry.grant().id(), entry);
    tokens.put(entry.grant().id(), token);
  }

  /** The entry that the registry's file has for a grant; another daemon may have written it. */
  Optional<GrantEntry> inFile(String id) {
    Map<String, GrantEntry> known = inFile;
    if (known == null) {
      known = registry.inFile();
      inFile = known;
    }
    return Optional.ofNullable(known.get(id));
  }

  /**
   * Makes the changes.
   *
   * @throws JvaultException if a file cannot be written; the other files are written even so
   */
  void write() {
    registry.putInMemory(List.copyOf(unwritten.values()));
    registry.putInMemory(List.copyOf(exposed.values()));
    if (tokens.isEmpty()) {
      return;
    }
    // A token in a file must be known, so the registry comes first.
    registry.put(List.copyOf(replaced.values()));
    @Nullable JvaultException failure = null;
    for (Map.Entry<String, Secret> token : tokens.entrySet()) {
      try {
        files.write(token.getKey(), token.getValue());
      } catch (JvaultException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
