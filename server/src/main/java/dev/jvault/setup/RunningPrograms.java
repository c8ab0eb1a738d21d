package dev.jvault.setup;

import java.util.List;

/** The programs of this user that run. */
@FunctionalInterface
public interface RunningPrograms {
  /**
   * A program that runs.
   *
   * @param name the file name of the program
   * @param arguments what it was started with, as far as the system says so
   */
  record Program(long pid, String name, String arguments) {}

  /** All of them, by process id. */
  List<Program> all();

  /** Those that the system lists for this user. */
  static RunningPrograms ofThisUser() {
    return new SystemPrograms();
  }
}
