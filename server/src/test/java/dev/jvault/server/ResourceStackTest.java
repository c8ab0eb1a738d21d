package dev.jvault.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.Attack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ResourceStackTest {
  private final List<String> closed = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void endWhatHangs() {
    release.countDown();
  }

  @Test
  void closesInReverseOrder() {
    var resources = new ResourceStack(Duration.ofSeconds(60));
    resources.add(() -> closed.add("first"));
    resources.add(() -> closed.add("second"));
    assertThat(resources.close()).isTrue();
    assertThat(closed).containsExactly("second", "first");
    assertThat(resources.close()).isFalse();
  }

  @Test
  void closesTheOthersIfOneFails() {
    var resources = new ResourceStack(Duration.ofSeconds(60));
    resources.add(() -> closed.add("first"));
    resources.add(() -> {
      throw new IllegalStateException("on purpose");
    });
    resources.close();
    assertThat(closed).containsExactly("first");
  }

  @Test
  @Attack("ends-in-time")
  void closesTheOthersIfOneHangs() {
    var resources = new ResourceStack(Duration.ofSeconds(2));
    resources.add(() -> closed.add("first"));
    resources.add(release::await);
    resources.add(() -> closed.add("third"));
    resources.close();
    assertThat(closed).containsExactly("third", "first");
  }

  @Test
  void returnsEvenIfEachResourceHangs() {
    var resources = new ResourceStack(Duration.ofMillis(100));
    IntStream.range(0, 50).forEach(_ -> resources.add(release::await));
    assertThat(resources.close()).isTrue();
  }
}
