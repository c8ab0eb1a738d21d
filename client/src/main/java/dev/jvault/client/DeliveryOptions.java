package dev.jvault.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** The options of {@code exec} and {@code env} that choose how a program finds the endpoint. */
final class DeliveryOptions {
  private static final List<String> ALL = List.of("imds", "ecs", "eks");

  /** The drivers that {@code --prompt} names, and where each asks. */
  private static final Map<String, String> DRIVERS = drivers();

  private DeliveryOptions() {}

  static Options addTo(Options options) {
    return options
        .addOption(null, "imds", false, "by instance metadata, for programs that know only that")
        .addOption(null, "ecs", false, "by the address of ECS, 169.254.170.2 (see link-local)")
        .addOption(null, "eks", false, "by the address of EKS, 169.254.170.23 (see link-local)");
  }

  private static Map<String, String> drivers() {
    var drivers = new LinkedHashMap<String, String>();
    drivers.put("terminal", "on the terminal only");
    drivers.put("osascript", "in a window of macOS");
    drivers.put("zenity", "in a window of GNOME");
    drivers.put("kdialog", "in a window of KDE");
    drivers.put("pinentry", "in a window of GnuPG's pinentry");
    drivers.put("ykman", "a YubiKey, for MFA codes");
    drivers.put("pass", "pass-otp, for MFA codes");
    return Collections.unmodifiableMap(drivers);
  }

  /** The words that may stand for the placeholder of {@link #prompt}; else none. */
  static Map<String, String> words(String placeholder) {
    return placeholder.equals("DRIVER") ? DRIVERS : Map.of();
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
