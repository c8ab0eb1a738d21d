package dev.jvault.profile;

import java.util.Map;

/** Reads the lines below one section header of an AWS config file. */
public interface SectionParser {
  /**
   * The keys and values of a section.
   *
   * @param lines what stands below the header, {@code \n} between lines; no line starts with a
   *     bracket
   */
  ParsedSection parse(String lines);

  /** What the lines of a section are. */
  sealed interface ParsedSection {
    /**
     * Well-formed lines.
     *
     * @param values values by key; a nested value also by {@code parent.key}
     */
    record Values(Map<String, String> values) implements ParsedSection {
      /** Names the keys only: a value may be a plain-text secret. */
      @Override
      public String toString() {
        return "Values" + values.keySet();
      }
    }

    /**
     * Lines that are no section.
     *
     * @param line the first bad one, counted from 1
     * @param reason what is wrong with it, without its text
     */
    record Malformed(int line, String reason) implements ParsedSection {}
  }
}
