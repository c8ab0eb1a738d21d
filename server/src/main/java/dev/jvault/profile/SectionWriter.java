package dev.jvault.profile;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Adds an empty profile to a config file: wholly or not at all. */
final class SectionWriter {
  private static final int MOST_LINKS = 40;

  private SectionWriter() {}

  /** The header of a profile, quoted as the AWS CLI quotes it. */
  static String header(String name) {
    return name.equals("default") ? "[default]" : "[profile " + ShellWords.quote(name) + "]";
  }

  /**
   * Appends a header to a file, and creates the file if there is none. Content and mode stay; a
   * symbolic link is followed.
   */
  static void append(Path path, String header) {
    try {
      Path file = followed(path);
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null && !Files.isDirectory(folder)) {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(mode("rwx------")));
      }
      replace(file, header);
    } catch (IOException e) {
      String reason =
          e instanceof FileSystemException system && system.getReason() != null
              ? system.getReason()
              : e.getClass().getSimpleName();
      throw new JvaultException(
          ExitCode.PROFILE,
          "%s cannot be written (%s); add the line %s to it yourself."
              .formatted(path, reason, Printable.of(header)),
          e);
    }
  }

  private static void replace(Path file, String header) throws IOException {
    Set<PosixFilePermission> mode = mode("rw-------");
    byte[] before = new byte[0];
    try {
      before = Files.readAllBytes(file);
      mode = Files.getPosixFilePermissions(file);
    } catch (NoSuchFileException _) {
      // Created with an owner's mode below.
    }
    Path temporary =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            ".jvault-",
            ".tmp",
            PosixFilePermissions.asFileAttribute(mode("rw-------")));
    try {
      try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        var content = ByteBuffer.wrap(with(before, header));
        while (content.hasRemaining()) {
          channel.write(content);
        }
        Files.setPosixFilePermissions(temporary, mode);
        channel.force(true);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** An empty line between, in the line endings of the file. */
  private static byte[] with(byte[] before, String header) {
    String text = new String(before, StandardCharsets.ISO_8859_1);
    String newline = text.contains("\r\n") ? "\r\n" : "\n";
    var content = new ByteArrayOutputStream();
    content.writeBytes(before);
    String gap = text.isEmpty() || text.endsWith("\n") ? newline : newline + newline;
    content.writeBytes((gap + header + newline).getBytes(StandardCharsets.UTF_8));
    return content.toByteArray();
  }

  private static Path followed(Path path) throws IOException {
    Path file = path;
    for (int links = 0; Files.isSymbolicLink(file); links++) {
      if (links == MOST_LINKS) {
        throw new FileSystemException(path.toString(), null, "too many symbolic links");
      }
      file = file.resolveSibling(Files.readSymbolicLink(file));
    }
    return file;
  }

  private static Set<PosixFilePermission> mode(String mode) {
    return PosixFilePermissions.fromString(mode);
  }
}
