package dev.jvault.grant;

import dev.jvault.profile.CallerEnvironment;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The id of a standing grant. The same kind of consumer of the same profile with the same variables
 * always gets the same id, so that its path and token file never change.
 */
final class GrantId {
  /** These say how AWS is reached, not which credentials are meant. */
  private static final Set<String> CONNECTION =
      Set.of(
          "HTTPS_PROXY",
          "https_proxy",
          "HTTP_PROXY",
          "http_proxy",
          "ALL_PROXY",
          "all_proxy",
          "NO_PROXY",
          "no_proxy",
          "AWS_CA_BUNDLE",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          "REQUESTS_CA_BUNDLE",
          "CURL_CA_BUNDLE",
          "NODE_EXTRA_CA_CERTS");

  /** A profile has one IMDS listener, even if two terminals use two regions. */
  private static final Set<String> REGIONS = Set.of("AWS_REGION", "AWS_DEFAULT_REGION");

  private GrantId() {}

  static String of(Grant.Kind kind, String profile, CallerEnvironment environment) {
    Map<String, String> meaning = new TreeMap<>(environment.aws());
    meaning.keySet().removeAll(CONNECTION);
    if (kind == Grant.Kind.IMDS) {
      meaning.keySet().removeAll(REGIONS);
    }
    // Some file systems ignore case, so the id is in lower case.
    String plain = plain(profile.toLowerCase(Locale.ROOT));
    String id = plain + "-" + kind.name().toLowerCase(Locale.ROOT);
    // A hash distinguishes names that had to be changed, and callers with other variables.
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
