package dev.jvault.vault;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The text file {@code key-source} beside the vault, which says where its identity is kept.
 *
 * @param source what the user chose
 * @param vaultId a random id; the account name of this vault in the keyring
 * @param command the command that prints the identity; only with {@link KeySource#COMMAND}
 */
record KeySourceFile(KeySource source, String vaultId, Optional<String> command) {
  static final String FILE = "key-source";

  private static final int FORMAT = 1;
  private static final String FIRST_WORD = "jvault-key-source";

  /** Reads the file of a vault; empty if no key source has been chosen. */
  static Optional<KeySourceFile> read(VaultFolder folder) {
    return folder
        .read(FILE)
        .map(content -> {
          try {
            return parse(new String(content, StandardCharsets.UTF_8));
          } catch (UnreadableFileException e) {
            throw new JvaultException(
                ExitCode.VAULT,
                "%s %s; put the right file back.".formatted(folder.file(FILE), e.clause()),
                e);
          }
        });
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
