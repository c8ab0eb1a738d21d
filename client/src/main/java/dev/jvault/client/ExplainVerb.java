package dev.jvault.client;

import java.util.List;
import org.apache.commons.cli.Options;

/** Shows how a profile resolves, and what is wrong with it. */
final class ExplainVerb extends Verb {
  ExplainVerb() {
    super(
        Names.ONE_OR_FOUND,
        new VerbHelp(
            "explain",
            "show each call behind a profile, and which line each value comes from",
            "[NAME] [--json]",
            List.of("jvault explain dev", "jvault explain deploy --json")));
  }

  @Override
  Options options() {
    return new Options().addOption(null, "json", false, "as JSON");
  }
}
