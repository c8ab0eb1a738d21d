package dev.jvault.setup;

import dev.jvault.files.ForeignFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Works out how the files change if what setup has written is taken out again. Changes nothing.
 *
 * <p>If nobody has changed a file since, it becomes exactly what it was. Otherwise the lines of
 * setup go, and everything else stays.
 */
final class UndoPlanner {
  private final WorkingFiles files;
  private final List<SetupPlan.Kept> kept = new ArrayList<>();
  private final List<String> gone = new ArrayList<>();
  private SetupState state;

  private UndoPlanner(SetupState state, ForeignFiles files) {
    this.state = state;
    this.files = new WorkingFiles(files);
  }

  /** Plans to take back entries of the state; the plan names those that are gone as unchanged. */
  static SetupPlan plan(List<SetupState.Entry> entries, SetupState state, ForeignFiles files) {
    var planner = new UndoPlanner(state, files);
    entries.reversed().forEach(planner::undo);
    state.files().forEach(planner::finish);
    return new SetupPlan(planner.files.changes(), planner.state, planner.kept, planner.gone);
  }

  private void undo(SetupState.Entry entry) {
    UserFile file = files.file(entry.file());
    String text = files.text(file).orElse("");
    Optional<MarkedBlock> found =
        entry.whole()
            ? files.text(file).map(all -> new MarkedBlock(0, all.length(), all))
            : MarkedBlock.find(text, entry.target());
    if (found.isEmpty()) {
      gone.add(entry.target());
      state = state.without(entry);
    } else if (!MarkedBlock.same(found.get().text(), entry.written())
        || (!entry.whole() && sectionGoesOn(text, found.get()))) {
      keep(entry, file, found.get(), text);
    } else {
      state = state.without(entry);
      files.set(
          file,
          entry.whole() ? Optional.empty() : Optional.of(without(text, found.get(), entry.gap())));
    }
  }

  /** The text without a block and, if setup has put an empty line above it, without that. */
  private static String without(String text, MarkedBlock block, boolean gap) {
    String above = text.substring(0, block.start());
    String below = text.substring(block.end());
    return gap && (above.endsWith("\n\n") || above.endsWith("\n\r\n"))
        ? withoutLastLineEnd(above) + below
        : above + below;
  }

  private static boolean opensSection(String block) {
    return block.lines().anyMatch(line -> line.matches("\\[(default|profile .*)]"));
  }

  /** Whether settings that the user has put below the block would fall to the section above. */
  private static boolean sectionGoesOn(String text, MarkedBlock block) {
    return opensSection(block.text())
        && text.substring(block.end())
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith(";"))
            .findFirst()
            .filter(line -> !line.startsWith("["))
            .isPresent();
  }

  private void keep(SetupState.Entry entry, UserFile file, MarkedBlock found, String text) {
    String more = MarkedBlock.same(found.text(), entry.written()) ? text : found.text();
    kept.add(
        new SetupPlan.Kept(
            entry.target(),
            file.file(),
            UnifiedDiff.of(
                "what jvault wrote",
                file.file().toString(),
                Bytes.shown(entry.written()),
                Bytes.shown(
                    more.equals(text) && !entry.whole() ? text.substring(found.start()) : more))));
  }

  /** Gives a file that has no entry any more its last line end, or its absence, back. */
  private void finish(SetupState.Original original) {
    if (state.hasEntries(original.file())) {
      return;
    }
    state = state.withoutOriginal(original.file());
    UserFile file = files.file(original.file());
    Optional<String> text = files.text(file);
    if (text.isEmpty() || text.equals(file.text())) {
      return;
    }
    String rest = text.get();
    if (original.digest().isEmpty() && rest.isBlank()) {
      files.set(file, Optional.empty());
    } else if (isOriginal(original, withoutLastLineEnd(rest))) {
      files.set(file, Optional.of(withoutLastLineEnd(rest)));
    }
  }

  private static boolean isOriginal(SetupState.Original original, String text) {
    return original.digest().equals(Optional.of(Bytes.digest(text)));
  }

  private static String withoutLastLineEnd(String text) {
    int end = text.endsWith("\r\n") ? 2 : text.endsWith("\n") ? 1 : 0;
    return text.substring(0, text.length() - end);
  }
}
