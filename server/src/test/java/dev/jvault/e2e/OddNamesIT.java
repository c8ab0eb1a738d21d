package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.demo.StandInSts;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Profile names that are not valid as shell words, file names or URI paths. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OddNamesIT {
  private StandInSts sts;
  private Jvault jvault;

  @BeforeAll
  void start() throws IOException {
    sts = new StandInSts(Jvault.key(), Duration.ofHours(1), InstantSource.system());
    jvault = new Jvault("[default]\nregion = eu-west-1\n");
    jvault.set("AWS_ENDPOINT_URL_STS", sts.endpoint().toString()).withKeyFor("default");
    // The vault is open from here on, and without a terminal no question about sections appears.
    jvault.unset("JVAULT_PASSPHRASE");
  }

  @AfterAll
  void stop() {
    jvault.close();
    sts.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "two words",
        "a/b",
        "../../../../tmp/x",
        "it's",
        "say \"hi\"",
        ".",
        "..",
        "ünï-ćødé-名",
        "%2e%2f",
        "$(touch pwned)",
        "semi;colon&and=equals+plus",
        "[brackets]"
      })
  void oddNamesAreAddedUsedAndRemoved(String name) {
    add(name).ok();
    assertThat(jvault.run("list", "--credentials").ok().lines()).contains(name);
    for (String way : List.of("cold", "warm")) {
      CommandResult ran = jvault.run("exec", name, "--", "printenv", "JVAULT_PROFILE");
      assertThat(ran.ok()).as(way).isEqualTo(name + "\n");
      assertThat(read(name)).as(way).startsWith("200 {").contains("\"AccessKeyId\":\"ASIA");
      assertThat(jvault.run("credential-process", name).ok()).startsWith("{\"Version\":1,");
    }
    assertThat(evaluated(name)).isEqualTo(name);
    assertThat(jvault.home().resolve("pwned")).doesNotExist();
    jvault.run("remove", "--force", name).ok();
    assertThat(jvault.run("list", "--credentials").ok().lines()).doesNotContain(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"line\nbreak", "tab\tstop", "\u001b[31mred", "nul\u0001", "\u202e"})
  @Attack("terminal")
  void unprintableNamesAreRefused(String name) {
    add(name).refused(2, "unprintable character");
    assertThat(jvault.run("list", "--credentials").ok()).doesNotContain(name);
  }

  private CommandResult add(String name) {
    return jvault.addKey(name, Jvault.KEY_ID, Jvault.SECRET);
  }

  /** Sends the request of an SDK, byte by byte. */
  private String read(String name) {
    String curl =
        "curl -s -w '%{http_code} ' -o body \"$AWS_CONTAINER_CREDENTIALS_FULL_URI\""
            + " -H \"Authorization: $(cat \"$AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE\")\" && cat body";
    return jvault.run("exec", name, "--", "sh", "-c", curl).ok();
  }

  private String evaluated(String name) {
    String lines =
        "eval \"$('" + Jvault.program() + "' env \"$1\")\" && printf %s \"$JVAULT_PROFILE\"";
    Process shell = jvault.startCommand(Map.of(), List.of("sh", "-c", lines, "sh", name));
    return jvault.finish(shell, "eval").ok();
  }
}
