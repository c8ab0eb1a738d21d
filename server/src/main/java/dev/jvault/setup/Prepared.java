package dev.jvault.setup;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * A setup, or its undoing, that has been worked out and changes nothing yet.
 *
 * @param targets what it is about, each as the user would name it
 * @param notes for the user once it is done
 * @param left targets that cannot be set up, each with its reason
 */
public record Prepared(
    SetupState before,
    SetupPlan plan,
    boolean undo,
    List<String> targets,
    List<String> notes,
    List<String> left) {
  /** Copies the lists. */
  public Prepared {
    targets = List.copyOf(targets);
    notes = List.copyOf(notes);
    left = List.copyOf(left);
  }

  /** Whether no file has to change. */
  public boolean isEmpty() {
    return plan.isEmpty();
  }

  /** Whether lines stay that the user has edited. */
  public boolean keepsEdits() {
    return !plan.kept().isEmpty();
  }

  /** The changes as a unified diff. */
  public String diff() {
    return plan.diff();
  }

  /** What does not change and why, each line a sentence. */
  public List<String> unchanged() {
    List<String> lines = new ArrayList<>();
    for (String target : new LinkedHashSet<>(plan.unchanged())) {
      lines.add(
          undo
              ? "The lines of " + target + " are gone already."
              : target + " is set up already; nothing was changed for it.");
    }
    plan.kept().forEach(kept -> lines.add(kept.sentence()));
    lines.addAll(left);
    return lines;
  }

  /** The files that are going to change, each line a sentence. */
  public List<String> files() {
    return files("Remove", "Create", "Change");
  }

  /** The same once they have changed. */
  public List<String> done() {
    return files("Removed", "Created", "Changed");
  }

  private List<String> files(String remove, String create, String change) {
    return plan.changes().stream()
        .map(one -> {
          String verb =
              one.after().isEmpty() ? remove : one.before().text().isEmpty() ? create : change;
          return verb + " " + one.before().file() + ".";
        })
        .toList();
  }
}
