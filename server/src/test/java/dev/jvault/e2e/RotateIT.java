package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rotations with moto's IAM, and with a daemon that is killed at each step. */
final class RotateIT {
  private static final Pattern ID = Pattern.compile("<AccessKeyId>(\\w+)</AccessKeyId>");
  private static final Pattern SECRET = Pattern.compile("<SecretAccessKey>([^<]+)</");
  private static final List<String> ACTIONS =
      List.of("CreateAccessKey", "Trial", "UpdateAccessKey", "DeleteAccessKey");

  private final AtomicReference<String> fatal = new AtomicReference<>("");
  private Moto moto;
  private IamFront front;
  private Jvault jvault;
  private String oldId;

  @BeforeEach
  void aUserWithAStoredKey() throws IOException {
    moto = new Moto();
    front = new IamFront(moto.endpoint(), this::killDaemon);
    front.ask("Action=CreateUser&UserName=me");
    String made = front.ask("Action=CreateAccessKey&UserName=me");
    oldId = first(ID, made);
    jvault =
        new Jvault(
            """
            [profile dev]
            region = eu-west-1
            endpoint_url = %s
            """
                .formatted(front.endpoint()));
    jvault.addKey("dev", oldId, first(SECRET, made)).ok();
  }

  @AfterEach
  void close() {
    jvault.close();
    front.close();
    moto.close();
  }

  @Test
  void theOldKeyIsGoneAndTheNewOneWorks() {
    assertThat(jvault.run("rotate", "--dry-run", "dev").err())
        .contains("Would replace the key " + oldId);
    assertThat(ids()).containsExactly(oldId);

    CommandResult rotated = jvault.run("rotate", "dev");

    rotated.ok();
    assertThat(rotated.err()).contains("Replaced the key " + oldId + " of dev by ");
    assertThat(ids()).hasSize(1).doesNotContain(oldId);
    assertThat(jvault.run("list").ok()).contains(ids().getFirst()).doesNotContain(oldId);
    jvault.run("exec", "dev", "--", "true").ok();
  }

  @Test
  void aSecondRotationGoesOnAfterTheDaemonWasKilledAtAnyStep() {
    for (String action : ACTIONS) {
      for (String moment : List.of("before ", "after ")) {
        String before = ids().getFirst();
        fatal.set(moment + action);

        CommandResult rotated = jvault.run("rotate", "dev");
        assertThat(fatal.get()).as("the daemon was killed").isEmpty();
        // It matters only that one more command is enough.
        CommandResult done = rotated.exit() == 0 ? rotated : jvault.run("rotate", "dev");

        assertThat(done.exit()).as(moment + action + ": " + done).isZero();
        assertThat(ids()).as(moment + action).hasSize(1).doesNotContain(before);
        assertThat(jvault.run("list").ok()).contains(ids().getFirst());
      }
    }
  }

  /** Kills the daemon at the moment that is fatal. */
  private boolean killDaemon(String moment) {
    if (!fatal.get().equals(moment)) {
      return false;
    }
    fatal.set("");
    jvault.killDaemon();
    return true;
  }

  private List<String> ids() {
    return ID.matcher(front.ask("Action=ListAccessKeys&UserName=me"))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private static String first(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return found.group(1);
  }
}
