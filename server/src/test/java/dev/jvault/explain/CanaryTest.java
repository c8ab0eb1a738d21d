package dev.jvault.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.aws.SdkSectionParser;
import dev.jvault.explain.Explainer.VaultState;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.ConfigReader;
import dev.jvault.profile.Profiles;
import dev.jvault.protocol.JvaultException;
import dev.jvault.testing.Attack;
import dev.jvault.testing.FakeSts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No explanation of a profile contains a plaintext secret of either file. */
final class CanaryTest {
  private static final long SEED = 20_261_125;
  private static final int FILES = 1000;
  private static final List<VaultState> VAULTS = List.of(VaultState.values());
  private static final String CANARY = "canary";

  /** Good lines, and what becomes of them by a slip of the hand. */
  private static final List<String> LINES =
      List.of(
          "aws_access_key_id = AKIAEXAMPLE",
          "aws_secret_access_key = canary/secret+1",
          "AWS_Secret_Access_Key=canary2",
          "aws_session_token = canary3",
          "aws_security_token = canary4",
          "aws_secret_access_key canary5",
          "aws_secret_acess_key = canary6",
          "aws_secret_access_key =\n  canary7",
          "aws_secret_access_key =\n  nested = canary8",
          "aws_session_token =",
          "aws_sesion_token: canary9",
          "region = eu-west-1",
          "region =\n  aws_secret_access_key = canary10",
          "s3 =\n  aws_secret_access_key = canary11",
          "role_arn = arn:aws:iam::222222222222:role/r",
          "source_profile = b",
          "source_profile = a",
          "include_profile = b",
          "mfa_serial = arn:aws:iam::111111111111:mfa/me",
          "mfa_serial = GAHT12345678\n  aws_session_token = canary12",
          "endpoint_url = https://user:canary13@sts.example.com",
          "sso_start_url = https://user:canary14@x.awsapps.com",
          "sso_account_id = 333333333333",
          "credential_source = Environment",
          "credential_process = op",
          "colour = canary15",
          "services = s",
          "# aws_secret_access_key = canary16",
          "external_id = agreed");

  @TempDir private Path folder;

  @Test
  @Attack("nothing-lying-around")
  void noOutputHasASecret() throws IOException {
    var random = new Random(SEED);
    var reader = new ConfigReader(new SdkSectionParser());
    var profiles = new Profiles(reader, key -> key.equals("b"));
    var explainer = new Explainer(profiles, reader, new FakeSts(InstantSource.system()));
    CallerEnvironment environment =
        CallerEnvironment.of(
            Map.of(
                "HOME", folder.toString(), "HTTPS_PROXY", "http://me:canary17@proxy.example.com"));
    Path aws = Files.createDirectories(folder.resolve(".aws"));
    int resolved = 0;
    for (int i = 0; i < FILES; i++) {
      String config = file(random, "profile ");
      String credentials = file(random, "");
      Files.writeString(aws.resolve("config"), config);
      Files.writeString(aws.resolve("credentials"), credentials);
      for (String name : List.of("a", "b", "default")) {
        VaultState vault = VAULTS.get(random.nextInt(VAULTS.size()));
        Explanation told = explainer.explain(name, environment, vault);
        resolved += told.steps().isEmpty() ? 0 : 1;
        assertThat(
                List.of(
                    ExplanationText.of(told, Optional.of(folder.toString())),
                    ExplanationJson.of(told),
                    told.problem().orElse(""),
                    chain(profiles, name, environment)))
            .as("%s of\n%s\nand\n%s", name, config, credentials)
            .noneMatch(text -> text.contains(CANARY));
      }
    }
    assertThat(resolved).isGreaterThan(FILES / 10);
  }

  private static String chain(Profiles profiles, String name, CallerEnvironment environment) {
    try {
      return profiles.resolve(name, environment).toString();
    } catch (JvaultException e) {
      return e.sentence();
    }
  }

  private static String file(Random random, String prefix) {
    var text = new StringBuilder();
    for (String name : List.of("default", "a", "b")) {
      text.append('[').append(name.equals("default") ? "" : prefix).append(name).append("]\n");
      var lines = new ArrayList<>(LINES);
      Collections.shuffle(lines, random);
      lines.subList(0, random.nextInt(6)).forEach(line -> text.append(line).append('\n'));
    }
    return text.toString();
  }
}
