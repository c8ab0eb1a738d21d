package dev.jvault.setup;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An IDE. Its AWS plug-in reads {@code ~/.aws/config}, and so do the programs that it starts, so it
 * needs the section of {@link ProfileTarget} and nothing else. Settings of the IDE stay as they
 * are: editors copy them to other machines, which have no such profile.
 *
 * @param name for sentences
 * @param commands by which it is started
 * @param folders that its installation or first start makes, below the home folder
 * @param running whether a program that runs is this IDE
 * @param sentences what to do in it, with {@code %s} for the name of the profile
 */
record IdeTarget(
    Description description,
    String name,
    List<String> commands,
    List<String> folders,
    Predicate<RunningPrograms.Program> running,
    List<String> sentences)
    implements SetupTarget {
  private static final String JETBRAINS =
      "(idea|pycharm|webstorm|goland|clion|rider|rubymine|phpstorm|datagrip|dataspell|rustrover|studio)";

  /** Visual Studio Code and the editors that are built from it. */
  static IdeTarget vsCode() {
    return new IdeTarget(
        new Description("vscode", "Visual Studio Code with the AWS Toolkit", false, false),
        "Visual Studio Code",
        List.of("code", "code-insiders", "codium", "cursor"),
        List.of(
            ".config/Code",
            ".config/Code - Insiders",
            ".config/VSCodium",
            ".config/Cursor",
            ".vscode-server",
            "Library/Application Support/Code",
            "Library/Application Support/Cursor"),
        program ->
            program.name().matches("(?i)(code|code-insiders|codium|vscodium|cursor|code helper.*)"),
        List.of(
            "In Visual Studio Code: Ctrl+Shift+P, `AWS: Connect to AWS`, profile:%1$s.",
            "For the terminals of a workspace, in its .vscode/settings.json: \"terminal.integrated.env.linux\": {\"AWS_PROFILE\": \"%1$s\"} (on macOS .osx).",
            "For a program that you debug, in its launch.json: \"env\": {\"AWS_PROFILE\": \"%1$s\"}."));
  }

  /** IntelliJ IDEA and its siblings. */
  static IdeTarget jetBrains() {
    return new IdeTarget(
        new Description("jetbrains", "IntelliJ IDEA and the other IDEs of JetBrains", false, false),
        "A JetBrains IDE",
        List.of("idea", "pycharm", "webstorm", "goland", "clion", "rider", "rubymine", "phpstorm"),
        List.of(
            ".config/JetBrains",
            ".local/share/JetBrains",
            ".cache/JetBrains",
            "Library/Application Support/JetBrains"),
        program ->
            program.name().matches(JETBRAINS + "(64)?")
                || program.arguments().contains("-Didea.paths.selector=")
                || program.arguments().contains("com.intellij.idea.Main"),
        List.of(
            "In the IDE: AWS Toolkit, Setup or the list of connections, profile:%1$s.",
            "In a run configuration: Environment variables, AWS_PROFILE=%1$s."));
  }

  /** Eclipse, whose AWS Toolkit has ended; the programs that it starts read the same file. */
  static IdeTarget eclipse() {
    return new IdeTarget(
        new Description("eclipse", "Eclipse, for the programs that it starts", false, false),
        "Eclipse",
        List.of("eclipse"),
        List.of(".eclipse", ".p2/pool", "eclipse", "/Applications/Eclipse.app"),
        program ->
            program.name().equals("eclipse")
                || program.arguments().contains("org.eclipse.equinox.launcher"),
        List.of(
            "In Eclipse: Run Configurations, Environment, Add: AWS_PROFILE = %1$s (for Java, VM argument -Daws.profile=%1$s does the same)."));
  }

  @Override
  public Optional<String> detected(SetupContext context) {
    return context
        .command(commands)
        .or(() ->
            folders.stream()
                .map(folder -> context.home().resolve(folder))
                .filter(context::exists)
                .findFirst())
        .map(Path::toString);
  }

  @Override
  public Wishes wishes(SetupContext context, List<String> profiles) {
    List<RunningPrograms.Program> programs =
        context.programs().all().stream().filter(running).toList();
    if (programs.isEmpty() && detected(context).isEmpty()) {
      throw new JvaultException(
          ExitCode.FAULT,
          "%s is not installed here (no %s on the PATH, and none of its folders in %s); `jvault setup profile NAME` needs no IDE."
              .formatted(name, String.join(" or ", commands), context.home()));
    }
    Wishes section = new ProfileTarget().wishes(context, profiles);
    List<String> notes = new ArrayList<>();
    for (String profile : profiles) {
      sentences.forEach(
          sentence -> notes.add(sentence.formatted(CredentialProcessLine.profileFor(profile))));
    }
    programs.stream()
        .limit(1)
        .forEach(program ->
            notes.add(
                "%s is running (%s, process %d): quit it wholly and start it again, so that it reads the new profile."
                    .formatted(name, program.name(), program.pid())));
    return new Wishes(section.edits(), notes);
  }
}
