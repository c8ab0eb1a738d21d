package dev.jvault.vault;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The text file {@code key-source} beside the vault, which says where its identity is kept.
 *
 * @param source what the user chose
 * @param vaultId a random id; the account name of this vault in the keyring
 * @param command the command that prints the identity; only with {@link KeySource#COMMAND}
 */
record KeySourceFile(KeySource source, String vaultId, Optional<String> command) {
  static final String FILE = "key-source";

  private static final Logger LOG = LoggerFactory.getLogger(KeySourceFile.class);
  private static final int FORMAT = 1;
  private static final String FIRST_WORD = "jvault-key-source";

  /** The file of a new vault, with a new id. */
  static KeySourceFile choose(KeySource source, Optional<String> command) {
    byte[] vaultId = new byte[16];
    new SecureRandom().nextBytes(vaultId);
    return new KeySourceFile(
        source,
        HexFormat.of().formatHex(vaultId),
        command.map(String::strip).filter(_ -> source == KeySource.COMMAND));
  }

  /**
   * Reads the file of a vault that exists. If the file is missing, an identity that a passphrase
   * protects is a sign of what the user chose; an item of a keyring and a command are not found
   * without the file.
   */
  static KeySourceFile of(VaultFolder folder) {
    Optional<byte[]> content = folder.read(FILE);
    if (content.isEmpty()) {
      if (folder.has(PassphraseFile.FILE)) {
        return choose(KeySource.PASSPHRASE, Optional.empty());
      }
      throw missing(folder, folder.has(KeyVault.FILE) ? KeyVault.FILE : KeyVault.BACKUP);
    }
    try {
      return parse(new String(content.get(), StandardCharsets.UTF_8));
    } catch (UnreadableFileException e) {
      throw new JvaultException(
          ExitCode.VAULT,
          "%s %s; put the right file back.".formatted(folder.file(FILE), e.clause()),
          e);
    }
  }

  /** Says that the file is missing beside a file of keys. */
  static JvaultException missing(VaultFolder folder, String keys) {
    return new JvaultException(
        ExitCode.VAULT,
        ("%s is missing, and only it says where the key of %s is kept: put it back from a backup,"
                + " or decrypt the keys with your recovery key (age -d -i KEYFILE) and move both"
                + " files away.")
            .formatted(folder.file(FILE), folder.file(keys)));
  }

  /** Writes the file if it is missing; says in the log if that fails. */
  void restore(VaultFolder folder) {
    if (folder.has(FILE) || !folder.has(KeyVault.FILE)) {
      return;
    }
    try {
      write(folder);
      LOG.warn("event=key_source_written_again file={}", folder.file(FILE));
    } catch (JvaultException e) {
      LOG.warn("event=key_source_missing reason=\"{}\"", e.logged());
    }
  }

  void write(VaultFolder folder) {
    StringBuilder text = new StringBuilder();
    text.append(FIRST_WORD).append(' ').append(FORMAT).append('\n');
    text.append("source ").append(source.word()).append('\n');
    text.append("vault ").append(vaultId).append('\n');
    command.ifPresent(line -> text.append("command ").append(line).append('\n'));
    folder.write(FILE, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static KeySourceFile parse(String text) throws UnreadableFileException {
    Map<String, String> fields = new HashMap<>();
    text.lines()
        .map(line -> line.split(" ", 2))
        .filter(words -> words.length == 2)
        .forEach(words -> fields.putIfAbsent(words[0], words[1]));
    int format = format(fields.getOrDefault(FIRST_WORD, ""));
    if (format > FORMAT) {
      throw UnreadableFileException.newerFormat(format, FORMAT);
    }
    Optional<KeySource> source =
        Arrays.stream(KeySource.values())
            .filter(s -> s.word().equals(fields.get("source")))
            .findFirst();
    String vaultId = fields.getOrDefault("vault", "");
    Optional<String> command = Optional.ofNullable(fields.get("command"));
    if (source.isEmpty()
        || vaultId.isEmpty()
        || command.isPresent() != (source.get() == KeySource.COMMAND)) {
      throw UnreadableFileException.damaged("does not say where the vault's key is");
    }
    return new KeySourceFile(source.get(), vaultId, command);
  }

  private static int format(String word) throws UnreadableFileException {
    try {
      return Integer.parseInt(word);
    } catch (NumberFormatException e) {
      throw UnreadableFileException.damaged("does not say where the vault's key is");
    }
  }
}
