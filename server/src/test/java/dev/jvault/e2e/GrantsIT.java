package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.demo.StandInSts;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Grants of running commands end with the command, can be revoked, and survive a restart. */
final class GrantsIT {
  private static final String ROLE = "arn:aws:iam::222222222222:role/team/Reader";

  /** Prints its endpoint and token, and keeps running. */
  private static final String PROGRAM =
      "echo \"$AWS_CONTAINER_CREDENTIALS_FULL_URI $AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE\""
          + " >where.new && mv where.new where && exec sleep 300";

  private StandInSts sts;
  private Jvault jvault;
  private Process command;

  @BeforeEach
  void start() throws IOException {
    sts = new StandInSts(Jvault.key(), Duration.ofHours(1), InstantSource.system());
    jvault = new Jvault("[profile root]\nregion = eu-west-1\n");
    jvault.set("AWS_ENDPOINT_URL_STS", sts.endpoint().toString()).withKeyFor("root");
    command = new ProcessBuilder("true").start();
  }

  @AfterEach
  void stop() {
    command.destroyForcibly();
    jvault.close();
    sts.close();
  }

  @Test
  @Attack("bound-grants")
  void aBoundGrantEndsWithItsCommand() throws Exception {
    Consumer program = run("exec", "--bind", "root", "--", "sh", "-c", PROGRAM);
    String token = program.token();
    assertThat(program.status(token)).isEqualTo(200);
    assertThat(jvault.run("grants").ok()).contains("bound", "sleep");
    command.descendants().forEach(ProcessHandle::destroyForcibly);
    command.destroyForcibly().waitFor();
    await().untilAsserted(() -> assertThat(program.status(token)).isEqualTo(401));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(jvault.run("grants").ok()).doesNotContain("bound"));
    assertThat(program.tokenFile()).doesNotExist();
  }

  @Test
  @Attack("bound-grants")
  void aRevokedProgramsNextRequestIsRefused() throws Exception {
    Consumer program = run("exec", "root", "--", "sh", "-c", PROGRAM);
    String token = program.token();
    assertThat(program.status(token)).isEqualTo(200);
    String id = program.uri().getPath().replaceFirst(".*/", "");
    assertThat(jvault.run("grants").ok()).contains("\n" + id + "  ");
    jvault.run("revoke", "root-terminal").refused(2, "did you mean " + id + "?");
    assertThat(program.status(token)).isEqualTo(200);
    assertThat(jvault.run("revoke", id).err()).contains("Revoked " + id);
    assertThat(program.status(token)).isEqualTo(401);
    assertThat(jvault.run("exec", "root", "--", "sh", "-c", "echo well").ok()).isEqualTo("well\n");
    assertThat(program.status(token)).isEqualTo(401);
    assertThat(program.status(program.token())).isEqualTo(200);
    jvault.run("revoke", "--all").refused(5, "--force");
    assertThat(jvault.run("revoke", "--all", "--force").exit()).isZero();
    assertThat(jvault.run("grants").ok()).isEqualTo("There are no grants.\n");
  }

  @Test
  void aBoundProgramKeepsItsRolesAcrossARestart() throws Exception {
    Consumer program = run("exec", "--allow-role", ROLE, "root", "--", "sh", "-c", PROGRAM);
    String token = program.token();
    assertThat(program.roleStatus(ROLE, token)).isEqualTo(200);
    assertThat(program.roleStatus(ROLE + "s", token)).isEqualTo(403);
    String port = Integer.toString(program.uri().getPort());
    for (boolean killed : new boolean[] {false, true}) {
      if (killed) {
        jvault.killDaemon();
      } else {
        assertThat(jvault.run("stop").exit()).isZero();
      }
      jvault.run("server", "--profile", "root", "--background", "--port", port).ok();
      assertThat(program.status(token)).isEqualTo(200);
      assertThat(program.roleStatus(ROLE, token)).isEqualTo(200);
      assertThat(program.token()).isEqualTo(token);
    }
  }

  @Test
  void anInvalidRoleStartsNoCommand() {
    command = jvault.start(Map.of(), "exec", "--allow-role", "x", "root", "--", "touch", "made");
    jvault.finish(command, "exec").refused(2, "\"x\" is not a role");
    assertThat(jvault.home().resolve("made")).doesNotExist();
  }

  private Consumer run(String... words) throws IOException {
    Path where = jvault.home().resolve("where");
    command = jvault.start(Map.of(), words);
    await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(where));
    List<String> read = List.of(Files.readString(where).strip().split(" ", 2));
    return new Consumer(URI.create(read.getFirst()), Path.of(read.getLast()));
  }

  /** The endpoint and token that a program inside the command has. */
  private record Consumer(URI uri, Path tokenFile) {
    String token() throws IOException {
      return Files.readString(tokenFile);
    }

    int status(String token) throws IOException, InterruptedException {
      return status(uri, token);
    }

    int roleStatus(String role, String token) throws IOException, InterruptedException {
      return status(uri.resolve("/role-arn/" + role), token);
    }

    private static int status(URI uri, String token) throws IOException, InterruptedException {
      try (var client = HttpClient.newHttpClient()) {
        var request = HttpRequest.newBuilder(uri).header("Authorization", token).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
      }
    }
  }
}
