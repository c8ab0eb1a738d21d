package dev.jvault.profile;

import dev.jvault.files.AtomicFile;
import dev.jvault.files.AtomicFile.Durability;
import dev.jvault.files.ForeignFiles;
import dev.jvault.files.RegularFile;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.PrintableText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Adds an empty profile to a config file: wholly or not at all. */
final class SectionWriter {
  private SectionWriter() {}

  /** The header of a profile, quoted as the AWS CLI quotes it. */
  static String header(String name) {
    return name.equals("default") ? "[default]" : "[profile " + ShellWords.quote(name) + "]";
  }

  /**
   * Appends a header to a file, and creates the file if there is none. Content and mode stay; a
   * symbolic link is followed.
   */
  static void append(Path path, String header, ForeignFiles files) {
    try {
      boolean _ = files.look(path, file -> append(AtomicFile.linkTarget(file), header));
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.PROFILE,
          "%s cannot be written (%s); add the line %s to it yourself."
              .formatted(path, FileContent.reason(e), PrintableText.quoted(header)),
          e);
    }
  }

  private static boolean append(Path file, String header) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    replace(file, header);
    return true;
  }

  private static void replace(Path file, String header) throws IOException {
    Set<PosixFilePermission> mode = AtomicFile.OWNER_ONLY;
    byte[] before = new byte[0];
    try {
      before = RegularFile.content(file, FileContent.LARGEST);
      mode = Files.getPosixFilePermissions(file);
    } catch (NoSuchFileException _) {
      // Created with an owner's mode.
    }
    AtomicFile.write(file, with(before, header), mode, Durability.POWER_FAILURE);
  }

  /** Separated by an empty line, in the line endings of the file. */
  private static byte[] with(byte[] before, String header) {
    String text = new String(before, StandardCharsets.ISO_8859_1);
    String newline = text.contains("\r\n") ? "\r\n" : "\n";
    var content = new ByteArrayOutputStream();
    content.writeBytes(before);
    String gap = text.isEmpty() || text.endsWith("\n") ? newline : newline + newline;
    content.writeBytes((gap + header + newline).getBytes(StandardCharsets.UTF_8));
    return content.toByteArray();
  }
}
