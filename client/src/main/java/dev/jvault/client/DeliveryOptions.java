package dev.jvault.client;

import java.util.List;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** The options of {@code exec} and {@code env} that choose how a program finds the endpoint. */
final class DeliveryOptions {
  private static final List<String> ALL = List.of("imds", "ecs", "eks");

  private DeliveryOptions() {}

  static Options addTo(Options options) {
    return options
        .addOption(null, "imds", false, "by instance metadata, for programs that know only that")
        .addOption(null, "ecs", false, "by the address of ECS, 169.254.170.2 (see link-local)")
        .addOption(null, "eks", false, "by the address of EKS, 169.254.170.23 (see link-local)");
  }

  /** The option that chooses where jvault asks, as in aws-vault. */
  static Option prompt() {
    return Option.builder()
        .longOpt("prompt")
        .hasArg()
        .argName("DRIVER")
        .desc("where to be asked, as AWS_VAULT_PROMPT says: terminal, zenity, ykman, …")
        .get();
  }

  /** Refuses two of these options, and one of them together with one of the others. */
  static void check(Verb verb, Arguments arguments, List<String> others) {
    for (String one : ALL) {
      for (String other : ALL.subList(ALL.indexOf(one) + 1, ALL.size())) {
        verb.refuseBoth(arguments, one, other);
      }
      others.forEach(other -> verb.refuseBoth(arguments, one, other));
    }
  }
}
