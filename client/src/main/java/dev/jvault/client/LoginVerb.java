package dev.jvault.client;

import java.util.List;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Opens the AWS console in the browser, or prints the address that does. */
final class LoginVerb extends Verb {
  private static final List<String> PAGES = List.of("path", "service", "destination");

  LoginVerb() {
    super(
        Names.ONE_OR_FOUND,
        new VerbHelp(
            "login",
            "open the AWS console in the browser",
            "[options] [NAME]",
            List.of(
                "jvault login dev",
                "jvault login --service s3 --region eu-west-1 dev",
                "jvault login --stdout dev")));
  }

  @Override
  Options options() {
    return new Options()
        .addOption("s", "stdout", false, "print the address, and open no browser")
        .addOption(valued("service", "SERVICE", "the console of a service, such as s3"))
        .addOption(valued("path", "PATH", "a page by its path, such as ec2/home"))
        .addOption(valued("destination", "URL", "a page by its address"))
        .addOption(lettered("r", "region", "REGION", "the region, whatever the profile says"))
        .addOption(lettered("d", "duration", "TIME", "how long the console lasts, as in 8h"))
        .addOption("n", "no-session", false, "sign for the role with the long-lived key itself")
        .addOption("a", "auto-logout", false, "end the browser's present login to a console first")
        .addOption(lettered("t", "mfa-token", "CODE", "the MFA code, which others can see"))
        .addOption(DeliveryOptions.prompt());
  }

  @Override
  void check(Arguments arguments) {
    for (String one : PAGES) {
      for (String other : PAGES.subList(PAGES.indexOf(one) + 1, PAGES.size())) {
        refuseBoth(arguments, one, other);
      }
    }
  }

  private static Option lettered(String letter, String name, String value, String description) {
    return Option.builder(letter).longOpt(name).hasArg().argName(value).desc(description).get();
  }
}
