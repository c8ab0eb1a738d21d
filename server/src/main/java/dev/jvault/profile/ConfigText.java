package dev.jvault.profile;

import dev.jvault.profile.ConfigLine.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The bytes of one config or credentials file, with what a program needs to know that wants to add
 * lines to it: which profiles it has, and where a section ends. Immutable.
 *
 * <p>Offsets count bytes. Line numbers count from 1.
 */
public final class ConfigText {
  /**
   * A line that gives a profile credentials.
   *
   * @param key of the setting, never its value
   */
  public record CredentialLine(int number, String key) {}

  private final FileKind kind;
  private final List<ConfigLine> lines;
  private final int[] ends;

  private ConfigText(byte[] content, FileKind kind) {
    this.kind = kind;
    this.lines = ConfigLines.of(new String(content, StandardCharsets.UTF_8));
    this.ends = ends(content, lines.size());
  }

  /** The text of {@code ~/.aws/config}. */
  public static ConfigText config(byte[] content) {
    return new ConfigText(content, FileKind.CONFIG);
  }

  /** The text of {@code ~/.aws/credentials}. */
  public static ConfigText credentials(byte[] content) {
    return new ConfigText(content, FileKind.CREDENTIALS);
  }

  /** The header of a profile's section in the config file, quoted as the AWS CLI quotes it. */
  public static String header(String profile) {
    return SectionWriter.header(profile);
  }

  /** The names of all profiles. */
  public Set<String> profiles() {
    return lines.stream()
        .filter(line -> line.kind() == Kind.HEADER)
        .map(line -> SectionHeader.of(line, kind))
        .filter(header -> header.type() == SectionHeader.Type.PROFILE)
        .map(SectionHeader::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a section of this profile begins somewhere, in any spelling. */
  public boolean has(String profile) {
    return lastHeader(profile).isPresent();
  }

  /**
   * The settings of a profile, without those that are nested; the later of two counts. If its name
   * is spelled in two ways ({@code [default]}, {@code [profile default]}), only the sections that
   * are spelled as the last one count, as in botocore.
   */
  public Map<String, String> settings(String profile) {
    Map<String, String> settings = new LinkedHashMap<>();
    lastHeader(profile)
        .ifPresent(last -> {
          String spelling = SectionHeader.of(lines.get(last), kind).text();
          options(header -> header.isProfile(profile) && header.text().equals(spelling))
              .forEach(line -> settings.put(line.key(), line.value()));
        });
    return settings;
  }

  /** The lines that give a profile credentials, in whichever spelling. */
  public List<CredentialLine> credentialLines(String profile) {
    return options(header -> header.isProfile(profile)).stream()
        .filter(line -> DefaultKeys.isCredential(line.key()))
        .map(line -> new CredentialLine(line.number(), line.key()))
        .toList();
  }

  /** The offset behind the last line with a setting of a profile's last section, or its header. */
  public int endOf(String profile) {
    int last = lastHeader(profile).orElseThrow();
    for (int i = last + 1; i < lines.size() && lines.get(i).kind() != Kind.HEADER; i++) {
      if (lines.get(i).kind() != Kind.BLANK) {
        last = i;
      }
    }
    return ends[last];
  }

  /**
   * The white space that a new setting at the end of a profile's last section needs. It is none,
   * unless the next line is indented: the AWS CLI would take that for a part of the new setting.
   */
  public String indentAtEndOf(String profile) {
    int end = endOf(profile);
    String last = "";
    for (int i = 0; i < lines.size(); i++) {
      ConfigLine line = lines.get(i);
      if (line.kind() == Kind.BLANK) {
        continue;
      }
      if (ends[i] > end) {
        return indent(line).isEmpty() ? "" : last;
      }
      last = line.kind() == Kind.CONTINUATION ? last : indent(line);
    }
    return "";
  }

  private static String indent(ConfigLine line) {
    String text = line.text();
    return text.substring(0, text.length() - text.stripLeading().length());
  }

  private List<ConfigLine> options(Predicate<SectionHeader> which) {
    List<ConfigLine> found = new ArrayList<>();
    boolean inside = false;
    for (ConfigLine line : lines) {
      if (line.kind() == Kind.HEADER) {
        inside = which.test(SectionHeader.of(line, kind));
      } else if (inside && line.kind() == Kind.OPTION) {
        found.add(line);
      }
    }
    return found;
  }

  private OptionalInt lastHeader(String profile) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      ConfigLine line = lines.get(i);
      if (line.kind() == Kind.HEADER && SectionHeader.of(line, kind).isProfile(profile)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** Where each line ends, in bytes: decoded as Latin-1, in which each byte is one character. */
  private static int[] ends(byte[] content, int count) {
    int[] ends = new int[count];
    int at = 0;
    int number = 0;
    for (ConfigLine line : ConfigLines.of(new String(content, StandardCharsets.ISO_8859_1))) {
      at += line.verbatim().length();
      ends[number++] = at;
    }
    return ends;
  }
}
