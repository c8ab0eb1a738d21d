package dev.jvault.setup;

import dev.jvault.files.ForeignFiles;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Works out which files change, and how, so that each target has its lines. Changes nothing. */
final class SetupPlanner {
  private final WorkingFiles files;
  private final List<SetupPlan.Kept> kept = new ArrayList<>();
  private final List<String> unchanged = new ArrayList<>();
  private SetupState state;

  private SetupPlanner(SetupState state, ForeignFiles files) {
    this.state = state;
    this.files = new WorkingFiles(files);
  }

  /**
   * Plans edits, in their order.
   *
   * @throws JvaultException if one of them is refused
   */
  static SetupPlan plan(List<SetupEdit> edits, SetupState state, ForeignFiles files) {
    var planner = new SetupPlanner(state, files);
    for (SetupEdit edit : edits) {
      switch (edit) {
        case SetupEdit.Block block -> planner.block(block);
        case SetupEdit.WholeFile whole -> planner.whole(whole);
      }
    }
    return new SetupPlan(planner.files.changes(), planner.state, planner.kept, planner.unchanged);
  }

  private void block(SetupEdit.Block edit) {
    UserFile file = files.file(edit.file());
    String text = files.text(file).orElse("");
    Optional<MarkedBlock> found = MarkedBlock.find(text, edit.target());
    String rest =
        found
            .map(block -> text.substring(0, block.start()) + text.substring(block.end()))
            .orElse(text);
    SetupEdit.Insertion wanted = edit.wanted().in(Bytes.of(rest));
    if (wanted.lines().isEmpty()) {
      unchanged.add(edit.target());
      return;
    }
    String lineEnd = Bytes.lineEnd(rest);
    String written = MarkedBlock.written(edit.target(), wanted.indent(), wanted.lines(), lineEnd);
    if (found.isEmpty()) {
      insert(edit, file, text, wanted, written);
    } else if (MarkedBlock.same(found.get().text(), written)) {
      unchanged.add(edit.target());
      remember(file, entry(edit, file, found.get().text()));
    } else if (edited(edit, file, found.get().text())) {
      keep(edit, file, found.get().text(), written);
    } else {
      MarkedBlock old = found.get();
      replace(
          file,
          text.substring(0, old.start()) + written + text.substring(old.end()),
          entry(edit, file, written));
    }
  }

  private void insert(
      SetupEdit edit, UserFile file, String text, SetupEdit.Insertion wanted, String written) {
    String lineEnd = Bytes.lineEnd(text);
    int at = wanted.offset().orElse(text.length());
    String above = text.substring(0, at);
    boolean complete = above.isEmpty() || above.endsWith("\n") || above.endsWith("\r");
    String gap = wanted.offset().isEmpty() && !text.isEmpty() ? lineEnd : "";
    replace(
        file,
        above + (complete ? "" : lineEnd) + gap + written + text.substring(at),
        new SetupState.Entry(edit.target(), file.file(), false, !gap.isEmpty(), written));
  }

  private void whole(SetupEdit.WholeFile edit) {
    UserFile file = files.file(edit.file());
    Optional<String> text = files.text(file);
    String written = Bytes.utf8(edit.content());
    if (text.isEmpty()) {
      replace(file, written, wholeEntry(edit, file, written));
    } else if (text.get().equals(written)) {
      unchanged.add(edit.target());
      remember(file, wholeEntry(edit, file, written));
    } else if (state.entry(edit.target(), file.file()).isEmpty()) {
      throw new JvaultException(
          ExitCode.PROFILE,
          "%s exists and is not of jvault; move it away, then try again. Nothing was changed."
              .formatted(file.file()));
    } else if (edited(edit, file, text.get())) {
      keep(edit, file, text.get(), written);
    } else {
      replace(file, written, wholeEntry(edit, file, written));
    }
  }

  private void replace(UserFile file, String text, SetupState.Entry entry) {
    remember(file, entry);
    files.set(file, Optional.of(text));
  }

  /** Remembers what setup has in a file, and before the first of it, what the file was. */
  private void remember(UserFile file, SetupState.Entry entry) {
    if (state.original(file.file()).isEmpty()) {
      state =
          state.with(
              new SetupState.Original(
                  file.file(), file.text().map(Bytes::digest), List.of(), List.of()));
    }
    state = state.with(entry);
  }

  /** The entry of a block that is there already, with its other text. */
  private SetupState.Entry entry(SetupEdit edit, UserFile file, String written) {
    boolean gap = state.entry(edit.target(), file.file()).map(SetupState.Entry::gap).orElse(true);
    return new SetupState.Entry(edit.target(), file.file(), false, gap, written);
  }

  private static SetupState.Entry wholeEntry(SetupEdit edit, UserFile file, String written) {
    return new SetupState.Entry(edit.target(), file.file(), true, false, written);
  }

  /** Whether it is something else than what setup wrote; true if that is not known. */
  private boolean edited(SetupEdit edit, UserFile file, String found) {
    return state
        .entry(edit.target(), file.file())
        .filter(entry -> MarkedBlock.same(entry.written(), found))
        .isEmpty();
  }

  private void keep(SetupEdit edit, UserFile file, String found, String written) {
    String before =
        state.entry(edit.target(), file.file()).map(SetupState.Entry::written).orElse(written);
    kept.add(
        new SetupPlan.Kept(
            edit.target(),
            file.file(),
            UnifiedDiff.of(
                "what jvault wrote",
                file.file().toString(),
                Bytes.shown(before),
                Bytes.shown(found))));
  }
}
