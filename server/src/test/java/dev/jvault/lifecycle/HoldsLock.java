package dev.jvault.lifecycle;

import java.io.IOException;
import java.nio.file.Path;

/** A process that holds the lock until its standard input ends. */
final class HoldsLock {
  private HoldsLock() {}

  /** Takes the lock that the first argument names, and prints a line. */
  public static void main(String[] arguments) throws IOException {
    try (var _ = SingleInstance.take(Path.of(arguments[0]), ProcessHandle.current().pid())) {
      System.out.println("held");
      var _ = System.in.read();
    }
  }
}
