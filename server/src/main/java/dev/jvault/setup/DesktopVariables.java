package dev.jvault.setup;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The variables by which programs of the desktop find the endpoint. */
final class DesktopVariables {
  private DesktopVariables() {}

  /**
   * The variables for a profile, in order.
   *
   * @throws JvaultException if it is not served, because its address would not last
   */
  static Map<String, String> of(String profile, SetupContext context) {
    ServedAddress served =
        context.served().stream()
            .filter(one -> one.name().equals(profile))
            .findFirst()
            .orElseThrow(() ->
                new JvaultException(
                    ExitCode.PROFILE,
                    "%1$s is not served, so it has no lasting address; run `jvault server --profile %2$s --background` first. Nothing was changed."
                        .formatted(profile, CredentialProcessLine.quoted(profile))));
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", served.uri());
    variables.put("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", served.tokenFile().toString());
    Optional<String> region = context.region().apply(profile);
    region.ifPresent(name -> {
      variables.put("AWS_REGION", name);
      variables.put("AWS_DEFAULT_REGION", name);
    });
    return variables;
  }
}
