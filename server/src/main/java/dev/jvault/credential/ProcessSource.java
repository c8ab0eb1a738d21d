package dev.jvault.credential;

import dev.jvault.command.HelperCommand;
import dev.jvault.command.HelperFailedException;
import dev.jvault.profile.Hop;
import dev.jvault.secret.SigningCredentials;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What a {@code credential_process} prints, asked for anew each time. */
final class ProcessSource implements CredentialSource {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Real answers have about 2 KiB. */
  private static final int MOST = 1 << 20;

  private final Hop.CredentialProcess hop;
  private final HelperEnvironment variables;
  private final ExternalCredentialReader keys;
  private final Consumer<String> said;
  private final Set<String> longLived;
  private final Duration limit;

  /**
   * The source.
   *
   * @param said is given what the command says on its standard error, line by line
   * @param longLived the fingerprints of those that were found to print long-lived keys
   */
  ProcessSource(
      Hop.CredentialProcess hop,
      HelperEnvironment variables,
      ExternalCredentialReader keys,
      Consumer<String> said,
      Set<String> longLived) {
    this(hop, variables, keys, said, longLived, LIMIT);
  }

  ProcessSource(
      Hop.CredentialProcess hop,
      HelperEnvironment variables,
      ExternalCredentialReader keys,
      Consumer<String> said,
      Set<String> longLived,
      Duration limit) {
    this.hop = hop;
    this.variables = variables;
    this.keys = keys;
    this.said = said;
    this.longLived = longLived;
    this.limit = limit;
  }

  @Override
  public Outcome obtain(Optional<SigningCredentials> below) {
    try {
      ExternalCredentials found = ProcessDocument.read(command().output(MOST, said));
      boolean _ =
          found.sessionToken().isEmpty()
              ? longLived.add(fingerprint())
              : longLived.remove(fingerprint());
      return keys.session(found, subject());
    } catch (HelperFailedException e) {
      return new Outcome.Unavailable(subject() + " " + e.clause() + ".");
    } catch (ProcessDocument.WrongException e) {
      return new Outcome.Denied(
          Outcome.Reason.PROFILE,
          subject() + " " + e.clause() + "; run it by hand and correct it.");
    }
  }

  /** By profile too: two profiles with one command may still be told apart by the command. */
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

  /** Nobody is asked for what needs no trade, which only shows when it is there. */
  @Override
  public boolean needsPerson() {
    return keys.tradeNeedsPerson() && longLived.contains(fingerprint());
  }

  /** Only what took a code is worth more than a run of the command. */
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
