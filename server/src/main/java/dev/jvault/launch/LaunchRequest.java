package dev.jvault.launch;

import dev.jvault.audit.DeliveryMethod;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.Chain;
import java.util.Optional;

/**
 * How a caller wants a command launched.
 *
 * @param environment the caller's variables; options that stand for a variable have replaced it
 * @param method how the command gets its credentials
 * @param regionOption the region that the caller gave as an option
 * @param ownDuration whether the caller gave a duration for the sessions as an option
 * @param tokenInVariable whether the caller's program knows no token file
 */
public record LaunchRequest(
    CallerEnvironment environment,
    DeliveryMethod method,
    Optional<String> regionOption,
    boolean ownDuration,
    boolean tokenInVariable) {

  /** A request without options: the container endpoint, the profile's region and duration. */
  public static LaunchRequest plain(CallerEnvironment environment) {
    return new LaunchRequest(environment, DeliveryMethod.CONTAINER, Optional.empty(), false, false);
  }

  /**
   * The region that the command gets: the option's, else the profile's, else the caller's; empty if
   * none of them names one.
   */
  public Optional<String> region(Chain chain) {
    return regionOption
        .or(chain::region)
        .or(() -> environment.get("AWS_REGION"))
        .or(() -> environment.get("AWS_DEFAULT_REGION"));
  }

  /** Whether the command gets its token as a variable, because it or its profile says so. */
  public boolean tokenInVariable(Chain chain) {
    return tokenInVariable || chain.tokenInVariable();
  }

  /**
   * Whether no option changes the plan, so that later commands can use it too. The launcher takes
   * care of {@link #tokenInVariable} itself.
   */
  boolean isPlain() {
    return method == DeliveryMethod.CONTAINER && regionOption.isEmpty() && !ownDuration;
  }
}
