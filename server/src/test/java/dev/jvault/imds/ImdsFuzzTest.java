package dev.jvault.imds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.endpoint.EndpointFixture;
import dev.jvault.testing.Attack;
import dev.jvault.testing.SdkResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random paths, lifetimes and tokens, seeded: they get constant refusals, and no session. */
final class ImdsFuzzTest {
  private static final long SEED = 20_260_102;
  private static final String[] PARTS = {
    "latest",
    "1.0",
    "2021-07-15",
    "meta-data",
    "iam",
    "security-credentials",
    "dev",
    "deploy",
    "dynamic",
    "api",
    "token",
    "..",
    ".",
    "%2e%2e",
    "//",
    ";x",
    "?y",
    "\\",
    "@",
    ":",
    "user-data",
    "credentials",
    "dev-terminal",
    "v1",
    "role-arn",
    "arn:aws:iam::1:role/x",
    "a".repeat(500)
  };

  @Test
  @Attack("imds-tokens")
  void whateverIsAskedForOnlyTheRoleGetsASession(@TempDir Path home) throws IOException {
    var random = new Random(SEED);
    try (EndpointFixture fixture = new EndpointFixture(home)) {
      ImdsClient client = ImdsClient.of(fixture, "dev");
      String token = client.token();
      for (int round = 0; round < 1_000; round++) {
        var path = new StringBuilder();
        for (int part = random.nextInt(7); part >= 0; part--) {
          path.append('/').append(PARTS[random.nextInt(PARTS.length)]);
        }
        SdkResponse response = client.get(path.toString(), token);
        assertThat(response.status()).as("%s", path).isIn(200, 400, 404, 405);
        if (response.body().contains("SecretAccessKey")) {
          assertThat(path.toString())
              .matches("/(latest|1\\.0|2021-07-15)/meta-data/iam/security-credentials/dev(\\?.*)?");
        }
      }
      for (int round = 0; round < 500; round++) {
        byte[] bytes = new byte[random.nextInt(60)];
        random.nextBytes(bytes);
        String made = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        String text = made.replaceAll("[\\x00-\\x20\\x7f-\\xff]", "A");
        assertThat(client.get(ImdsClient.CREDENTIALS + "dev", text).status()).isIn(401, 400);
        int status = client.put("x-aws-ec2-metadata-token-ttl-seconds: " + text).status();
        assertThat(status).as(text).isEqualTo(text.matches("[0-9]{1,5}") ? status : 400);
      }
      assertThat(client.get(ImdsClient.CREDENTIALS + "dev", token).member("Code"))
          .isEqualTo("Success");
    }
  }
}
