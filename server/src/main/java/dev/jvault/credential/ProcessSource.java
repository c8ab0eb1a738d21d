package dev.jvault.credential;

import dev.jvault.command.HelperCommand;
import dev.jvault.command.HelperFailedException;
import dev.jvault.profile.Hop;
import dev.jvault.secret.SigningCredentials;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Runs a {@code credential_process} each time it is asked. */
final class ProcessSource implements CredentialSource {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** In bytes; real output is about 2 KiB long. */
  private static final int LONGEST_OUTPUT = 1 << 20;

  private final Hop.CredentialProcess hop;
  private final HelperEnvironment variables;
  private final ExternalCredentialReader keys;
  private final Consumer<String> output;
  private final Set<String> longLived;
  private final Duration limit;

  /**
   * A source.
   *
   * @param output receives the standard error of the command, line by line
   * @param longLived the fingerprints of sources whose command has printed a long-lived key
   */
  ProcessSource(
      Hop.CredentialProcess hop,
      HelperEnvironment variables,
      ExternalCredentialReader keys,
      Consumer<String> output,
      Set<String> longLived) {
    this(hop, variables, keys, output, longLived, LIMIT);
  }

  ProcessSource(
      Hop.CredentialProcess hop,
      HelperEnvironment variables,
      ExternalCredentialReader keys,
      Consumer<String> output,
      Set<String> longLived,
      Duration limit) {
    this.hop = hop;
    this.variables = variables;
    this.keys = keys;
    this.output = output;
    this.longLived = longLived;
    this.limit = limit;
  }

  @Override
  public Outcome obtain(Optional<SigningCredentials> below) {
    try {
      ExternalCredentials found = ProcessDocument.read(command().output(LONGEST_OUTPUT, output));
      boolean _ =
          found.sessionToken().isEmpty()
              ? longLived.add(fingerprint())
              : longLived.remove(fingerprint());
      return keys.session(found, subject());
    } catch (HelperFailedException e) {
      return HelperOutcome.of(
          subject(), e, HelperOutcome.missing(hop.command(), variables, hop.profile()));
    } catch (ProcessDocument.WrongException e) {
      return new Outcome.Denied(
          Outcome.Reason.PROFILE,
          subject() + " " + e.clause() + "; run it by hand and correct it.");
    }
  }

  /** Includes the profile, because the command may print other credentials for each. */
  @Override
  public String fingerprint() {
    return String.join(
        "\0",
        "CredentialProcess",
        hop.profile(),
        hop.command(),
        variables.fingerprint(),
        keys.fingerprint());
  }

  /** A temporary key needs no code, which shows only once the command has printed one. */
  @Override
  public boolean needsPerson() {
    return keys.tradeNeedsPerson() && longLived.contains(fingerprint());
  }

  /** Only if it took an MFA code; otherwise the command can simply run again. */
  @Override
  public boolean durable() {
    return keys.tradeNeedsPerson();
  }

  @Override
  public String label() {
    return "credential_process of " + hop.profile();
  }

  private HelperCommand command() {
    return new HelperCommand(hop.command(), variables.within(hop.profile()), limit);
  }

  private String subject() {
    return "The credential_process `%s` of profile %s"
        .formatted(HelperCommand.printable(hop.command()), hop.profile());
  }
}
