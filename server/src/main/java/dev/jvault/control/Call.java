package dev.jvault.control;

import dev.jvault.audit.DeliveryMethod;
import dev.jvault.launch.LaunchRequest;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.RegionName;
import dev.jvault.prompt.Drivers;
import dev.jvault.prompt.Person;
import dev.jvault.protocol.CallerVariables;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.ProcessState;
import dev.jvault.protocol.Routes;
import dev.jvault.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.CompletableFuture;

/** One call of a verb: its options, its caller's variables, and the user who waits for it. */
final class Call {
  /** No client lives longer than its conversation, whose questions end sooner. */
  private static final Duration LONGEST_CALL = Duration.ofHours(1);

  private static final List<DeliveryMethod> METHODS_WITH_OPTION =
      List.of(DeliveryMethod.ECS, DeliveryMethod.EKS, DeliveryMethod.IMDS);

  private final Map<String, String> form;
  private final CallerEnvironment environment;
  private final Person person;

  Call(Map<String, String> form, Person person) {
    this.form = form;
    this.person = person;
    Map<String, String> variables = new HashMap<>();
    form.forEach((name, value) -> {
      if (name.startsWith(Routes.VARIABLE_PREFIX)) {
        variables.put(name.substring(Routes.VARIABLE_PREFIX.length()), value);
      }
    });
    this.environment = CallerEnvironment.of(variables);
  }

  /** The profile that the verb is about. */
  String profile() {
    return value("profile")
        .orElseThrow(
            () -> new JvaultException(ExitCode.USAGE, "This verb needs the name of a profile."));
  }

  /** All profiles that the call names. */
  List<String> profiles() {
    return values("profile");
  }

  /** An option's value; empty if it was not given. */
  Optional<String> value(String option) {
    return Optional.ofNullable(form.get(option)).filter(value -> !value.isEmpty());
  }

  /** All values of an option that may be repeated. */
  List<String> values(String option) {
    return value(option).map(values -> List.of(values.split("\n", -1))).orElse(List.of());
  }

  /** The value of an option that is a secret. */
  Optional<Secret> secret(String option) {
    return value(option).map(Secret::of);
  }

  /** Whether an option without a value was given. */
  boolean flag(String option) {
    return "true".equals(form.get(option));
  }

  /** The user; {@code --mfa-token} answers the first question for an MFA code. */
  Person person() {
    return value("mfa-token")
        .<Person>map(code -> new GivenMfaCode(Secret.of(code), person))
        .orElse(person);
  }

  /** The caller's variables; options that stand for a variable replace it. */
  CallerEnvironment environment() {
    Optional<String> duration = value("duration");
    Optional<String> prompt = value("prompt");
    Map<String, String> changed = new HashMap<>();
    if (flag(CallerVariables.FEDERATION)) {
      changed.put(CallerVariables.FEDERATION, "true");
    }
    duration.ifPresent(time -> changed.put(CallerVariables.DURATION_OPTION, time));
    prompt
        .flatMap(name -> Drivers.named(name, "give --prompt one of"))
        .ifPresent(driver -> changed.put(Drivers.VARIABLE, driver.name()));
    return changed.isEmpty() ? environment : environment.with(changed);
  }

  /**
   * How the caller wants a command launched: with the endpoint, unless {@code --ecs}, {@code --eks}
   * or {@code --imds} says otherwise.
   *
   * @throws JvaultException with {@link ExitCode#USAGE} if two of them were given, or if {@code
   *     --region} is no region
   */
  LaunchRequest launchRequest() {
    List<DeliveryMethod> wanted =
        METHODS_WITH_OPTION.stream().filter(method -> flag(method.text())).toList();
    if (wanted.size() > 1) {
      throw new JvaultException(
          ExitCode.USAGE,
          "--%s and --%s contradict each other; give one of them."
              .formatted(wanted.getFirst().text(), wanted.getLast().text()));
    }
    return launchRequest(wanted.isEmpty() ? DeliveryMethod.CONTAINER : wanted.getFirst());
  }

  /** How the caller wants a command launched, by a method that the verb chooses. */
  LaunchRequest launchRequest(DeliveryMethod method) {
    Optional<String> region = value("region");
    if (region.filter(text -> !RegionName.valid(text)).isPresent()) {
      throw new JvaultException(
          ExitCode.USAGE, "--region takes a region such as eu-west-1; correct it.");
    }
    return new LaunchRequest(
        environment(), method, region, value("duration").isPresent(), flag("token-env"));
  }

  /** The width of the caller's terminal; {@link TextTable#UNLIMITED} if the output is none. */
  int columns() {
    return value(Routes.CALLER_COLUMNS)
        .filter(text -> text.matches("[1-9][0-9]{1,4}"))
        .map(Integer::valueOf)
        .orElse(TextTable.UNLIMITED);
  }

  /** How the caller reads times; in UTC if its time zone is unknown. */
  LocalTimes times(Instant now) {
    ZoneId zone =
        value(Routes.CALLER_ZONE)
            .map(id -> TimeZone.getTimeZone(id).toZoneId())
            .orElse(ZoneOffset.UTC);
    return new LocalTimes(now, zone);
  }

  /**
   * The same call for a session that the console takes: one of GetFederationToken, which may do all
   * that the user may, if the profile is a plain key.
   */
  Call federated() {
    Map<String, String> changed = new HashMap<>(form);
    changed.put(CallerVariables.FEDERATION, "true");
    return new Call(changed, person);
  }

  /** The process that becomes the command. */
  Optional<Long> pid() {
    return value(Routes.CALLER_PID).filter(text -> text.matches("[0-9]{1,10}")).map(Long::valueOf);
  }

  /** Whether the client's process is alive; true if the process is unknown. */
  boolean callerAlive() {
    return pid().map(ProcessState::alive).orElse(true);
  }

  /** Completes when the client's process has ended; never, if the process is not known. */
  CompletableFuture<?> callerEnd() {
    return pid()
        .filter(pid -> pid != ProcessHandle.current().pid())
        .<CompletableFuture<?>>map(pid -> ProcessState.end(pid, LONGEST_CALL))
        .orElseGet(CompletableFuture::new);
  }
}
