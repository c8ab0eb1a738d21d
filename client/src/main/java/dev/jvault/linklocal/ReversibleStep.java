package dev.jvault.linklocal;

import java.util.List;

/**
 * A change of the system.
 *
 * @param apply what makes it
 * @param undo what takes it back; empty where nothing comes after that could fail
 */
record ReversibleStep(Command apply, List<Command> undo) {
  ReversibleStep {
    undo = List.copyOf(undo);
  }

  static ReversibleStep of(Command apply) {
    return new ReversibleStep(apply, List.of());
  }

  static ReversibleStep of(Command apply, Command undo) {
    return new ReversibleStep(apply, List.of(undo));
  }
}
