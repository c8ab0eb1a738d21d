package dev.jvault.profile;

import dev.jvault.profile.ConfigLine.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a program has changed in a config file, setting by setting.
 *
 * @param changes the settings that are new or have another value
 * @param complete whether that is all: nothing was removed, and no comment was changed
 */
public record ConfigChanges(List<Change> changes, boolean complete) {
  /**
   * A setting that is new or has another value.
   *
   * @param header the line that opens its section
   * @param key in lower case
   * @param lines its own line, and those of nested settings
   * @param before the same of the value that it had; empty if it is new
   */
  public record Change(String header, String key, List<String> lines, Optional<String> before) {
    /** Copies the list. */
    public Change {
      lines = List.copyOf(lines);
    }

    /** Names the setting only, because the value may be a secret in plain text. */
    @Override
    public String toString() {
      return header + " " + key;
    }
  }

  /** Copies the list. */
  public ConfigChanges {
    changes = List.copyOf(changes);
  }

  /**
   * Compares two states of a file.
   *
   * @param own the line that jvault itself wrote for a profile, which is nobody's change
   */
  static ConfigChanges between(String before, String now, FileKind kind, Map<String, String> own) {
    Map<String, Map<String, Block>> old = sections(before, kind);
    Map<String, Map<String, Block>> current = sections(now, kind);
    var changes = new ArrayList<Change>();
    current.forEach((section, blocks) ->
        blocks.forEach((key, block) -> {
          Optional<Block> was = block(old, section, key);
          boolean same = was.filter(one -> one.canonical().equals(block.canonical())).isPresent();
          if (!same && !block.isOwn(kind, own)) {
            // What jvault wrote is not a value that the user's own file has.
            Optional<String> value = was.filter(one -> !one.isOwn(kind, own)).map(Block::canonical);
            changes.add(new Change(block.header, key, block.lines, value));
          }
        }));
    boolean complete = comments(before).equals(comments(now));
    for (Map.Entry<String, Map<String, Block>> section : old.entrySet()) {
      complete &= current.containsKey(section.getKey());
      for (Map.Entry<String, Block> block : section.getValue().entrySet()) {
        complete &=
            block(current, section.getKey(), block.getKey()).isPresent()
                || block.getValue().isOwn(kind, own);
      }
    }
    return new ConfigChanges(changes, complete);
  }

  private static Optional<Block> block(
      Map<String, Map<String, Block>> sections, String section, String key) {
    return Optional.ofNullable(sections.getOrDefault(section, Map.of()).get(key));
  }

  /** One setting with its nested ones, in the section of this header. */
  private record Block(String header, List<String> lines) {
    String canonical() {
      return SettingEdit.canonical(ConfigLines.of(String.join("\n", lines)));
    }

    boolean isOwn(FileKind kind, Map<String, String> own) {
      String profile =
          header.isEmpty() ? "" : SectionHeader.of(ConfigLines.of(header).getFirst(), kind).name();
      return Optional.ofNullable(own.get(profile))
          .filter(line -> SettingEdit.canonical(ConfigLines.of(line)).equals(canonical()))
          .isPresent();
    }
  }

  private static Map<String, Map<String, Block>> sections(String text, FileKind kind) {
    var sections = new LinkedHashMap<String, Map<String, Block>>();
    Map<String, Block> section = new LinkedHashMap<>();
    String header = "";
    for (ConfigLine line : ConfigLines.of(text)) {
      switch (line.kind()) {
        case BLANK -> {}
        case HEADER -> {
          header = line.text().replace("\uFEFF", "").strip();
          section =
              sections.computeIfAbsent(
                  SectionHeader.of(line, kind).text(), _ -> new LinkedHashMap<>());
        }
        case OPTION ->
            section.put(line.key(), new Block(header, new ArrayList<>(List.of(line.text()))));
        case CONTINUATION -> {
          Block block = section.get(line.parent());
          if (block != null) {
            block.lines.add(line.text());
          }
        }
      }
    }
    return sections;
  }

  private static List<String> comments(String text) {
    return ConfigLines.of(text).stream()
        .filter(line -> line.kind() == Kind.BLANK)
        .map(line -> line.text().strip())
        .filter(line -> !line.isEmpty())
        .toList();
  }
}
