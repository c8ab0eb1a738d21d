package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code --debug} with the packaged program and moto as AWS. */
final class DebugIT {
  private Moto moto;
  private Jvault jvault;

  @BeforeEach
  void start() {
    moto = new Moto();
    jvault =
        new Jvault(
                """
                [profile root]
                region = eu-west-1

                [profile child]
                source_profile = root
                role_arn = arn:aws:iam::222222222222:role/Developer
                """)
            .set("AWS_ENDPOINT_URL_STS", moto.endpoint().toString())
            .withKeyFor("root");
  }

  @AfterEach
  void stop() {
    jvault.close();
    moto.close();
  }

  @Test
  void execShowsTheCallsBeforeItsCommandRuns() {
    CommandResult first =
        jvault.run("--debug", "exec", "--env", "child", "--", "printenv", "AWS_SESSION_TOKEN");

    String token = first.ok().strip();
    assertThat(token).isNotEmpty();
    assertThat(first.err())
        .containsSubsequence(
            "jvault: debug: ",
            "begins exec",
            "no session in memory",
            "AssumeRole: request to 127.0.0.1",
            "AssumeRole: HTTP 200 after ",
            ", request id ",
            "issued until",
            "exec has ended with status 0")
        .doesNotContain(token, Jvault.SECRET, Jvault.PASSPHRASE);

    CommandResult ready = jvault.run("exec", "child", "--debug", "--", "true");
    ready.ok();
    assertThat(ready.err()).contains("session from memory").doesNotContain("request to");

    CommandResult silent = jvault.run("exec", "child", "--", "true");
    silent.ok();
    assertThat(silent.err()).doesNotContain("debug");
  }
}
