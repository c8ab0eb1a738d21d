package dev.jvault.doctor;

import dev.jvault.command.HelperProgram;
import dev.jvault.files.ForeignFiles;
import dev.jvault.files.RegularFile;
import dev.jvault.protocol.PrintableText;
import dev.jvault.protocol.SearchPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * What one command would find: its program, where the program's SDK takes credentials from, and
 * whether {@code jvault exec} would change that. The command is not started.
 */
public final class CommandCheck implements Check {
  private static final int FIRST_LINE = 256;

  private final List<String> words;
  private final Path folder;
  private final Optional<String> profile;
  private final SourceSearch search;
  private final ForeignFiles files = new ForeignFiles();
  private volatile Map<String, String> facts = Map.of();

  /**
   * A check of a command.
   *
   * @param words the program and its arguments
   * @param folder the caller's working folder
   * @param profile the profile that {@code exec} would run it with, if one is chosen
   */
  CommandCheck(List<String> words, Path folder, Optional<String> profile, SourceSearch search) {
    this.words = List.copyOf(words);
    this.folder = folder;
    this.profile = profile;
    this.search = search;
  }

  @Override
  public String id() {
    return "command";
  }

  /** What was found, for JSON; empty before the check has ended. */
  public Map<String, String> facts() {
    return facts;
  }

  @Override
  public List<Finding> examine(ExaminedCaller caller) throws IOException {
    String name = words.getFirst();
    Optional<Path> program = program(name, caller);
    if (program.isEmpty()) {
      return List.of(
          Finding.problem(
              "%s is not a program on your PATH.".formatted(PrintableText.quoted(name)),
              "Neither your shell nor `jvault exec` can start it.",
              ""));
    }
    Optional<String> interpreter = interpreter(program.get());
    Sdk sdk =
        Sdk.of(String.valueOf(program.get().getFileName()), interpreter.map(CommandCheck::last));
    List<String> arguments = words.subList(1, words.size());
    SearchedSource source = search.of(sdk, arguments, caller);
    boolean changes = !source.jvault() && !ownChoice(source, sdk, arguments);
    var found = new LinkedHashMap<String, String>();
    found.put("program", program.get().toString());
    found.put("sdk", sdk.word());
    found.put("source", source.kind().name().toLowerCase(Locale.ROOT));
    found.put("fromJvault", Boolean.toString(source.jvault()));
    found.put("execChangesIt", Boolean.toString(changes));
    var findings = new ArrayList<Finding>();
    findings.add(judged(program.get(), sdk, source, changes));
    version(sdk, program.get(), interpreter)
        .ifPresent(version -> {
          found.put("sdkVersion", version.version());
          old(version).ifPresent(findings::add);
        });
    findings.addAll(special(String.valueOf(program.get().getFileName())));
    facts = Collections.unmodifiableMap(found);
    return List.copyOf(findings);
  }

  private Finding judged(Path program, Sdk sdk, SearchedSource source, boolean changes) {
    String what =
        "%s (%s) takes its credentials from %s."
            .formatted(
                program,
                sdk == Sdk.UNKNOWN ? "of an unknown SDK" : "SDK for " + sdk.language(),
                source.where());
    if (source.jvault()) {
      return Finding.ok(what);
    }
    if (!changes) {
      return Finding.note(
          what, "Its own arguments say so, and `jvault exec` does not change them.", "");
    }
    String name = profile.map(PrintableText::quoted).orElse("NAME");
    return Finding.note(
        what,
        "With `jvault exec` it asks jvault for those of %s.".formatted(name),
        "jvault exec %s -- %s …".formatted(name, PrintableText.quoted(words.getFirst())));
  }

  /** Whether the command's own arguments choose the source, which {@code exec} leaves alone. */
  private static boolean ownChoice(SearchedSource source, Sdk sdk, List<String> arguments) {
    return source.kind() == SearchedSource.Kind.PROPERTIES
        || (sdk == Sdk.PYTHON && SourceSearch.given(arguments).isPresent());
  }

  private Optional<Path> program(String name, ExaminedCaller caller) throws IOException {
    try {
      if (name.contains("/")) {
        return Optional.of(folder.resolve(name.replaceFirst("^(\\./+)+", ""))).filter(this::runs);
      }
      return HelperProgram.find(name, Map.of("PATH", caller.value("PATH").orElse("")));
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }

  private boolean runs(Path path) {
    try {
      return files.look(path, SearchPath::isProgram);
    } catch (IOException _) {
      return false;
    }
  }

  /** The program in the first line of a script, such as {@code /usr/bin/python3}. */
  private Optional<String> interpreter(Path program) throws IOException {
    byte[] start = files.look(program, file -> RegularFile.start(file, FIRST_LINE));
    String line = new String(start, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    if (!line.startsWith("#!")) {
      return Optional.empty();
    }
    List<String> parts = List.of(line.substring(2).strip().split("\\s+", -1));
    return Optional.of(
        last(parts.getFirst()).equals("env") && parts.size() > 1
            ? parts.get(parts.get(1).equals("-S") && parts.size() > 2 ? 2 : 1)
            : parts.getFirst());
  }

  private Optional<SdkVersion> version(Sdk sdk, Path program, Optional<String> interpreter)
      throws IOException {
    if (sdk == Sdk.PYTHON) {
      Path home = interpreter.filter(path -> path.startsWith("/")).map(Path::of).orElse(program);
      return SdkVersion.ofPython(program, files).or(() -> ofPython(home));
    }
    int jar = words.indexOf("-jar");
    if (sdk == Sdk.JAVA && jar > 0 && jar + 1 < words.size()) {
      try {
        return SdkVersion.ofJar(folder.resolve(words.get(jar + 1)), files);
      } catch (ZipException | NoSuchFileException _) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private Optional<SdkVersion> ofPython(Path home) {
    try {
      return SdkVersion.ofPython(home, files);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private Optional<Finding> old(SdkVersion version) {
    String name = profile.map(PrintableText::quoted).orElse("NAME");
    return version.old()
        ? Optional.of(
            Finding.note(
                "Its %s is %s.".formatted(version.library(), version.version()),
                "Versions before %s do not know the token file.".formatted(version.least()),
                "jvault exec --token-env %s -- %s …"
                    .formatted(name, PrintableText.quoted(words.getFirst()))))
        : Optional.empty();
  }

  private static List<Finding> special(String name) {
    return switch (name) {
      case "terraform", "tofu", "terragrunt" ->
          List.of(
              Finding.note(
                  "A profile or keys in the provider or backend block win over all of this.",
                  "skip_metadata_api_check = true matters only with `jvault exec --imds`.",
                  ""));
      default -> List.of();
    };
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
