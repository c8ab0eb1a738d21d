package dev.jvault.service;

import dev.jvault.program.CommandResult;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Changes of the system, in order.
 *
 * @param changes empty if nothing has to change
 */
record Plan(List<Change> changes) {
  Plan {
    changes = List.copyOf(changes);
  }

  /** Both plans, one after the other. */
  Plan then(Plan next) {
    var all = new ArrayList<>(changes);
    all.addAll(next.changes);
    return new Plan(all);
  }

  boolean isEmpty() {
    return changes.isEmpty();
  }

  /** Every file and command, for people. */
  String rendered() {
    var text = new StringBuilder();
    changes.forEach(change -> text.append(change.rendered()));
    return text.toString();
  }

  /**
   * Makes all changes or none.
   *
   * @return undoes all of them; run at most once
   * @throws JvaultException if one fails, after the earlier ones are undone
   */
  Runnable applyOrUndo(UserCommands commands, DaemonControl daemon) {
    var done = new ArrayDeque<Runnable>();
    for (Change change : changes) {
      try {
        done.push(make(change, commands, daemon));
      } catch (JvaultException e) {
        undo(done);
        throw e;
      }
    }
    return () -> undo(done);
  }

  /**
   * Makes every change that succeeds, even after one has failed.
   *
   * @throws JvaultException at the end, about the first failure
   */
  void applyAll(UserCommands commands, DaemonControl daemon) {
    Optional<JvaultException> first = Optional.empty();
    for (Change change : changes) {
      try {
        var _ = make(change, commands, daemon);
      } catch (JvaultException e) {
        first = first.or(() -> Optional.of(e));
      }
    }
    if (first.isPresent()) {
      throw first.get();
    }
  }

  /** Undoes as much as can be undone: a failure here must not hide the one that led here. */
  private static void undo(Deque<Runnable> done) {
    while (!done.isEmpty()) {
      try {
        done.pop().run();
      } catch (JvaultException _) {
        // The next ones still count.
      }
    }
  }

  /** Makes one change; returns what undoes it. */
  private static Runnable make(Change change, UserCommands commands, DaemonControl daemon) {
    return switch (change) {
      case Change.Write write -> UserFiles.write(write.file(), write.content());
      case Change.Delete delete -> UserFiles.delete(delete.file());
      case Change.DeleteEmpty delete -> UserFiles.deleteEmpty(delete.folder());
      case Change.AfterUndo after -> () -> commands.run(after.command());
      case Change.StopDaemon _ -> {
        daemon.stop();
        yield daemon::start;
      }
      case Change.Run run -> {
        CommandResult result = commands.run(run.command());
        if (!result.succeeded() && run.needed()) {
          // What failed may have been done in part.
          run.undo().forEach(commands::run);
          throw new JvaultException(
              ExitCode.FAULT, "`" + run.command().rendered() + "` failed" + result.because() + ".");
        }
        yield () -> run.undo().forEach(commands::run);
      }
    };
  }
}
