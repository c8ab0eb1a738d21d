package dev.jvault.e2e;

import java.nio.file.Path;

/** The packages of a Node.js program. */
final class NodePackages {
  private NodePackages() {}

  /**
   * The command that installs what a folder's package-lock.json lists; it needs no network for what
   * npm's cache has.
   */
  static String[] install(Path folder) {
    return new String[] {
      "npm",
      "ci",
      "--prefer-offline",
      "--no-audit",
      "--no-fund",
      "--silent",
      "--prefix",
      folder.toString()
    };
  }
}
