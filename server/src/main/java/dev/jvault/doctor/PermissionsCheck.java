package dev.jvault.doctor;

import dev.jvault.command.ShellQuote;
import dev.jvault.files.ForeignFiles;
import dev.jvault.profile.ConfigFiles;
import dev.jvault.protocol.OwnUid;
import dev.jvault.protocol.RuntimeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Whether others can read or change what is the user's alone. */
final class PermissionsCheck implements Check {
  private static final int DEPTH = 3;
  private static final int MOST_FILES = 5_000;

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));
  private static final Set<PosixFilePermission> WRITE =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private final RuntimeFiles own;
  private final ForeignFiles files;

  /**
   * The check.
   *
   * @param own where jvault keeps its files
   */
  PermissionsCheck(RuntimeFiles own, ForeignFiles files) {
    this.own = own;
    this.files = files;
  }

  @Override
  public String id() {
    return "permissions";
  }

  @Override
  public List<Finding> examine(ExaminedCaller caller) throws IOException {
    var findings = new ArrayList<Finding>();
    for (Path folder : List.of(own.vault(), own.state(), own.run())) {
      findings.addAll(ownFiles(folder));
    }
    ConfigFiles config = ConfigFiles.of(caller.environment());
    foreign(
        config.credentials(),
        OTHERS,
        "is open to other users.",
        "Keys and commands in it are meant for you alone.",
        findings);
    foreign(
        config.config(),
        WRITE,
        "can be changed by other users.",
        "Its credential_process lines run commands as you.",
        findings);
    home(caller, findings);
    return findings.isEmpty()
        ? List.of(Finding.ok("Your files and folders are open to you alone."))
        : List.copyOf(findings);
  }

  private static List<Finding> ownFiles(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder, DEPTH)) {
      return all.limit(MOST_FILES)
          .filter(file -> isFileOrFolder(file) && !wider(file, OTHERS).isEmpty())
          .map(file ->
              finding(file, OTHERS, "is open to other users.", "jvault refuses it, or it leaks."))
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Not a socket: its folder keeps others out, and its mode is the umask's. */
  private static boolean isFileOrFolder(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        || Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
  }

  private void foreign(
      Path file, Set<PosixFilePermission> unwanted, String how, String why, List<Finding> findings)
      throws IOException {
    if (!files.look(file, path -> wider(path, unwanted)).isEmpty()) {
      findings.add(finding(file, unwanted, how, why));
    }
  }

  private void home(ExaminedCaller caller, List<Finding> findings) throws IOException {
    if (caller.value("HOME").isEmpty()) {
      findings.add(
          Finding.note(
              "HOME is not set.",
              "jvault takes %s; other programs may look for their config files elsewhere."
                  .formatted(caller.environment().home()),
              ""));
      return;
    }
    Path home = caller.environment().home();
    if (!files.look(home, Files::isDirectory)) {
      findings.add(
          Finding.problem(
              "Your home folder " + home + " does not exist.",
              "No program finds its config files there.",
              ""));
    } else if (!files.look(home, path -> wider(path, WRITE)).isEmpty()) {
      findings.add(
          asking(
              finding(
                  home,
                  WRITE,
                  "can be changed by other users.",
                  "They can put config files of theirs there."),
              home));
    }
  }

  private static Finding asking(Finding finding, Path folder) {
    return finding
        .fix()
        .map(fix ->
            finding.fixedBy(
                Fix.asked(
                    "Take from others the right to write to " + folder + "?",
                    fix.done(),
                    fix.action())))
        .orElse(finding);
  }

  private static Finding finding(
      Path file, Set<PosixFilePermission> unwanted, String how, String why) {
    String rights = unwanted.equals(WRITE) ? "go-w" : "go-rwx";
    boolean ours = owned(file);
    var finding =
        Finding.problem(
            file + " " + how,
            why,
            "%schmod %s %s"
                .formatted(ours ? "" : "sudo ", rights, ShellQuote.posix(file.toString())));
    return ours
        ? finding.fixedBy(
            Fix.safe(
                "Took from others their rights on %s.".formatted(file),
                () -> close(file, unwanted)))
        : finding;
  }

  private static boolean owned(Path file) {
    try {
      return OwnUid.owns(file);
    } catch (IOException _) {
      return false;
    }
  }

  private static void close(Path file, Set<PosixFilePermission> unwanted) throws IOException {
    Set<PosixFilePermission> now = EnumSet.noneOf(PosixFilePermission.class);
    now.addAll(Files.getPosixFilePermissions(file));
    now.removeAll(unwanted);
    Files.setPosixFilePermissions(file, now);
  }

  /** The unwanted rights of a file; none if it is gone or cannot be looked at. */
  private static Set<PosixFilePermission> wider(Path file, Set<PosixFilePermission> unwanted) {
    Set<PosixFilePermission> found = EnumSet.noneOf(PosixFilePermission.class);
    try {
      found.addAll(Files.getPosixFilePermissions(file));
    } catch (IOException _) {
      // Other checks report a file that cannot be looked at.
    }
    found.retainAll(unwanted);
    return found;
  }
}
