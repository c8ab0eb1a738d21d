package dev.jvault.doctor;

import dev.jvault.command.ShellQuote;
import dev.jvault.files.ForeignFiles;
import dev.jvault.protocol.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether there is one jvault on the caller's {@code PATH}, and no link that leads nowhere. */
final class InstallationsCheck implements Check {
  private final ForeignFiles files;

  InstallationsCheck(ForeignFiles files) {
    this.files = files;
  }

  @Override
  public String id() {
    return "installations";
  }

  @Override
  public List<Finding> examine(ExaminedCaller caller) throws IOException {
    var findings = new ArrayList<Finding>();
    Map<Path, Path> installed = new LinkedHashMap<>();
    for (Path file : candidates(caller)) {
      if (files.look(file, Files::isExecutable)) {
        installed.putIfAbsent(files.look(file, Path::toRealPath), file);
      } else if (files.look(file, Files::isSymbolicLink) && !files.look(file, Files::exists)) {
        findings.add(stale(file));
      }
    }
    List<Path> all = List.copyOf(installed.values());
    if (all.size() > 1) {
      findings.add(
          Finding.note(
              "There are %d installations of jvault: %s."
                  .formatted(
                      all.size(), String.join(", ", all.stream().map(Path::toString).toList())),
              "Your shell runs the first, and other programs may run another version; uninstall all but one.",
              ""));
    }
    return findings.isEmpty()
        ? List.of(Finding.ok("There is one installation of jvault on your PATH, or none."))
        : List.copyOf(findings);
  }

  private static Finding stale(Path link) {
    return Finding.note(
            "The link " + link + " leads nowhere.",
            "It is left of another installation of jvault.",
            "rm " + ShellQuote.posix(link.toString()))
        .fixedBy(Fix.safe("Removed the link " + link + ".", () -> remove(link)));
  }

  /** Looks once more, because the link may have been mended meanwhile. */
  private static void remove(Path link) throws IOException {
    if (Files.isSymbolicLink(link) && !Files.exists(link)) {
      Files.delete(link);
    }
  }

  private List<Path> candidates(ExaminedCaller caller) throws IOException {
    var found = new ArrayList<Path>();
    List<Path> places =
        SearchPath.of(caller.value("PATH").orElse("")).places(List.of("jvault")).toList();
    for (Path file : places) {
      if (files.look(file, InstallationsCheck::isThere)) {
        found.add(file);
      }
    }
    return List.copyOf(found);
  }

  private static boolean isThere(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(file);
  }
}
