package dev.jvault.vault;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import dev.jvault.secret.Secret;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** Writes the scrypt stanza of a passphrase-encrypted age file. */
final class PassphraseRecipient implements RecipientStanzaWriter {
  private final Secret passphrase;

  PassphraseRecipient(Secret passphrase) {
    this.passphrase = passphrase;
  }

  @Override
  public Iterable<RecipientStanza> getRecipientStanzas(FileKey fileKey)
      throws GeneralSecurityException {
    byte[] salt = new byte[ScryptKey.SALT_LENGTH];
    new SecureRandom().nextBytes(salt);
    byte[] body = new ScryptKey(passphrase, salt, ScryptKey.WORK_FACTOR).wrap(fileKey.getEncoded());
    String encodedSalt = Base64.getEncoder().withoutPadding().encodeToString(salt);
    return List.of(new Stanza(List.of(encodedSalt, Integer.toString(ScryptKey.WORK_FACTOR)), body));
  }

  private static final class Stanza implements RecipientStanza {
    private final List<String> arguments;
    private final byte[] body;

    Stanza(List<String> arguments, byte[] body) {
      this.arguments = arguments;
      this.body = body;
    }

    @Override
    public String getType() {
      return ScryptKey.STANZA;
    }

    @Override
    public List<String> getArguments() {
      return arguments;
    }

    @Override
    public byte[] getBody() {
      return body.clone();
    }
  }
}
