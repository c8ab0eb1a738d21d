package dev.jvault.control;

import dev.jvault.grant.Grant;
import dev.jvault.grant.Grants;
import dev.jvault.profile.ConfigEditor;
import dev.jvault.profile.ProfileReading;
import dev.jvault.profile.Profiles;
import dev.jvault.prompt.Question;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.RuntimeFiles;
import dev.jvault.setup.Prepared;
import dev.jvault.setup.RunningPrograms;
import dev.jvault.setup.ServedAddress;
import dev.jvault.setup.Setup;
import dev.jvault.setup.SetupContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code setup}: makes IDEs, shells and desktop programs find their credentials. */
final class SetupVerb implements Verb {
  private static final String NONE = "-";

  private final Setup setup;
  private final Profiles profiles;
  private final ConfigEditor editor;
  private final Grants grants;
  private final DaemonInfo info;
  private final RunningPrograms programs;

  SetupVerb(
      Setup setup,
      Profiles profiles,
      ConfigEditor editor,
      Grants grants,
      DaemonInfo info,
      RunningPrograms programs) {
    this.setup = setup;
    this.profiles = profiles;
    this.editor = editor;
    this.grants = grants;
    this.info = info;
    this.programs = programs;
  }

  @Override
  public Reply run(Call call) {
    SetupContext context = context(call);
    if (call.flag("list")) {
      return Reply.ofOutput(list(context, call.columns()));
    }
    List<String> words = call.values("word");
    Prepared prepared =
        call.flag("undo") ? setup.prepareUndo(words) : setup.prepare(context, words);
    if (call.flag("dry-run")) {
      return dryRun(prepared);
    }
    if (words.isEmpty() && !prepared.isEmpty() && !call.flag("yes")) {
      if (!call.person().canAnswer(Question.Kind.CONFIRM)) {
        return new Reply(
            ExitCode.PERSON,
            lines(offer(prepared)),
            "Nothing was changed, because there is no terminal to ask on: name the targets, or give --yes.");
      }
      call.person().tell(String.join("\n", offer(prepared)));
      if (!Confirmation.given(call, "Change these files?")) {
        return Reply.failed(ExitCode.PERSON, "Nothing was changed.");
      }
    }
    return apply(prepared, call);
  }

  private Reply apply(Prepared prepared, Call call) {
    List<Path> backups = setup.apply(prepared);
    editor.changed(call.environment());
    List<String> out = new ArrayList<>(prepared.done());
    backups.forEach(backup -> out.add("The file as it was before: " + backup));
    if (!prepared.isEmpty()) {
      out.addAll(prepared.notes());
      unusualVault(prepared, call).ifPresent(out::add);
    }
    if (prepared.keepsEdits()) {
      return new Reply(
          ExitCode.PROFILE, lines(out), String.join("\n", prepared.unchanged()).stripTrailing());
    }
    out.addAll(prepared.unchanged());
    return Reply.ofOutput(lines(out.isEmpty() ? List.of(nothing(prepared)) : out));
  }

  /** Programs of the desktop have no variables of a shell, and so find the usual vault only. */
  private Optional<String> unusualVault(Prepared prepared, Call call) {
    Path home = call.environment().home();
    RuntimeFiles usual =
        RuntimeFiles.of(Map.of("HOME", home.toString()), System.getProperty("os.name", ""));
    return prepared.undo()
            || prepared.targets().equals(List.of("shell"))
            || usual.real().vault().equals(info.files().real().vault())
        ? Optional.empty()
        : Optional.of(
            "Note: this vault is in %s, not in its usual place: only programs that have your JVAULT_HOME or XDG_DATA_HOME find it."
                .formatted(info.files().vault()));
  }

  private static Reply dryRun(Prepared prepared) {
    List<String> unchanged = prepared.unchanged();
    String text = prepared.diff() + (unchanged.isEmpty() ? "" : lines(unchanged));
    return Reply.ofOutput(text.isEmpty() ? nothing(prepared) + "\n" : text);
  }

  private static String nothing(Prepared prepared) {
    return prepared.undo()
        ? "There is nothing to take back: setup has written nothing."
        : "There is nothing to set up: `jvault setup --list` shows the targets, and `jvault setup profile NAME` works with any of them.";
  }

  /** What would be done, for a user who has named no target. */
  private static List<String> offer(Prepared prepared) {
    List<String> lines = new ArrayList<>();
    lines.add(
        (prepared.undo() ? "Set up by jvault: " : "Found on this machine: ")
            + String.join(", ", prepared.targets())
            + ".");
    lines.addAll(prepared.files());
    lines.addAll(prepared.unchanged());
    lines.add("`--dry-run` shows each line that would change.");
    return lines;
  }

  private String list(SetupContext context, int columns) {
    var table = new TextTable("Target", "What it does", "Found", "Set up");
    for (Setup.Listed target : setup.list(context)) {
      table.row(
          target.id(),
          target.title() + (target.onRequest() ? "; only if you name it" : ""),
          target.detected().orElse(NONE),
          target.setUp().isEmpty() ? NONE : String.join(", ", target.setUp()));
    }
    return table.whole(0).render(columns);
  }

  private SetupContext context(Call call) {
    return new SetupContext(
        call.environment(),
        System.getProperty("os.name", ""),
        info.installation().command(),
        served(),
        name -> profiles.resolve(name, call.environment()).region(),
        name ->
            profiles.readings(name, call.environment()).stream().map(ProfileReading::name).toList(),
        setup.files(),
        programs);
  }

  private List<ServedAddress> served() {
    return grants.all().stream()
        .filter(grant -> grant.kind() == Grant.Kind.SERVER)
        .map(grant ->
            new ServedAddress(
                grant.profile(),
                info.endpoint() + grant.credentialsPath(),
                grants.tokenFile(grant.id())))
        .sorted(Comparator.comparing(ServedAddress::name))
        .toList();
  }

  private static String lines(List<String> lines) {
    return lines.isEmpty() ? "" : String.join("\n", lines).stripTrailing() + "\n";
  }
}
