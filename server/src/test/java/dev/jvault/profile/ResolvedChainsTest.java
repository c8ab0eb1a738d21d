package dev.jvault.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chain is resolved once while nothing changes that it was resolved from. */
final class ResolvedChainsTest {
  @TempDir private Path folder;
  private ConfigHome home;

  @BeforeEach
  void home() throws Exception {
    home = new ConfigHome(folder);
    secret("first", 1);
  }

  @Test
  void theSameQuestionHasTheSameAnswer() {
    // A file that has just been written may change again within a tick of its times.
    await().untilAsserted(() -> assertThat(home.resolve("a")).isSameAs(home.resolve("a")));
  }

  @Test
  void anotherSecretOfTheSameKeyIsAnotherChain() throws Exception {
    Chain before = home.resolve("a");
    secret("other", 2);
    Chain after = home.resolve("a");
    assertThat(after).isNotEqualTo(before);
    assertThat(((Hop.PlainKey) after.bottom()).secretAccessKey().reveal()).isEqualTo("other");
    secret("first", 3);
    assertThat(home.resolve("a")).isEqualTo(before).isNotSameAs(before);
  }

  @Test
  void anotherVariableIsAnotherQuestion() {
    Chain before = home.resolve("a");
    assertThat(home.with("AWS_REGION", "eu-west-3").resolve("a")).isNotEqualTo(before);
  }

  @Test
  void aKeyThatComesIntoTheVaultIsNoticed() {
    assertThat(home.resolve("a").bottom()).isInstanceOf(Hop.PlainKey.class);
    assertThat(home.keys("a").resolve("a").bottom()).isEqualTo(new Hop.StoredKey("a"));
    assertThat(home.keys().resolve("a").bottom()).isInstanceOf(Hop.PlainKey.class);
  }

  @Test
  void anEditIsReportedOnceAndNotWithEachRequest() throws Exception {
    var news = new AtomicInteger();
    home.profiles.whenEdited(news::incrementAndGet);
    var _ = home.resolve("a");
    secret("other", 2);
    for (int request = 0; request < 5; request++) {
      var _ = home.resolve("a");
    }
    assertThat(news).hasValue(1);
    assertThat(home.profiles.edits()).isPresent();
    secret("third", 3);
    var _ = home.resolve("a");
    assertThat(news).hasValue(2);
  }

  private void secret(String secret, int second) throws Exception {
    home.credentials("[a]\naws_access_key_id = AKIA\naws_secret_access_key = " + secret + "\n");
    Files.setLastModifiedTime(home.credentials, FileTime.from(Instant.ofEpochSecond(second)));
  }
}
