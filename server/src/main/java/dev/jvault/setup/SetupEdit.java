package dev.jvault.setup;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** What a target wants to be in one file. */
sealed interface SetupEdit {
  /** The target as the user names it, such as {@code profile dev}. */
  String target();

  /** The file; links are followed. */
  Path file();

  /**
   * A marked block in a file that may have other content.
   *
   * @param wanted says what and where
   */
  record Block(String target, Path file, Wanted wanted) implements SetupEdit {}

  /**
   * A file that has nothing else.
   *
   * @param content all of it
   */
  record WholeFile(String target, Path file, String content) implements SetupEdit {}

  /** Decides the lines of a block from the rest of the file. */
  @FunctionalInterface
  interface Wanted {
    /**
     * The lines for a file.
     *
     * @param content of the file without the block; empty if there is no file
     * @throws dev.jvault.protocol.JvaultException if the file must stay as it is
     */
    Insertion in(byte[] content);
  }

  /**
   * Lines and their place. Without lines, the file has what is wanted already.
   *
   * @param offset behind which bytes they belong; empty for the end, after an empty line
   * @param indent white space before each line
   */
  record Insertion(List<String> lines, OptionalInt offset, String indent) {
    /** Copies the lines. */
    public Insertion {
      lines = List.copyOf(lines);
    }

    /** Lines at the end of the file. */
    static Insertion atEnd(List<String> lines) {
      return new Insertion(lines, OptionalInt.empty(), "");
    }
  }
}
