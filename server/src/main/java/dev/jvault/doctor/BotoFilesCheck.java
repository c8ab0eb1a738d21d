package dev.jvault.doctor;

import dev.jvault.files.ForeignFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Keys in boto's own files, which the AWS CLI and Python take before they ask the endpoint. */
final class BotoFilesCheck implements Check {
  private static final int MOST = 1 << 20;

  private final Path system;
  private final ForeignFiles files;

  /**
   * The check.
   *
   * @param system the file for all users, {@code /etc/boto.cfg}
   */
  BotoFilesCheck(Path system, ForeignFiles files) {
    this.system = system;
    this.files = files;
  }

  @Override
  public String id() {
    return "boto-files";
  }

  @Override
  public List<Finding> examine(ExaminedCaller caller) throws IOException {
    var findings = new ArrayList<Finding>();
    for (Path file : paths(caller)) {
      int line = keyLine(file);
      if (line > 0) {
        findings.add(
            Finding.problem(
                "%s:%d has an access key.".formatted(file, line),
                "The AWS CLI and Python take it before they ask jvault, and it lies there in plain"
                    + " text: store it with `jvault add`, then delete those lines.",
                ""));
      }
    }
    return findings.isEmpty()
        ? List.of(Finding.ok("No file of boto has keys."))
        : List.copyOf(findings);
  }

  /** Like botocore: the file of the variable, else the two usual ones. */
  private List<Path> paths(ExaminedCaller caller) {
    try {
      return caller
          .value("BOTO_CONFIG")
          .map(name -> List.of(caller.environment().expand(name)))
          .orElseGet(() -> List.of(system, caller.environment().home().resolve(".boto")));
    } catch (InvalidPathException _) {
      return List.of();
    }
  }

  private int keyLine(Path file) throws IOException {
    if (!file.isAbsolute() || file.equals(Path.of("/dev/null"))) {
      return 0;
    }
    List<String> lines;
    try {
      lines = new String(files.read(file, MOST), StandardCharsets.UTF_8).lines().toList();
    } catch (NoSuchFileException | NotDirectoryException _) {
      return 0;
    }
    boolean credentials = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip().toLowerCase(Locale.ROOT);
      if (line.startsWith("[")) {
        credentials = line.startsWith("[credentials]");
      } else if (credentials && line.matches("aws_(access_key_id|secret_access_key)\\s*[=:].*")) {
        return i + 1;
      }
    }
    return 0;
  }
}
