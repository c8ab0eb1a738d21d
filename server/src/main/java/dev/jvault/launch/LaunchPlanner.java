package dev.jvault.launch;

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
import java.util.function.IntSupplier;

/**
 * Plans a command's environment for each {@link dev.jvault.audit.DeliveryMethod} that a command can
 * use. It starts nothing and issues nothing. Safe for many threads.
 */
public final class LaunchPlanner {
  private static final String FULL_URI = "AWS_CONTAINER_CREDENTIALS_FULL_URI";

  private final IntSupplier port;
  private final Grants grants;
  private final ConfigCopies configCopies;

  /**
   * A planner for the endpoint of this daemon.
   *
   * @param port the endpoint's TCP port at the moment
   */
  public LaunchPlanner(IntSupplier port, Grants grants, ConfigCopies configCopies) {
    this.port = port;
    this.grants = grants;
    this.configCopies = configCopies;
  }

  /**
   * The command reads the grant's token from a file and asks the endpoint with it. If the request
   * or the profile says that it knows no such file, it gets the token as a variable when it starts.
   */
  public LaunchPlan endpoint(Chain chain, Grant grant, LaunchRequest request) {
    LaunchPlan plan = container(begin(chain, request), grant, request);
    String file = grants.tokenFile(grant.id()).toString();
    return request.tokenInVariable(chain)
        ? plan.tokenFrom(file)
        : plan.set("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", file);
  }

  /** The same with the token as a variable, for SDKs that do not know the file. */
  public LaunchPlan endpoint(Chain chain, Grants.Issued issued, LaunchRequest request) {
    return container(begin(chain, request), issued.grant(), request)
        .set("AWS_CONTAINER_AUTHORIZATION_TOKEN", issued.token().reveal());
  }

  private LaunchPlan container(LaunchPlan plan, Grant grant, LaunchRequest request) {
    switch (request.method()) {
      case CONTAINER ->
          plan.set(FULL_URI, "http://127.0.0.1:" + port.getAsInt() + grant.credentialsPath());
      case ECS -> plan.set("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", grant.credentialsPath());
      case EKS -> plan.set(FULL_URI, "http://169.254.170.23/v1/credentials");
      case IMDS, ROLE_ARN, CREDENTIAL_PROCESS, EXPORT, EXEC_ENV, NO_SESSION, CONSOLE, NO_TOKEN ->
          throw new IllegalArgumentException(
              "a command cannot present a grant by " + request.method());
    }
    // Otherwise a program on an EC2 workstation falls through to the instance's role.
    plan.set("AWS_EC2_METADATA_DISABLED", "true");
    return withoutProxy(plan, request);
  }

  /** The command knows instance metadata only, and asks a listener of its profile. */
  LaunchPlan imds(Chain chain, ImdsListener listener, LaunchRequest request) {
    LaunchPlan plan = begin(chain, request);
    // The caller, or an outer exec, may have set them.
    plan.unset(List.of("AWS_EC2_METADATA_DISABLED", "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"));
    plan.set("AWS_EC2_METADATA_SERVICE_ENDPOINT", listener.endpoint());
    return withoutProxy(plan, request);
  }

  /** The command gets credentials as variables, which nothing refreshes. */
  public LaunchPlan fixed(Chain chain, SigningCredentials credentials, LaunchRequest request) {
    LaunchPlan plan = begin(chain, request);
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

  private LaunchPlan begin(Chain chain, LaunchRequest request) {
    var plan = new LaunchPlan().unset(ShadowingVariables.VARIABLES);
    configFiles(plan, request.environment(), chain.profile());
    request
        .region(chain)
        .ifPresent(region -> plan.set("AWS_REGION", region).set("AWS_DEFAULT_REGION", region));
    // A file with nothing in it, in place of boto's own files.
    plan.set("BOTO_CONFIG", "/dev/null");
    return plan.set("AWS_VAULT", chain.profile()).set("JVAULT_PROFILE", chain.profile());
  }

  private static LaunchPlan withoutProxy(LaunchPlan plan, LaunchRequest request) {
    ProxyExclusions.of(request.environment())
        .ifPresent(hosts -> plan.set("NO_PROXY", hosts).set("no_proxy", hosts));
    return plan;
  }

  /**
   * A command that cannot use the files as they are reads {@link ConfigCopies copies}, and a nested
   * jvault reads the originals.
   */
  private void configFiles(LaunchPlan plan, CallerEnvironment environment, String profile) {
    ConfigCopies.Pair copies = configCopies.of(environment, profile);
    ConfigFiles originals = ConfigFiles.of(environment);
    configFile(plan, environment, "CONFIG_FILE", originals.config(), copies.config());
    configFile(
        plan,
        environment,
        "SHARED_CREDENTIALS_FILE",
        originals.credentials(),
        copies.credentials());
  }

  private static void configFile(
      LaunchPlan plan,
      CallerEnvironment environment,
      String variable,
      Path original,
      Optional<Path> copy) {
    if (copy.isPresent()) {
      plan.set("AWS_" + variable, copy.get().toString());
      plan.set("JVAULT_" + variable, original.toString());
    } else if (environment.get("JVAULT_" + variable).isPresent()) {
      plan.set("AWS_" + variable, original.toString());
      plan.unset(List.of("JVAULT_" + variable));
    }
  }

  /** Sentences for the user about what commands wrote into copies; each is returned once. */
  public List<String> notices() {
    return configCopies.notices();
  }
}
