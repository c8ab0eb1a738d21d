package dev.jvault.vault;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The file {@code identity.age}: the vault's identity, encrypted with a passphrase. */
final class PassphraseFile {
  static final String FILE = "identity.age";

  private final VaultFolder folder;

  PassphraseFile(VaultFolder folder) {
    this.folder = folder;
  }

  void write(AgeIdentity identity, Secret passphrase) {
    byte[] content = (identity.encoded().reveal() + "\n").getBytes(StandardCharsets.US_ASCII);
    folder.write(FILE, AgeEnvelope.seal(content, new PassphraseRecipient(passphrase)));
  }

  /** Decrypts the identity; empty if the passphrase is wrong. */
  Optional<AgeIdentity> read(Secret passphrase) {
    byte[] sealed =
        folder.read(FILE).orElseThrow(() -> trouble("is missing; put it back from a backup"));
    RecipientStanzaReader reader = new PassphraseIdentity(passphrase);
    try {
      String content = new String(AgeEnvelope.open(sealed, reader), StandardCharsets.UTF_8);
      return Optional.of(
          AgeIdentity.parse(content)
              .orElseThrow(() -> trouble("holds no age identity; put it back from a backup")));
    } catch (UnreadableFileException e) {
      if (e.reason() == UnreadableFileException.Reason.OTHER_KEY) {
        return Optional.empty();
      }
      throw trouble(clause(e));
    }
  }

  private static String clause(UnreadableFileException e) {
    if (e.getCause() instanceof PassphraseIdentity.WorkFactorException tooMuch) {
      return "asks for more memory than jvault takes (%s, at most %d)"
              .formatted(tooMuch.getMessage(), ScryptKey.MAXIMUM_WORK_FACTOR)
          + "; encrypt the identity again with a work factor of 15";
    }
    return e.clause() + "; put a whole copy back from a backup";
  }

  private JvaultException trouble(String clause) {
    return new JvaultException(ExitCode.VAULT, "%s %s.".formatted(folder.file(FILE), clause));
  }
}
