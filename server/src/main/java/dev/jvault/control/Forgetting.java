package dev.jvault.control;

import dev.jvault.imds.ImdsListener;
import dev.jvault.profile.Profiles;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.NearestNames;
import dev.jvault.served.Forgotten;
import dev.jvault.served.ServedProfiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code server --forget}: takes back what {@code server --profile} and {@code --imds} asked for.
 * To forget a profile twice changes nothing more.
 */
final class Forgetting {
  private final ServedProfiles served;
  private final Profiles profiles;

  Forgetting(ServedProfiles served, Profiles profiles) {
    this.served = served;
    this.profiles = profiles;
  }

  /**
   * Forgets the profiles that the call names: all or none.
   *
   * @throws JvaultException with {@link ExitCode#USAGE} if a name is probably mistyped
   */
  Reply run(Call call) {
    List<String> names = call.values("forget").stream().distinct().toList();
    Set<String> known = served.forgettable();
    names.forEach(name -> refuseMistyped(name, known, call));
    var sentences = new ArrayList<String>();
    names.forEach(name ->
        sentences.add(
            known.contains(name)
                ? sentence(served.forget(name))
                : "Profile " + name + " is not served, so there is nothing to forget."));
    return Reply.ofMessage(String.join("\n", sentences));
  }

  private void refuseMistyped(String name, Set<String> known, Call call) {
    if (known.contains(name) || profiles.configured(name, call.environment())) {
      return;
    }
    List<String> near = NearestNames.to(name, known);
    if (!near.isEmpty()) {
      throw new JvaultException(
          ExitCode.USAGE,
          "No profile %s is served, and nothing was forgotten; did you mean %s?"
              .formatted(name, String.join(", ", near)));
    }
  }

  private static String sentence(Forgotten forgotten) {
    var ended = new ArrayList<String>();
    forgotten.grants().forEach(grant -> ended.add("grant " + grant + " has ended"));
    forgotten
        .listeners()
        .forEach(listener -> ended.add("IMDS port " + port(listener) + " is closed"));
    return "Profile %s is no longer kept ready: %s; programs that used %s get no more credentials, and commands of `jvault exec %s` keep theirs."
        .formatted(
            forgotten.profile(),
            String.join(", ", ended),
            ended.size() == 1 ? "it" : "them",
            forgotten.profile());
  }

  private static int port(ImdsListener listener) {
    return listener.port();
  }
}
