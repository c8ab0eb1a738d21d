package dev.jvault.vault;

import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A vault in the test's folder, with a fake keyring and an adjustable clock. */
final class TestVault implements AutoCloseable {
  static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/bin:/bin", "HOME", "/");

  final Path directory;
  final InMemoryKeyring keyring = new InMemoryKeyring();
  private final List<Vault> opened = new ArrayList<>();
  private Instant now = START;

  TestVault(Path parent) {
    directory = parent.resolve("vault");
  }

  /** The vault as a new process sees it. */
  Vault restart() {
    opened.forEach(Vault::close);
    return another();
  }

  /** The vault as a second process sees it. */
  Vault another() {
    InstantSource clock = () -> now;
    Vault vault = new Vault(directory, keyring, clock);
    opened.add(vault);
    return vault;
  }

  /** Creates an unlocked vault whose identity is in the keyring. */
  Vault created() {
    Vault vault = another();
    vault.create(KeySource.KEYRING, Optional.empty(), Optional.empty(), ENVIRONMENT);
    return vault;
  }

  UnlockResult unlock(Vault vault) {
    return vault.unlock(Optional.empty(), ENVIRONMENT);
  }

  void advance(Duration duration) {
    now = now.plus(duration);
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  /** The content of all files in the folder, decrypted if the identity allows it. */
  String everything(Secret identity) {
    AgeIdentity age = AgeIdentity.parse(identity.reveal()).orElseThrow();
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        byte[] content = Files.readAllBytes(file);
        text.append(file.getFileName()).append('\n');
        text.append(new String(content, StandardCharsets.ISO_8859_1)).append('\n');
        if (file.toString().contains(".age")) {
          byte[] opened = AgeEnvelope.open(content, age.reader());
          text.append(new String(opened, StandardCharsets.UTF_8)).append('\n');
        }
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (UnreadableFileException e) {
      throw new AssertionError(e);
    }
  }

  static AccessKey key(String id, String secret) {
    return new AccessKey(id, Secret.of(secret));
  }

  static StoredSession session(String keyName, Instant expiration) {
    return new StoredSession(
        "dev",
        keyName,
        "the label of " + keyName,
        new SessionCredentials(
            key("ASIA" + keyName, "secret \"of\" " + keyName),
            Secret.of("token of " + keyName),
            START,
            expiration,
            Optional.of("123456789012"),
            Optional.empty()));
  }

  @Override
  public void close() {
    opened.forEach(Vault::close);
  }
}
