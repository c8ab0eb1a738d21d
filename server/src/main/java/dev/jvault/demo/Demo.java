package dev.jvault.demo;

import dev.jvault.files.OwnerFiles;
import dev.jvault.http.PeerCallerLookup;
import dev.jvault.peer.PeerLookup;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Shows what jvault does, without an AWS account: the real commands in a temporary home, with a
 * stand-in for STS whose sessions are so short that a refresh is visible. It leaves nothing behind.
 */
public final class Demo {
  private static final AccessKey KEY =
      new AccessKey("AKIADEMODEMODEMODEMO", Secret.of("made-up-for-the-demonstration"));

  /**
   * The length of a session. It is refreshed at half its life, so an application sees another one
   * after five seconds.
   */
  private static final Duration SESSION = Duration.ofSeconds(10);

  private Demo() {}

  /**
   * Runs the demonstration and prints each step.
   *
   * @param launcher the installed {@code jvault} command
   * @throws JvaultException if a step fails
   */
  public static void run(String launcher) throws IOException, InterruptedException {
    try (var callers = new PeerCallerLookup(PeerLookup.ofThisSystem());
        var sts = new StandInSts(KEY, SESSION, InstantSource.system(), callers);
        var home = DemoHome.make()) {
      OwnerFiles.write(home.config(), config(sts.endpoint().toString()));
      var commands = new Commands(launcher, home, KEY);
      try (commands) {
        play(commands);
        say(
            "All that took %d calls of STS, none of them while the application was waiting."
                .formatted(sts.calls("AssumeRole")));
      }
    }
    say("The throw-away home is gone, and nothing is left behind.");
  }

  private static void play(Commands commands) throws IOException, InterruptedException {
    say("A long-lived key goes into a new, encrypted vault:");
    commands.trained("add", "demo-user", "--env");
    say("The daemon keeps a profile ready: demo-user's key → role deploy → role audit.");
    commands.jvault("server", "--profile", "audit", "--background");
    say("A command gets an endpoint and a token file, never a key:");
    commands.jvault("exec", "audit", "--", "sh", "-c", "env | grep ^AWS_CONTAINER | sort");
    say("An application with the AWS SDK for Java finds credentials by itself, and new ones");
    say("when the first are about to expire (here they live for 10 seconds):");
    commands.application("audit");
    commands.jvault("list");
    commands.jvault("status");
    commands.jvault("stop");
  }

  private static String config(String sts) {
    return """
    [profile demo-user]
    region = eu-west-1
    endpoint_url = %1$s

    [profile deploy]
    source_profile = demo-user
    role_arn = arn:aws:iam::123456789012:role/deploy
    endpoint_url = %1$s

    [profile audit]
    source_profile = deploy
    role_arn = arn:aws:iam::210987654321:role/audit
    region = eu-west-1
    endpoint_url = %1$s
    """
        .formatted(sts);
  }

  static void say(String line) {
    System.out.println(line);
  }

  static JvaultException failed(String what) {
    return new JvaultException(ExitCode.FAULT, "The demonstration failed at '" + what + "'.");
  }
}
