package dev.jvault.control;

import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.RegionName;
import dev.jvault.profile.SsoDirectory;
import dev.jvault.profile.SsoSession;
import dev.jvault.prompt.Question;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.sso.SsoLogins;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Finds out which Identity Center the user means: from the command line, from the config file, from
 * AWS, and only then from the user.
 */
final class SsoPortalQuestions {
  /** Any region: the page is asked for the right one. */
  private static final String UNKNOWN_REGION = "us-east-1";

  private final SsoDirectory directory;
  private final SsoLogins logins;

  SsoPortalQuestions(SsoDirectory directory, SsoLogins logins) {
    this.directory = directory;
    this.logins = logins;
  }

  /**
   * The session to set up.
   *
   * @throws JvaultException if something is missing or wrong and the user cannot be asked
   */
  SsoSession session(Call call) {
    CallerEnvironment environment = call.environment();
    List<SsoSession> known = directory.all(environment);
    String word = call.value("session").orElseGet(() -> startUrl(call, known));
    if (!word.contains("://") && !word.contains(".")) {
      return modern(directory.find(word, environment));
    }
    String startUrl = cleaned(word);
    Optional<SsoSession> same =
        known.stream()
            .filter(session -> cleaned(session.startUrl().toString()).equals(startUrl))
            .findFirst();
    if (same.filter(session -> !session.legacy()).isPresent()) {
      return same.get();
    }
    SsoSession probe = directory.fresh("sso", startUrl, UNKNOWN_REGION, environment);
    String region =
        call.value("sso-region")
            .or(() -> same.map(SsoSession::region))
            .or(() -> logins.region(probe))
            .orElseGet(() -> region(call));
    return directory.fresh(name(call, probe.startUrl()), startUrl, region, environment);
  }

  private static SsoSession modern(SsoSession session) {
    if (session.legacy()) {
      throw new JvaultException(
          ExitCode.PROFILE,
          "That profile names its start URL itself; run `jvault sso setup %s` to write an [sso-session] for it."
              .formatted(session.startUrl()));
    }
    return session;
  }

  private static String startUrl(Call call, List<SsoSession> known) {
    List<SsoSession> sessions = known.stream().filter(session -> !session.legacy()).toList();
    String usual = sessions.size() == 1 ? sessions.getFirst().name() : "";
    return ask(
            call,
            usual.isEmpty()
                ? "Start URL, such as https://my-company.awsapps.com/start: "
                : "Start URL, or the name of a session [" + usual + "]: ")
        .map(answer -> answer.isEmpty() ? usual : answer)
        .filter(answer -> !answer.isEmpty())
        .or(() -> Optional.of(usual).filter(name -> !name.isEmpty()))
        .orElseThrow(() ->
            new JvaultException(
                ExitCode.USAGE,
                "Say which Identity Center: jvault sso setup https://my-company.awsapps.com/start."));
  }

  private static String region(Call call) {
    String region =
        ask(call, "Region of IAM Identity Center, such as eu-west-1: ")
            .filter(answer -> !answer.isEmpty())
            .orElseThrow(() ->
                new JvaultException(
                    ExitCode.USAGE,
                    "The page of the access portal does not tell its region; give it with --sso-region."));
    if (!RegionName.valid(region)) {
      throw new JvaultException(
          ExitCode.USAGE, "The region is not one such as eu-west-1; correct it.");
    }
    return region;
  }

  private String name(Call call, URI startUrl) {
    String usual = usualName(startUrl);
    String name =
        call.value("name")
            .or(() ->
                ask(call, "Name of the session [" + usual + "]: ")
                    .filter(answer -> !answer.isEmpty()))
            .orElse(usual);
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}")) {
      throw new JvaultException(
          ExitCode.USAGE,
          "The name of a session has letters, digits, dots, dashes and underscores only; give another with --name.");
    }
    if (directory.sectionNames(call.environment()).contains(name)) {
      throw new JvaultException(
          ExitCode.PROFILE,
          "There is an [sso-session %s] with another start URL already; give another name with --name."
              .formatted(name));
    }
    return name;
  }

  /** The company's name in an address such as {@code https://my-company.awsapps.com/start}. */
  private static String usualName(URI startUrl) {
    String label = startUrl.getHost().split("\\.", 2)[0];
    return label.matches("(?:d-[0-9a-f]+|ssoins-.*|start|[0-9]+|.*[^a-z0-9-].*|)") ? "sso" : label;
  }

  private static Optional<String> ask(Call call, String text) {
    return call.person().canAnswer(Question.Kind.TEXT)
        ? Optional.of(
            call.person()
                .ask(new Question(Question.Kind.TEXT, text))
                .map(answer -> answer.reveal().strip())
                .orElseThrow(() ->
                    new JvaultException(
                        ExitCode.PERSON, "There was no answer; nothing was written.")))
        : Optional.empty();
  }

  /** An address as the AWS CLI wants it, whatever the browser's address bar had. */
  private static String cleaned(String address) {
    String whole = address.contains("://") ? address : "https://" + address;
    return whole.strip().replaceAll("[#?].*$", "").replaceAll("/+$", "");
  }
}
