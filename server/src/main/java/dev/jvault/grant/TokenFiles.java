package dev.jvault.grant;

import dev.jvault.files.OwnerFiles;
import dev.jvault.secret.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The folder with the token files, from which consumers read their tokens; one for each grant. */
final class TokenFiles {
  private static final int FILE_TYPE = 0170000;
  private static final int REGULAR = 0100000;
  private static final int OTHERS = 077;
  private static final int LONGEST = 1024;

  private final Path folder;

  /** A folder, which is made if it does not exist. */
  TokenFiles(Path folder) {
    this.folder = folder;
    OwnerFiles.folder(folder);
    OwnerFiles.sweep(folder);
  }

  /** What the state of a token file is. */
  sealed interface Found {
    /** A file that only its owner can read, with this token. */
    record Held(TokenHash hash) implements Found {}

    /** No file, or one that even its owner cannot read. */
    record Missing() implements Found {}

    /** A file that others may have read or written, or no regular file. */
    record Exposed() implements Found {}

    /** The system gave an error. */
    record Unknown() implements Found {}
  }

  Path path(String id) {
    return folder.resolve(id);
  }

  Found look(String id) {
    try {
      Map<String, Object> file = attributes(path(id));
      boolean own = Objects.equals(file.get("uid"), attributes(folder).get("uid"));
      boolean closed =
          file.get("mode") instanceof Integer mode
              && (mode & FILE_TYPE) == REGULAR
              && (mode & OTHERS) == 0;
      return own && closed ? new Found.Held(TokenHash.of(content(path(id)))) : new Found.Exposed();
    } catch (NoSuchFileException | AccessDeniedException e) {
      return new Found.Missing();
    } catch (IOException e) {
      return new Found.Unknown();
    }
  }

  /** Replaces the file by a new one that only its owner can read. */
  void write(String id, Secret token) {
    OwnerFiles.folder(folder);
    OwnerFiles.writeSwept(path(id), token.reveal().getBytes(StandardCharsets.UTF_8));
  }

  void delete(String id) {
    OwnerFiles.delete(path(id));
  }

  private static Map<String, Object> attributes(Path path) throws IOException {
    return Files.readAttributes(path, "unix:mode,uid", LinkOption.NOFOLLOW_LINKS);
  }

  /** Reads no more than a token has, and does not follow a link that was put there meanwhile. */
  private static String content(Path path) throws IOException {
    var buffer = ByteBuffer.allocate(LONGEST);
    var options = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    try (SeekableByteChannel channel = Files.newByteChannel(path, options)) {
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        // Read until the file ends or the buffer is full.
      }
    }
    return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
  }
}
