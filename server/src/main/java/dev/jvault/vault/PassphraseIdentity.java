package dev.jvault.vault;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.codec.CanonicalBase64;
import dev.jvault.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;

/**
 * Reads the scrypt stanza of a passphrase-encrypted age file. A wrong passphrase is an {@link
 * UnsupportedRecipientStanzaException}, like an identity that does not match; every other problem
 * is another {@link GeneralSecurityException}.
 */
final class PassphraseIdentity implements RecipientStanzaReader {
  private static final Pattern WORK_FACTOR = Pattern.compile("[1-9][0-9]?");
  private static final int BODY_LENGTH = 32;

  private final Secret passphrase;

  PassphraseIdentity(Secret passphrase) {
    this.passphrase = passphrase;
  }

  @Override
  public FileKey getFileKey(Iterable<RecipientStanza> stanzas) throws GeneralSecurityException {
    RecipientStanza stanza = onlyStanza(stanzas);
    List<String> arguments = stanza.getArguments();
    if (arguments.size() != 2 || stanza.getBody().length != BODY_LENGTH) {
      throw new InvalidKeyException("scrypt stanza of a wrong shape");
    }
    byte[] salt =
        CanonicalBase64.getDecoder()
            .decode(arguments.getFirst().getBytes(StandardCharsets.US_ASCII));
    if (salt.length != ScryptKey.SALT_LENGTH) {
      throw new InvalidKeyException("scrypt salt of a wrong length");
    }
    var key = new ScryptKey(passphrase, salt, workFactor(arguments.getLast()));
    try {
      return new FileKey(key.unwrap(stanza.getBody()));
    } catch (AEADBadTagException e) {
      throw new UnsupportedRecipientStanzaException("passphrase does not match");
    }
  }

  /** The format allows no other stanza beside the scrypt one. */
  private static RecipientStanza onlyStanza(Iterable<RecipientStanza> stanzas)
      throws GeneralSecurityException {
    Iterator<RecipientStanza> all = stanzas.iterator();
    RecipientStanza first = all.hasNext() ? all.next() : null;
    if (first == null || all.hasNext() || !first.getType().equals(ScryptKey.STANZA)) {
      throw new InvalidKeyException("not a file with one passphrase");
    }
    return first;
  }

  private static int workFactor(String argument) throws GeneralSecurityException {
    if (!WORK_FACTOR.matcher(argument).matches()) {
      throw new InvalidKeyException("scrypt work factor is no number");
    }
    int workFactor = Integer.parseInt(argument);
    if (workFactor > ScryptKey.MAXIMUM_WORK_FACTOR) {
      throw new WorkFactorException(workFactor);
    }
    return workFactor;
  }

  /** The file needs more memory than jvault allows. */
  static final class WorkFactorException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    WorkFactorException(int workFactor) {
      super("scrypt work factor " + workFactor);
    }
  }
}
