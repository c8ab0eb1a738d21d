package dev.jvault.grant;

import dev.jvault.profile.CallerEnvironment;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Names a standing grant: the same consumer of the same profile with the same meaning has the same
 * id for ever, so that its path and token file never change.
 */
final class GrantId {
  /** How AWS is reached, not which credentials are meant. */
  private static final Set<String> MEANINGLESS =
      Set.of("HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "AWS_CA_BUNDLE");

  /** A listener is one a profile: two terminals with two regions do not make two of them. */
  private static final Set<String> REGIONS = Set.of("AWS_REGION", "AWS_DEFAULT_REGION");

  private GrantId() {}

  static String of(Grant.Kind kind, String profile, CallerEnvironment environment) {
    Map<String, String> meaning = new TreeMap<>(environment.aws());
    meaning.keySet().removeAll(MEANINGLESS);
    if (kind == Grant.Kind.IMDS) {
      meaning.keySet().removeAll(REGIONS);
    }
    // In small letters: there are file systems that do not tell them from capitals.
    String plain = plain(profile.toLowerCase(Locale.ROOT));
    String id = plain + "-" + kind.name().toLowerCase(Locale.ROOT);
    // A name that had to be spelt otherwise, or other variables, get a hash to stay apart.
    return meaning.isEmpty() && plain.equals(profile) ? id : id + "-" + hash(profile, meaning);
  }

  private static String plain(String profile) {
    String spelt = profile.replaceAll("[^A-Za-z0-9_-]", "_");
    return spelt.length() > 40 ? spelt.substring(0, 40) : spelt;
  }

  private static String hash(String profile, Map<String, String> meaning) {
    var text = new StringBuilder(profile);
    meaning.forEach((name, value) -> text.append('\0').append(name).append('=').append(value));
    return TokenHash.of(text.toString()).hex().substring(0, 12);
  }
}
