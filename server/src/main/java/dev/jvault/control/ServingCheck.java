package dev.jvault.control;

import dev.jvault.grant.Grant;
import dev.jvault.grant.Grants;
import dev.jvault.imds.ImdsListeners;
import dev.jvault.profile.Profiles;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.Routes;

/**
 * {@code server} with {@link Routes#CHECK}: says what the same call would serve from then on, and
 * serves nothing. Asks the user only for a name that no config file has, because the vault may know
 * it.
 */
final class ServingCheck {
  private final ProfileSessions profileSessions;
  private final Profiles profiles;
  private final Grants grants;
  private final ImdsListeners imds;

  ServingCheck(
      ProfileSessions profileSessions, Profiles profiles, Grants grants, ImdsListeners imds) {
    this.profileSessions = profileSessions;
    this.profiles = profiles;
    this.grants = grants;
    this.imds = imds;
  }

  /**
   * Looks at all profiles and listeners that the call names.
   *
   * @return one line for each that is not served yet
   * @throws JvaultException if one of the profiles does not resolve
   */
  Reply run(Call call) {
    var text = new StringBuilder();
    for (String name : call.profiles()) {
      requireResolved(name, call);
      if (!isServed(name)) {
        text.append("serve profile %s%n".formatted(name));
      }
    }
    for (ImdsListenerRequest request : ImdsListenerRequest.of(call)) {
      requireResolved(request.profile(), call);
      if (!isServed(request)) {
        text.append(
            "serve profile %s as instance metadata on 127.0.0.1:%d%n"
                .formatted(request.profile(), request.port()));
      }
    }
    return Reply.ofOutput(text.toString());
  }

  private void requireResolved(String name, Call call) {
    if (profiles.configured(name, call.environment())) {
      var _ = profiles.resolveForCommand(name, call.environment());
    } else {
      var _ = profileSessions.resolve(name, call);
    }
  }

  private boolean isServed(String name) {
    return grants.all().stream()
        .anyMatch(grant -> grant.kind() == Grant.Kind.SERVER && grant.profile().equals(name));
  }

  private boolean isServed(ImdsListenerRequest request) {
    return imds.remembered().stream()
        .anyMatch(listener ->
            listener.kept()
                && listener.profile().equals(request.profile())
                && listener.port() == request.port());
  }
}
