package dev.jvault.service;

import dev.jvault.program.Command;
import java.nio.file.Path;
import java.util.List;

/** One change of the system, which can be shown before it is made. */
sealed interface Change {
  /** What the change does, for people; ends with a newline. */
  String rendered();

  /** Writes a file as a whole, and its folders. */
  record Write(Path file, String content) implements Change {
    @Override
    public String rendered() {
      return "write " + file + "\n" + content.indent(4);
    }
  }

  /** Deletes a file if it is there. */
  record Delete(Path file) implements Change {
    @Override
    public String rendered() {
      return "delete " + file + "\n";
    }
  }

  /** Deletes a folder if it is empty. */
  record DeleteEmpty(Path folder) implements Change {
    @Override
    public String rendered() {
      return "delete " + folder + " if it is empty\n";
    }
  }

  /**
   * Runs a command.
   *
   * @param undo the commands that reverse it, in order
   * @param needed whether a failure ends the plan
   */
  record Run(Command command, List<Command> undo, boolean needed) implements Change {
    public Run {
      undo = List.copyOf(undo);
    }

    static Run of(Command command, Command... undo) {
      return new Run(command, List.of(undo), true);
    }

    /** A command whose failure changes nothing for the user. */
    static Run optional(Command command) {
      return new Run(command, List.of(), false);
    }

    @Override
    public String rendered() {
      return "run   " + command.rendered() + "\n";
    }
  }

  /** Runs a command only if the changes after this one are undone, when they are. */
  record AfterUndo(Command command) implements Change {
    @Override
    public String rendered() {
      return "";
    }
  }

  /** Stops the daemon that a command started, so that its ports and its vault are free. */
  record StopDaemon() implements Change {
    @Override
    public String rendered() {
      return "run   jvault stop\n";
    }
  }
}
