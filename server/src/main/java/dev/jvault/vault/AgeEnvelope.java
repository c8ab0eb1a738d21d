package dev.jvault.vault;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.security.GeneralSecurityException;
import java.util.List;

/**
 * Encrypts and decrypts content in the binary age format, version 1.
 *
 * @see <a href="https://age-encryption.org/v1">the age file format</a>
 */
final class AgeEnvelope {
  private AgeEnvelope() {}

  /** Encrypts content for one recipient. */
  static byte[] seal(byte[] content, RecipientStanzaWriter recipient) {
    var sealed = new ByteArrayOutputStream(content.length + 512);
    try (var channel =
        new StandardEncryptingChannelFactory()
            .newEncryptingChannel(Channels.newChannel(sealed), List.of(recipient))) {
      channel.write(ByteBuffer.wrap(content));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("age encryption in memory failed", e);
    }
    return sealed.toByteArray();
  }

  /** Decrypts content, and verifies that it is authentic and complete. */
  static byte[] open(byte[] sealed, RecipientStanzaReader identity) throws UnreadableFileException {
    if (sealed.length == 0) {
      throw UnreadableFileException.damaged("is empty");
    }
    try (var channel =
            new StandardDecryptingChannelFactory()
                .newDecryptingChannel(
                    Channels.newChannel(new ByteArrayInputStream(sealed)), List.of(identity));
        var content = Channels.newInputStream(channel)) {
      return content.readAllBytes();
    } catch (UnsupportedRecipientStanzaException e) {
      throw UnreadableFileException.otherKey(e);
    } catch (GeneralSecurityException | IOException e) {
      throw UnreadableFileException.damaged(e);
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      // jagged throws these if a header is cut short or is not Base64.
      throw UnreadableFileException.damaged(e);
    }
  }
}
