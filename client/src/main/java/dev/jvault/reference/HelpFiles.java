package dev.jvault.reference;

import dev.jvault.client.VerbTable;
import java.util.Map;
import java.util.TreeMap;

/** The help texts, one file for each name of a verb, which the launcher prints without a JVM. */
final class HelpFiles {
  private HelpFiles() {}

  /** The texts by their files' names; that of the list is {@code verbs.txt}. */
  static Map<String, String> all() {
    var files = new TreeMap<String, String>();
    files.put("verbs.txt", VerbTable.help());
    for (VerbTable.Entry verb : VerbTable.all()) {
      files.put(verb.name(), verb.help());
      verb.aliases().forEach(alias -> files.put(alias, verb.help()));
    }
    return files;
  }
}
