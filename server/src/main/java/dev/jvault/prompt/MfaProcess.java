package dev.jvault.prompt;

import dev.jvault.command.HelperCommand;
import dev.jvault.command.HelperFailedException;
import dev.jvault.secret.Secret;
import java.time.Duration;
import java.util.Map;

/**
 * The command of {@code mfa_process}. The first line of its output is the code, as in aws-vault.
 */
public final class MfaProcess {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final String command;
  private final HelperCommand helper;

  /** The command with the caller's helper variables. */
  public MfaProcess(String command, Map<String, String> environment) {
    this.command = command;
    this.helper = new HelperCommand(command, environment, LIMIT);
  }

  /**
   * Runs it, for a minute at most.
   *
   * @throws HelperFailedException if it gives no code
   */
  public Secret code() throws HelperFailedException {
    return Secret.of(helper.output().lines().findFirst().orElse("").strip());
  }

  /** The sentence about a failure. */
  public String sentence(HelperFailedException e) {
    return subject() + " " + e.clause() + ".";
  }

  /** The command as the beginning of a sentence. */
  public String subject() {
    return "The mfa_process `%s`".formatted(HelperCommand.printable(command));
  }
}
