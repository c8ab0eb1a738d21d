package dev.jvault.explain;

import dev.jvault.credential.Sts;
import dev.jvault.profile.Durations;
import dev.jvault.profile.Hop;
import dev.jvault.profile.MfaDevice;
import dev.jvault.profile.RoleOptions;
import dev.jvault.profile.TracedHop;
import dev.jvault.secret.AccessKeyIds;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells one hop of a chain. */
final class StepExplainer {
  private static final String[] ROLE_LIFE = {"AWS_ASSUME_ROLE_TTL", "duration_seconds"};

  private static final String[] TOKEN_LIFE = {
    "AWS_CHAINED_SESSION_TOKEN_TTL", "AWS_SESSION_TOKEN_TTL", "AWS_SESSION_TTL"
  };

  private final int number;
  private final TracedHop step;
  private final Optional<String> driver;
  private final Parameters parameters;

  /**
   * Tells a step.
   *
   * @param number from 1, the bottom's
   * @param driver what {@code AWS_VAULT_PROMPT} says
   */
  StepExplainer(int number, TracedHop step, Sts sts, Optional<String> driver) {
    this.number = number;
    this.step = step;
    this.driver = driver;
    this.parameters = new Parameters(step, sts);
  }

  /** The step; profiles that share it are added later. */
  ExplainedStep explained() {
    return switch (step.hop()) {
      case Hop.StoredKey key ->
          told("vault-key", "", "The key of " + DisplayedText.of(key.name()) + " in the vault.");
      case Hop.PlainKey key -> plainKey(key);
      case Hop.EnvironmentKey key ->
          told(
              "environment",
              "",
              "The credentials in the environment" + traded(key.trade()),
              sent(key.trade()));
      case Hop.CredentialProcess process -> {
        var _ = parameters.add("Command", process.command(), "credential_process");
        yield told(
            "credential-process",
            "",
            "What a command prints" + traded(process.trade()),
            sent(process.trade()));
      }
      case Hop.WebIdentity identity -> webIdentity(identity);
      case Hop.Sso sso -> sso(sso);
      case Hop.Login login -> {
        var _ =
            parameters
                .add("LoginSession", login.loginSession(), "login_session")
                .service("signin", login.signin());
        yield told("login", "", "The login that `aws login` has cached.");
      }
      case Hop.Ec2InstanceMetadata _ ->
          told("ec2-instance", "", "The role of the EC2 instance that jvault runs on.");
      case Hop.EcsContainer _ ->
          told("ecs-container", "", "The role of the container that jvault runs in.");
      case Hop.SessionToken token -> sessionToken(token);
      case Hop.FederationToken token -> federation(token);
      case Hop.AssumeRole role -> role(role);
    };
  }

  private ExplainedStep plainKey(Hop.PlainKey key) {
    var _ =
        parameters
            .add("AccessKeyId", AccessKeyIds.shown(key.accessKeyId()), "aws_access_key_id")
            .add("SecretAccessKey", "(hidden)", "aws_secret_access_key")
            .add(
                "SessionToken",
                key.sessionToken().map(_ -> "(hidden)"),
                "aws_session_token",
                "aws_security_token");
    return told("plain-key", "", "A key in plain text.");
  }

  private ExplainedStep webIdentity(Hop.WebIdentity identity) {
    var _ = parameters.add("RoleArn", identity.roleArn(), "role_arn", "AWS_ROLE_ARN");
    sessionName(identity.sessionName());
    var _ =
        switch (identity.token()) {
          case Hop.TokenFrom.TokenFile file ->
              parameters.add(
                  "WebIdentityToken (file)",
                  file.path().toString(),
                  "web_identity_token_file",
                  "AWS_WEB_IDENTITY_TOKEN_FILE");
          case Hop.TokenFrom.TokenProcess process ->
              parameters.add(
                  "WebIdentityToken (command)", process.command(), "web_identity_token_process");
        };
    var _ =
        parameters
            .add("DurationSeconds", seconds(identity.duration().toSeconds()), ROLE_LIFE)
            .sts(identity.sts());
    return told(
        "web-identity", "AssumeRoleWithWebIdentity", "AssumeRoleWithWebIdentity, unsigned.");
  }

  private ExplainedStep sso(Hop.Sso sso) {
    var _ =
        parameters
            .add("AccountId", sso.accountId(), "sso_account_id")
            .add("RoleName", sso.roleName(), "sso_role_name")
            .add("StartUrl", sso.session().startUrl().toString(), "sso_start_url")
            .add("Region", sso.session().region(), "sso_region")
            .add(
                "Session",
                Optional.of(sso.session().name()).filter(_ -> !sso.session().legacy()),
                "sso_session")
            .add(
                "Scopes",
                Optional.of(String.join(",", sso.session().scopes())).filter(s -> !s.isEmpty()),
                "sso_registration_scopes")
            .service("sso_oidc", sso.session().oidc())
            .service("sso", sso.session().portal());
    return told(
        "sso",
        "GetRoleCredentials",
        "GetRoleCredentials of IAM Identity Center, with the token of a login.",
        List.of(ExpectedPrompt.login(sso.session())));
  }

  private ExplainedStep sessionToken(Hop.SessionToken token) {
    return told(
        "session-token",
        "GetSessionToken",
        "GetSessionToken, signed by the key of step 1.",
        sent(token));
  }

  private ExplainedStep federation(Hop.FederationToken token) {
    var _ =
        parameters
            .add("Name", token.userName())
            .add(
                "DurationSeconds",
                seconds(token.duration().toSeconds()),
                "AWS_FEDERATION_TOKEN_TTL")
            .sts(token.sts());
    return told(
        "federation-token",
        "GetFederationToken",
        "GetFederationToken, signed by the key of step 1.");
  }

  private ExplainedStep role(Hop.AssumeRole role) {
    var _ = parameters.add("RoleArn", role.roleArn(), "the role", "AWS_ROLE_ARN", "role_arn");
    sessionName(role.sessionName());
    String cut =
        role.isShortened()
            ? Durations.text(role.wanted()) + " is wanted, AWS allows a session's role one hour"
            : "";
    var _ =
        parameters.remarked(
            "DurationSeconds", seconds(role.duration().toSeconds()), cut, ROLE_LIFE);
    List<ExpectedPrompt> asks = code(role.mfa());
    options(role.options());
    var _ = parameters.sts(role.sts());
    return told(
        "assume-role",
        "AssumeRole",
        "AssumeRole, signed by what step " + (number - 1) + " gives.",
        asks);
  }

  private void options(RoleOptions options) {
    var _ =
        parameters
            .add("ExternalId", options.externalId(), "external_id")
            .add(
                "SourceIdentity",
                options.sourceIdentity(),
                "AWS_SOURCE_IDENTITY",
                "source_identity")
            .add("Tags", listed(tags(options)), "AWS_SESSION_TAGS", "session_tags")
            .add(
                "TransitiveTagKeys",
                listed(options.transitiveTags()),
                "AWS_TRANSITIVE_TAGS",
                "transitive_session_tags");
  }

  private static List<String> tags(RoleOptions options) {
    return options.tags().entrySet().stream()
        .map(tag -> tag.getKey() + "=" + tag.getValue())
        .collect(Collectors.toList());
  }

  private static Optional<String> listed(List<String> values) {
    return Optional.of(String.join(",", values)).filter(text -> !text.isEmpty());
  }

  private void sessionName(String name) {
    var _ = parameters.add("RoleSessionName", name, "AWS_ROLE_SESSION_NAME", "role_session_name");
  }

  /** The session that replaces a long-lived key of the source, if it gives one. */
  private List<ExpectedPrompt> sent(Optional<Hop.SessionToken> trade) {
    return trade.map(this::sent).orElse(List.of());
  }

  private static String traded(Optional<Hop.SessionToken> trade) {
    return trade.isPresent()
        ? "; a long-lived key in it is traded by GetSessionToken, with what is below."
        : ".";
  }

  private List<ExpectedPrompt> sent(Hop.SessionToken token) {
    var _ = parameters.add("DurationSeconds", seconds(token.duration().toSeconds()), TOKEN_LIFE);
    List<ExpectedPrompt> asks = code(token.mfa());
    var _ = parameters.sts(token.sts());
    return asks;
  }

  private List<ExpectedPrompt> code(Optional<MfaDevice> mfa) {
    var _ =
        parameters.add("SerialNumber", mfa.map(MfaDevice::serial), "AWS_MFA_SERIAL", "mfa_serial");
    return mfa.map(device -> ExpectedPrompt.code(device, driver)).map(List::of).orElse(List.of());
  }

  private static String seconds(long seconds) {
    return Long.toString(seconds);
  }

  private ExplainedStep told(String kind, String call, String title) {
    return told(kind, call, title, List.of());
  }

  private ExplainedStep told(String kind, String call, String title, List<ExpectedPrompt> asks) {
    return new ExplainedStep(kind, call, title, step.profile(), parameters.all(), asks, List.of());
  }
}
