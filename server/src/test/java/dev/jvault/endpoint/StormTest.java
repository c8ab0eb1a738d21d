package dev.jvault.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.server.RunningJvault;
import dev.jvault.testing.SdkResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many requests at once, and many in a row. */
final class StormTest {
  @TempDir Path home;
  private RunningJvault jvault;

  @BeforeEach
  void start() throws IOException {
    jvault = RunningJvault.withKeys(home);
  }

  @AfterEach
  void stop() {
    jvault.close();
  }

  @Test
  @DisplayName("19. a hundred parallel first requests get one session: one STS call for each hop")
  void aHundredParallelFirstRequests() throws Exception {
    SdkClient client = SdkClient.of(jvault, "audit");
    RunningJvault.succeeded(jvault.caller().call("clear"));
    int before = jvault.sts().calls("AssumeRole");
    List<SdkResponse> answers = parallel(100, client::get);
    assertThat(answers).allMatch(SdkResponse::credentials);
    assertThat(answers.stream().map(answer -> answer.member("AccessKeyId")).distinct()).hasSize(1);
    assertThat(jvault.sts().calls("AssumeRole") - before).isEqualTo(2);
  }

  @Test
  @DisplayName("20. warm requests are answered from memory: none of them reaches STS")
  void warmRequestsAreAnsweredFromMemory() throws IOException {
    SdkClient client = SdkClient.of(jvault, "audit");
    String first = client.get().member("AccessKeyId");
    jvault.sts().close();
    for (int request = 0; request < 50; request++) {
      assertThat(client.get().member("AccessKeyId")).isEqualTo(first);
    }
  }

  private static List<SdkResponse> parallel(int times, Callable<SdkResponse> request)
      throws Exception {
    var answers = new ArrayList<SdkResponse>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<SdkResponse>> requests = new ArrayList<>();
      for (int number = 0; number < times; number++) {
        requests.add(request);
      }
      for (Future<SdkResponse> answer : threads.invokeAll(requests)) {
        answers.add(answer.get());
      }
    }
    return answers;
  }
}
