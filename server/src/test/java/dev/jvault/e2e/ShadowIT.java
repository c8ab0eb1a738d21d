package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A {@code [default]} with credentials, which every SDK would prefer to the endpoint. With the AWS
 * CLI and real SDKs, {@code exec dev} still gives the credentials of {@code dev}, and a profile
 * named inside gives its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ShadowIT {
  private static final String DEV = "arn:aws:sts::222222222222:assumed-role/Developer/";
  private static final String OTHER = "arn:aws:sts::333333333333:assumed-role/Other/";
  private static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final String KEYS =
      "aws_access_key_id = AKIADEFAULTKEY222222\naws_secret_access_key = secret-of-default\n";

  /**
   * The content of {@code [default]}: in the config file or, after a plus, the credentials file.
   */
  enum Default {
    KEYS_IN_CREDENTIALS("+" + KEYS),
    KEYS_IN_CONFIG(KEYS),
    ROLE("role_arn = arn:aws:iam::444444444444:role/Default\nsource_profile = plain\n"),
    SSO(
        """
        sso_session = corp
        sso_account_id = 444444444444
        sso_role_name = Default
        [sso-session corp]
        sso_start_url = https://example.com/start
        sso_region = us-east-1
        sso_registration_scopes = sso:account:access
        """),
    OLD_SSO(
        """
        sso_start_url = https://example.com/start
        sso_region = us-east-1
        sso_account_id = 444444444444
        sso_role_name = Default
        """),
    PROCESS("credential_process = /bin/false\n"),
    PROCESS_IN_CREDENTIALS("+credential_process = /bin/false\n"),
    WEB_IDENTITY(
        """
        web_identity_token_file = /no/such/token
        role_arn = arn:aws:iam::444444444444:role/Default
        """),
    LOGIN("login_session = arn:aws:iam::444444444444:user/me\n");

    private final String lines;

    Default(String lines) {
      this.lines = lines;
    }

    String config() {
      return lines.startsWith("+") ? "" : lines;
    }

    String credentials() {
      return lines.startsWith("+") ? lines.substring(1) : "";
    }
  }

  /** Clients that call GetCallerIdentity with their default chain and print the result. */
  enum Client {
    CLI {
      @Override
      List<String> command() {
        return List.of("aws", "sts", "get-caller-identity");
      }
    },
    BOTO3 {
      @Override
      List<String> command() {
        return List.of("python3", file("python/boto3_client.py"), "once");
      }
    },
    JAVASCRIPT {
      @Override
      List<String> command() {
        Path folder = MODULE.resolve("target/javascript-shadow");
        build("rm", "-rf", folder.toString());
        build("cp", "-r", file("javascript"), folder.toString());
        build(NodePackages.install(folder));
        return List.of("node", folder.resolve("main.js").toString(), "once");
      }
    },
    JAVA {
      @Override
      List<String> command() {
        return List.of(
            ProcessHandle.current().info().command().orElse("java"),
            "-cp",
            System.getProperty("java.class.path"),
            file("java/Client.java"),
            "once");
      }
    },
    GO {
      @Override
      List<String> command() {
        String built = MODULE.resolve("target/go-shadow").toString();
        build("go", "build", "-C", file("go"), "-o", built, ".");
        return List.of(built, "once");
      }
    };

    /** Installs or builds what the client needs. */
    abstract List<String> command();
  }

  private final Map<Client, List<String>> clients = new EnumMap<>(Client.class);
  private Moto moto;
  private Jvault jvault;

  @BeforeAll
  void start() {
    for (Client client : Client.values()) {
      clients.put(client, client.command());
    }
    moto = new Moto();
    jvault = new Jvault(config(""));
    // Otherwise Java and Go would find the home of the user who tests.
    jvault.set("AWS_ENDPOINT_URL", moto.endpoint().toString()).set("AWS_REGION", "eu-west-1");
    jvault.withKeyFor("root");
  }

  @AfterAll
  void stop() {
    jvault.close();
    moto.close();
  }

  @ParameterizedTest
  @EnumSource(Default.class)
  void execGivesTheRequestedProfile(Default kind) {
    write(kind);
    for (Client client : Client.values()) {
      assertThat(inside(client)).as(client + " " + kind).contains(DEV);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Default.class,
      names = {"KEYS_IN_CREDENTIALS", "KEYS_IN_CONFIG"})
  void aProfileNamedInsideStillUsesDefaultAsItsSource(Default kind) {
    write(kind);
    // The SDK for Go assumes a profile's role at the real STS, even if another endpoint is set.
    for (Client client : EnumSet.complementOf(EnumSet.of(Client.GO))) {
      assertThat(inside(client, "env", "AWS_PROFILE=other")).as(client + "").contains(OTHER);
    }
    assertThat(run("exec", "dev", "--", "aws", "--profile", "other", "sts", "get-caller-identity"))
        .contains(OTHER);
  }

  @Test
  void aNestedJvaultReadsTheOriginalFiles() {
    write(Default.KEYS_IN_CREDENTIALS);
    String program = Jvault.program();
    assertThat(
            run(
                "exec",
                "dev",
                "--",
                program,
                "exec",
                "other",
                "--",
                "aws",
                "sts",
                "get-caller-identity"))
        .contains(OTHER);
    assertThat(run("exec", "dev", "--", program, "exec", "dev", "--", "env"))
        .contains("JVAULT_CONFIG_FILE=" + jvault.config() + "\n", "JVAULT_PROFILE=dev\n");
  }

  private String inside(Client client, String... prefix) {
    var words = new ArrayList<>(List.of("exec", "dev", "--"));
    words.addAll(Arrays.asList(prefix));
    words.addAll(clients.getOrDefault(client, List.of()));
    return run(words.toArray(String[]::new));
  }

  private String run(String... words) {
    return jvault.run(words).ok();
  }

  private void write(Default kind) {
    try {
      Files.writeString(jvault.config(), config(kind.config()));
      Files.writeString(
          jvault.config().resolveSibling("credentials"),
          "[default]\n"
              + kind.credentials()
              + "[plain]\naws_access_key_id = AKIAPLAIN22222222222\n"
              + "aws_secret_access_key = secret-of-plain\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // For two seconds, jvault takes a truncated file for one that is still being written.
    await().until(() -> !run("status").contains("still being written"));
  }

  private static String config(String inDefault) {
    return """
    [profile root]
    [profile dev]
    source_profile = root
    role_arn = arn:aws:iam::222222222222:role/Developer
    [profile other]
    source_profile = default
    role_arn = arn:aws:iam::333333333333:role/Other
    [default]
    region = eu-west-1
    """
        + inDefault;
  }

  private static String file(String name) {
    return MODULE.resolve("src/test/clients").resolve(name).toString();
  }

  private static void build(String... command) {
    try (var jvault = new Jvault("")) {
      // With the real environment, because the home of the user who tests has these tools' caches.
      Process process = jvault.startCommand(System.getenv(), List.of(command));
      String _ = jvault.finish(process, String.join(" ", command)).ok();
    }
  }
}
