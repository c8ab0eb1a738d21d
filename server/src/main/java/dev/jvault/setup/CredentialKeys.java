package dev.jvault.setup;

import dev.jvault.profile.ConfigText;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.PrintableText;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * Shows the lines that give a profile credentials of its own: file, line and key, never a value.
 */
final class CredentialKeys {
  private CredentialKeys() {}

  /** The lines of a profile; "no credentials" if there are none. */
  static String shown(ConfigText text, String profile, Path file) {
    String lines =
        text.credentialLines(profile).stream()
            .map(line -> "%s:%d: %s".formatted(file, line.number(), line.key()))
            .collect(Collectors.joining(", "));
    return lines.isEmpty() ? "no credentials" : lines;
  }

  /** Refuses a profile for which the credentials file has credentials. */
  static void requireNone(String profile, String section, Path file, SetupContext context) {
    String text = UserFile.read(file, context.files()).text().orElse("");
    require(ConfigText.credentials(Bytes.of(text)), profile, section, file);
  }

  /** Refuses a profile that has credentials of its own, which every program would go on using. */
  static void require(ConfigText text, String profile, String section, Path file) {
    if (!text.credentialLines(profile).isEmpty()) {
      throw new JvaultException(
          ExitCode.PROFILE,
          "[%s] has credentials of its own (%s), which programs would go on using: move a key into the vault with `jvault import %s`, or take these lines out. Nothing was changed."
              .formatted(
                  PrintableText.quoted(section),
                  shown(text, profile, file),
                  CredentialProcessLine.quoted(profile)));
    }
  }
}
