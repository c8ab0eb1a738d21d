package dev.jvault.doctor;

import dev.jvault.files.ForeignFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * The version of an SDK, from the names of files; nothing is started.
 *
 * @param library such as {@code botocore}
 * @param version such as {@code 1.34.41}
 * @param least the first version that knows token files, by AWS's list for EKS Pod Identity
 */
record SdkVersion(String library, String version, String least) {
  private static final Pattern PYTHON =
      Pattern.compile("(botocore)-(\\d+(?:\\.\\d+)+)(?:\\.dist-info|\\.egg-info|-py.*)");
  private static final Pattern CLI_2 = Pattern.compile(".*/aws-cli/v2/(2(?:\\.\\d+)+)/.*");
  private static final Pattern JAR =
      Pattern.compile("(?:.*/)?(auth|aws-java-sdk-core)-([12](?:\\.\\d+)+)\\.jar");

  private static final String BOTOCORE_LEAST = "1.34.41";
  private static final String CLI_2_LEAST = "2.15.0";
  private static final String JAVA_2_LEAST = "2.21.30";
  private static final String JAVA_1_LEAST = "1.12.746";

  /** Whether it does not know token files. */
  boolean old() {
    int[] have = numbers(version);
    int[] want = numbers(least);
    for (int i = 0; i < want.length; i++) {
      int number = i < have.length ? have[i] : 0;
      if (number != want[i]) {
        return number < want[i];
      }
    }
    return false;
  }

  /** That of the AWS CLI or of Python's packages beside an interpreter or a script. */
  static Optional<SdkVersion> ofPython(Path program, ForeignFiles files) throws IOException {
    Matcher cli = CLI_2.matcher(files.look(program, Path::toRealPath).toString());
    if (cli.matches()) {
      return Optional.of(new SdkVersion("AWS CLI", cli.group(1), CLI_2_LEAST));
    }
    Path lib = program.resolveSibling("../lib").normalize();
    for (Path python : matching(lib, "python3.*", files)) {
      for (String packages : List.of("site-packages", "dist-packages")) {
        for (Path entry : matching(python.resolve(packages), "botocore-.*", files)) {
          Matcher found = PYTHON.matcher(String.valueOf(entry.getFileName()));
          if (found.matches()) {
            return Optional.of(new SdkVersion(found.group(1), found.group(2), BOTOCORE_LEAST));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** That of an SDK for Java in a jar, whole or as a jar in it. */
  static Optional<SdkVersion> ofJar(Path jar, ForeignFiles files) throws IOException {
    return files.look(jar, SdkVersion::inJar);
  }

  private static Optional<SdkVersion> inJar(Path jar) throws IOException {
    try (var zip = new ZipFile(jar.toFile())) {
      return zip.stream()
          .map(entry -> JAR.matcher(entry.getName()))
          .filter(Matcher::matches)
          .findFirst()
          .map(found -> ofJava(found.group(2)));
    }
  }

  private static SdkVersion ofJava(String version) {
    return new SdkVersion(
        "SDK for Java", version, version.startsWith("1.") ? JAVA_1_LEAST : JAVA_2_LEAST);
  }

  private static List<Path> matching(Path folder, String names, ForeignFiles files)
      throws IOException {
    return files.look(
        folder,
        path -> {
          if (!Files.isDirectory(path)) {
            return List.of();
          }
          try (Stream<Path> all = Files.list(path)) {
            return new ArrayList<>(
                all.filter(file -> String.valueOf(file.getFileName()).matches(names))
                    .sorted()
                    .toList());
          }
        });
  }

  private static int[] numbers(String version) {
    return Stream.of(version.split("\\.", -1)).mapToInt(SdkVersion::number).toArray();
  }

  private static int number(String digits) {
    return digits.length() < 9 ? Integer.parseInt(digits) : Integer.MAX_VALUE;
  }
}
