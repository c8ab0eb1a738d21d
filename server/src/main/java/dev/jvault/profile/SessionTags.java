package dev.jvault.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads session tags as aws-vault writes them: {@code key=value,key=value} and {@code key,key}.
 * What is allowed is in the <a
 * href="https://docs.aws.amazon.com/STS/latest/APIReference/API_Tag.html">reference of STS</a>.
 */
final class SessionTags {
  private static final int MOST = 50;
  private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{1,128}");
  private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{0,256}");

  /** Tags, in their order. */
  static Map<String, String> tags(Optional<Setting> setting) {
    var tags = new LinkedHashMap<String, String>();
    setting.ifPresent(text ->
        parts(text)
            .forEach(part -> {
              int equals = part.indexOf('=');
              String key = equals < 0 ? "" : part.substring(0, equals).strip();
              String value = part.substring(equals + 1).strip();
              boolean valid = KEY.matcher(key).matches() && VALUE.matcher(value).matches();
              if (!valid || tags.put(key, value) != null || tags.size() > MOST) {
                throw text.wrong(
                    "is not a list of at most 50 tags such as team=core,project=jvault, each key"
                        + " once; correct it");
              }
            }));
    return tags;
  }

  /** Keys of tags, in their order. */
  static List<String> keys(Optional<Setting> setting) {
    var keys = new ArrayList<String>();
    setting.ifPresent(text ->
        parts(text)
            .forEach(key -> {
              if (!KEY.matcher(key).matches() || keys.size() == MOST) {
                throw text.wrong("is not a list of at most 50 keys of tags; correct it");
              }
              keys.add(key);
            }));
    return keys;
  }

  private SessionTags() {}

  private static Stream<String> parts(Setting setting) {
    return Stream.of(setting.text().split(",")).map(String::strip).filter(part -> !part.isEmpty());
  }
}
