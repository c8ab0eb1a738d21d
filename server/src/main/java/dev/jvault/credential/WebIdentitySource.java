package dev.jvault.credential;

import dev.jvault.command.HelperCommand;
import dev.jvault.command.HelperFailedException;
import dev.jvault.files.FileUnusableException;
import dev.jvault.files.ForeignFiles;
import dev.jvault.profile.Hop;
import dev.jvault.profile.Hop.TokenFrom.TokenFile;
import dev.jvault.profile.Hop.TokenFrom.TokenProcess;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SigningCredentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** AssumeRoleWithWebIdentity. Reads the token each time, because its issuer replaces it. */
final class WebIdentitySource implements CredentialSource {
  /** STS accepts 20,000 characters at most. */
  private static final int LONGEST = 20_000;

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Hop.WebIdentity hop;
  private final Sts sts;
  private final HelperEnvironment variables;
  private final ForeignFiles files;

  WebIdentitySource(Hop.WebIdentity hop, Sts sts, HelperEnvironment variables, ForeignFiles files) {
    this.files = files;
    this.hop = hop;
    this.sts = sts;
    this.variables = variables;
  }

  @Override
  public Outcome obtain(Optional<SigningCredentials> below) {
    String token;
    String source;
    switch (hop.token()) {
      case TokenFile(Path path) -> {
        source = "The web_identity_token_file " + path;
        try {
          token = new String(files.read(path, LONGEST + 2), StandardCharsets.UTF_8);
        } catch (FileUnusableException e) {
          return unusable(source, e.fault());
        } catch (IOException _) {
          return denied(source + " cannot be read; correct the path or make it readable.");
        }
      }
      case TokenProcess(String command) -> {
        source = "The web_identity_token_process `" + HelperCommand.printable(command) + "`";
        try {
          token = new HelperCommand(command, variables.within(hop.profile()), LIMIT).output();
        } catch (HelperFailedException e) {
          return HelperOutcome.of(
              source, e, HelperOutcome.missing(command, variables, hop.profile()));
        }
      }
    }
    String stripped = token.strip();
    return stripped.isEmpty() || stripped.length() > LONGEST || stripped.contains("\n")
        ? noToken(source)
        : sts.assumeRoleWithWebIdentity(Secret.of(stripped), hop);
  }

  @Override
  public String fingerprint() {
    return String.join(
        "\0",
        "AssumeRoleWithWebIdentity",
        hop.roleArn(),
        hop.token().toString(),
        hop.sessionName(),
        hop.duration().toString(),
        hop.sts().fingerprint());
  }

  @Override
  public String service() {
    return "sts\0" + hop.sts().fingerprint();
  }

  @Override
  public String label() {
    return hop.roleArn();
  }

  /** A drive may answer later; all else is wrong until the user corrects it. */
  private static Outcome unusable(String source, FileUnusableException.Fault fault) {
    return switch (fault) {
      case NO_ANSWER -> new Outcome.Unavailable(source + " " + fault.clause() + ".");
      case TOO_LARGE -> noToken(source);
      case DIRECTORY, NOT_REGULAR ->
          denied(source + " " + fault.clause() + "; name the file that holds the token.");
    };
  }

  private static Outcome noToken(String source) {
    return denied(source + " gives no token (one line of at most 20,000 characters); correct it.");
  }

  private static Outcome denied(String sentence) {
    return new Outcome.Denied(Outcome.Reason.PROFILE, sentence);
  }
}
