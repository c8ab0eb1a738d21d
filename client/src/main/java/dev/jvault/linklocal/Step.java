package dev.jvault.linklocal;

import java.util.List;

/**
 * A change of the system.
 *
 * @param apply what makes it
 * @param undo what takes it back; empty where nothing comes after that could fail
 */
record Step(Command apply, List<Command> undo) {
  Step {
    undo = List.copyOf(undo);
  }

  static Step of(Command apply) {
    return new Step(apply, List.of());
  }

  static Step of(Command apply, Command undo) {
    return new Step(apply, List.of(undo));
  }
}
