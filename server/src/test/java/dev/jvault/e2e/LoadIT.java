package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.demo.StandInSts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many programs at once cause one STS call for each hop, and start one daemon. */
final class LoadIT {
  private static final int REQUESTS = 200;
  private static final int COMMANDS = 50;

  private StandInSts sts;
  private StsFront front;
  private Jvault jvault;

  @BeforeEach
  void start() throws IOException {
    sts = new StandInSts(Jvault.key(), Duration.ofHours(1), InstantSource.system());
    front = new StsFront(sts.endpoint(), Duration.ofMillis(100));
    jvault =
        new Jvault(
            """
            [profile root]
            region = eu-west-1

            [profile child]
            source_profile = root
            role_arn = arn:aws:iam::222222222222:role/Developer

            [profile grandchild]
            source_profile = child
            role_arn = arn:aws:iam::333333333333:role/Deployer
            """);
    jvault.set("AWS_ENDPOINT_URL_STS", front.endpoint().toString()).withKeyFor("root");
  }

  @AfterEach
  void stop() {
    jvault.close();
    front.close();
    sts.close();
  }

  @Test
  void twoHundredFirstRequestsMakeOneCallForEachHop() throws IOException {
    String[] lines = jvault.run("exec", "grandchild", "--", "env").ok().split("\n", -1);
    String uri = value(lines, "AWS_CONTAINER_CREDENTIALS_FULL_URI");
    String token =
        Files.readString(Path.of(value(lines, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")));
    jvault.run("clear").ok();
    front.actions().clear();

    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri)).header("Authorization", token).build();
    try (var http = HttpClient.newHttpClient()) {
      List<CompletableFuture<String>> answers =
          IntStream.range(0, REQUESTS).mapToObj(_ -> credentials(http, request)).toList();
      List<String> bodies = answers.stream().map(CompletableFuture::join).distinct().toList();
      assertThat(bodies).hasSize(1).allMatch(body -> body.contains("\"AccessKeyId\":\"ASIA"));
    }
    assertThat(front.actions()).containsExactly("AssumeRole", "AssumeRole");
  }

  @Test
  void fiftyCommandsWithoutADaemonStartOneAndAllSucceed() {
    jvault.run("stop").ok();
    front.actions().clear();
    List<Process> commands = new ArrayList<>();
    for (int i = 0; i < COMMANDS; i++) {
      commands.add(
          jvault.start(
              Map.of(),
              "exec",
              "grandchild",
              "--",
              "sh",
              "-c",
              "echo $AWS_CONTAINER_CREDENTIALS_FULL_URI"));
    }
    List<CommandResult> ended =
        commands.stream().map(command -> jvault.finish(command, "exec grandchild")).toList();

    assertThat(ended).allMatch(ran -> ran.exit() == 0);
    assertThat(ended.stream().map(CommandResult::out).distinct()).hasSize(1);
    assertThat(front.actions()).containsExactly("AssumeRole", "AssumeRole");
    assertThat(daemons()).hasSize(1);
  }

  /** Retries after a 503, as SDKs do. */
  private static CompletableFuture<String> credentials(HttpClient http, HttpRequest request) {
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenCompose(answer ->
            answer.statusCode() == 503
                ? credentials(http, request)
                : CompletableFuture.completedFuture(answer.body()));
  }

  /** Found by their command lines: JVMs of this program with this JVAULT_HOME. */
  private List<Long> daemons() {
    return ProcessHandle.allProcesses()
        .filter(process -> Files.isReadable(Path.of("/proc", process.pid() + "", "environ")))
        .filter(process -> text(process, "cmdline").contains("dev.jvault.server.Main"))
        .filter(process -> text(process, "environ").contains("JVAULT_HOME=" + jvault.folder()))
        .map(ProcessHandle::pid)
        .toList();
  }

  private static String text(ProcessHandle process, String file) {
    try {
      return new String(
          Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), file)),
          java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException _) {
      return "";
    }
  }

  private static String value(String[] lines, String name) {
    for (String line : lines) {
      if (line.startsWith(name + "=")) {
        return line.substring(name.length() + 1);
      }
    }
    throw new AssertionError(name + " is not set");
  }
}
