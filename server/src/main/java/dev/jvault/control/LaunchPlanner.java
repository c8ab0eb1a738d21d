package dev.jvault.control;

import dev.jvault.grant.Grant;
import dev.jvault.grant.Grants;
import dev.jvault.imds.ImdsListener;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.Chain;
import dev.jvault.profile.ConfigFiles;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.secret.SigningCredentials;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes the plans for the ways that a command can get its credentials. */
final class LaunchPlanner {
  private static final String FULL_URI = "AWS_CONTAINER_CREDENTIALS_FULL_URI";

  private final Daemon daemon;

  LaunchPlanner(Daemon daemon) {
    this.daemon = daemon;
  }

  /** The command asks the endpoint, whenever it needs to, with the token that is in a file. */
  LaunchPlan endpoint(Chain chain, Grant grant, Call call) {
    LaunchPlan plan = begin(chain, call);
    Path tokenFile = daemon.grants().tokenFile(grant.id());
    return Delivery.of(call) == Delivery.IMDS
        ? imds(plan, chain, call)
        : container(plan, grant, call)
            .set("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", tokenFile.toString());
  }

  /** The same with the token as a variable, for SDKs that do not know the file. */
  LaunchPlan endpoint(Chain chain, Grants.Issued issued, Call call) {
    return container(begin(chain, call), issued.grant(), call)
        .set("AWS_CONTAINER_AUTHORIZATION_TOKEN", issued.token().reveal());
  }

  private LaunchPlan container(LaunchPlan plan, Grant grant, Call call) {
    switch (Delivery.of(call)) {
      case CONTAINER ->
          plan.set(FULL_URI, "http://127.0.0.1:" + daemon.port() + grant.credentialsPath());
      case ECS -> plan.set("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", grant.credentialsPath());
      case EKS -> plan.set(FULL_URI, "http://169.254.170.23/v1/credentials");
      case IMDS -> throw new IllegalArgumentException("instance metadata takes no grant's token");
    }
    // Else a program on an EC2 workstation falls through to the instance's role.
    plan.set("AWS_EC2_METADATA_DISABLED", "true");
    return plan.append("NO_PROXY", ShadowingVariables.NO_PROXY)
        .append("no_proxy", ShadowingVariables.NO_PROXY);
  }

  /** For programs that know instance metadata only. */
  private LaunchPlan imds(LaunchPlan plan, Chain chain, Call call) {
    ImdsListener listener =
        daemon
            .imds()
            .open(chain.profile(), call.environment(), OptionalInt.empty(), Optional.empty());
    // What an exec around this one, or the caller, may have set.
    plan.unset(List.of("AWS_EC2_METADATA_DISABLED", "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"));
    plan.set("AWS_EC2_METADATA_SERVICE_ENDPOINT", listener.endpoint());
    return plan.append("NO_PROXY", ShadowingVariables.NO_PROXY)
        .append("no_proxy", ShadowingVariables.NO_PROXY);
  }

  /** The command gets fixed values in its environment. */
  LaunchPlan fixed(Chain chain, SigningCredentials credentials, Call call) {
    LaunchPlan plan = begin(chain, call);
    plan.set("AWS_ACCESS_KEY_ID", credentials.accessKeyId());
    plan.set("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey().reveal());
    Optional<Secret> token = credentials.sessionToken();
    token.ifPresent(value -> plan.set("AWS_SESSION_TOKEN", value.reveal()));
    if (credentials instanceof SessionCredentials session) {
      plan.set(
          "AWS_CREDENTIAL_EXPIRATION",
          session.expiration().truncatedTo(ChronoUnit.SECONDS).toString());
    }
    return plan;
  }

  private LaunchPlan begin(Chain chain, Call call) {
    var plan = new LaunchPlan().unset(ShadowingVariables.VARIABLES);
    configFiles(plan, call.environment());
    ProfileSessions.region(chain, call)
        .ifPresent(region -> plan.set("AWS_REGION", region).set("AWS_DEFAULT_REGION", region));
    return plan.set("AWS_VAULT", chain.profile()).set("JVAULT_PROFILE", chain.profile());
  }

  /**
   * A {@code [default]} with credential keys wins over the endpoint in every SDK: the command then
   * reads copies without those keys, and a nested jvault the originals.
   */
  private void configFiles(LaunchPlan plan, CallerEnvironment environment) {
    Optional<ConfigCopies.Pair> copies = daemon.configCopies().of(environment);
    ConfigFiles originals = daemon.profiles().files(environment);
    if (copies.isPresent()) {
      plan.set("AWS_CONFIG_FILE", copies.get().config().toString());
      plan.set("AWS_SHARED_CREDENTIALS_FILE", copies.get().credentials().toString());
      plan.set("JVAULT_CONFIG_FILE", originals.config().toString());
      plan.set("JVAULT_SHARED_CREDENTIALS_FILE", originals.credentials().toString());
    } else if (environment.get("JVAULT_CONFIG_FILE").isPresent()) {
      plan.set("AWS_CONFIG_FILE", originals.config().toString());
      plan.set("AWS_SHARED_CREDENTIALS_FILE", originals.credentials().toString());
      plan.unset(List.of("JVAULT_CONFIG_FILE", "JVAULT_SHARED_CREDENTIALS_FILE"));
    }
  }
}
