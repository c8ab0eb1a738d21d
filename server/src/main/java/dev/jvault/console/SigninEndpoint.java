package dev.jvault.console;

import dev.jvault.secret.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where a console's sign-in is: AWS's own address, or the one that {@code AWS_ENDPOINT_URL_SIGNIN}
 * or the profile names.
 *
 * @param base scheme, host and perhaps a path, without a slash at its end
 */
public record SigninEndpoint(URI base) {
  private static final String FEDERATION = "/federation";

  /** The endpoint for a region. */
  public static SigninEndpoint of(Partition partition, String region, Optional<URI> configured) {
    return new SigninEndpoint(
        configured
            .map(SigninEndpoint::withoutEnd)
            .orElseGet(() -> URI.create("https://" + partition.signinHost(region))));
  }

  /** Where sign-in tokens are given, and taken. */
  public URI federation() {
    return URI.create(base + FEDERATION);
  }

  /**
   * The address that logs a browser in. Who has it has the console, so it is a secret.
   *
   * @param token the sign-in token, which AWS takes for 15 minutes
   */
  public Secret loginUrl(ConsoleDestination destination, Secret token) {
    return Secret.of(
        federation()
            + "?Action=login&Issuer=jvault&Destination="
            + encoded(destination.url().toString())
            + "&SigninToken="
            + encoded(token.reveal()));
  }

  /** The address that ends the browser's present login first, and then opens another. */
  public Secret afterLogout(Secret loginUrl) {
    return Secret.of(base + "/oauth?Action=logout&redirect_uri=" + encoded(loginUrl.reveal()));
  }

  private static URI withoutEnd(URI configured) {
    String text = configured.toString().replaceFirst("/+$", "");
    return URI.create(
        text.endsWith(FEDERATION) ? text.substring(0, text.length() - FEDERATION.length()) : text);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
