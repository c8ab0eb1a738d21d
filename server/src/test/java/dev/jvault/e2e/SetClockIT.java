package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.demo.StandInSts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A daemon whose clock is set while it runs. Only it sees that clock (libfaketime). */
final class SetClockIT {
  private static final Duration TOLERANCE = Duration.ofMinutes(2);
  private static final String READ =
      "curl -s -H \"Authorization: $(cat \"$AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE\")\""
          + " \"$AWS_CONTAINER_CREDENTIALS_FULL_URI\"";

  private StandInSts sts;
  private Jvault jvault;
  private Path clock;
  private Process daemon;

  @BeforeEach
  void start() throws IOException {
    sts = new StandInSts(Jvault.key(), Duration.ofHours(1), InstantSource.system());
    jvault = new Jvault("[profile root]\nregion = eu-west-1\n");
    jvault.set("AWS_ENDPOINT_URL_STS", sts.endpoint().toString()).withKeyFor("root");
    jvault.run("stop").ok();
    clock = jvault.home().resolve("clock");
    set("+0");
    daemon =
        jvault.start(
            Map.of(
                "LD_PRELOAD",
                library(),
                "FAKETIME_TIMESTAMP_FILE",
                clock.toString(),
                "FAKETIME_NO_CACHE",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1"),
            "--daemon",
            "--foreground");
    await().until(() -> jvault.run("status").out().contains("has been running"));
    jvault.run("unlock", "root").ok();
  }

  @AfterEach
  void stop() {
    jvault.run("stop").ok();
    daemon.destroyForcibly();
    jvault.close();
    sts.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {-24, -1})
  void aClockThatIsSetBackMakesNoSessionLastLonger(int hours) throws IOException {
    String before = read();
    Instant end = Instant.parse(member(before, "Expiration"));
    assertThat(end).isBefore(Instant.now().plus(Duration.ofHours(1)).plus(TOLERANCE));

    set(hours + "h");
    String after = read();
    assertThat(member(after, "AccessKeyId")).isEqualTo(member(before, "AccessKeyId"));
    assertThat(Instant.parse(member(after, "Expiration")))
        .as("the same moment, on the clock that programs see")
        .isBetween(
            end.plus(Duration.ofHours(hours)).minus(TOLERANCE),
            end.plus(Duration.ofHours(hours)).plus(TOLERANCE));
  }

  @Test
  void aClockThatIsSetForwardEndsTheSessionAndIsNamed() throws IOException {
    assertThat(member(read(), "AccessKeyId")).startsWith("ASIA");
    set("+2h");
    // The first request may be answered before AWS is.
    await()
        .untilAsserted(() ->
            assertThat(member(read(), "Message"))
                .contains("this machine's clock is", "ahead of AWS; set the clock"));
    set("+0");
    jvault.run("unlock", "root").ok();
    assertThat(member(read(), "AccessKeyId")).startsWith("ASIA");
  }

  private void set(String offset) throws IOException {
    Files.writeString(clock, offset + "\n");
  }

  /** What the endpoint answers a program. */
  private String read() {
    return jvault.run("exec", "root", "--", "sh", "-c", READ).ok();
  }

  private static String member(String json, String name) {
    Matcher member = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
    assertThat(member.find()).as("%s in %s", name, json).isTrue();
    return member.group(1);
  }

  private static String library() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("/usr/lib"))) {
      return files
          .filter(file -> file.endsWith("libfaketimeMT.so.1"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("libfaketime is not installed"))
          .toString();
    }
  }
}
