package dev.jvault.aws;

import static dev.jvault.aws.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.credential.Outcome;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.profile.Setting;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrustedAuthoritiesTest {
  @TempDir private static Path folder;
  private static TestCertificate loopback;
  private static TestCertificate namesake;

  @BeforeAll
  static void makeCertificates()
      throws IOException, GeneralSecurityException, InterruptedException {
    loopback = new TestCertificate(folder, "ip:127.0.0.1");
    namesake = new TestCertificate(folder, "ip:127.0.0.1");
  }

  @Test
  void trustsTheAuthoritiesOfTheBundle() throws IOException, GeneralSecurityException {
    assertThat(asked(loopback, Optional.of(loopback.pem()))).isInstanceOf(Outcome.Issued.class);
  }

  @Test
  @Attack("tls")
  void namesTheMissingAuthority() throws IOException, GeneralSecurityException {
    Path other = namesake.pem();

    assertThat(sentence(asked(loopback, Optional.of(other))))
        .contains("shows a certificate of \"CN=Test Proxy CA,O=Example\"")
        .contains("not among the authorities in " + other);
    assertThat(sentence(asked(loopback, Optional.empty())))
        .contains("not among the authorities that jvault's Java runtime and this system trust;")
        .contains("add it to the system's, or name a PEM file with it in ca_bundle");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"})
  void trustsTheAuthoritiesThatAVariableNames(String name) throws Exception {
    assertThat(asked(loopback, name, loopback.pem())).isInstanceOf(Outcome.Issued.class);
    assertThat(sentence(asked(loopback, name, folder.resolve("absent.pem"))))
        .endsWith(
            "No certificate can be read from what "
                + name
                + " names: an absolute path to a PEM"
                + " file is needed.");
  }

  @Test
  @Attack("tls")
  void refusesTheCertificateOfAnotherHost()
      throws IOException, GeneralSecurityException, InterruptedException {
    var certificate = new TestCertificate(folder, "dns:sts.example.com");
    assertThat(sentence(asked(certificate, Optional.of(certificate.pem()))))
        .contains("issued to another host");
  }

  @Test
  @Attack("tls")
  void refusesAnExpiredCertificate()
      throws IOException, GeneralSecurityException, InterruptedException {
    var certificate =
        new TestCertificate(folder, "ip:127.0.0.1", "-startdate", "-20d", "-validity", "5");
    assertThat(sentence(asked(certificate, Optional.of(certificate.pem()))))
        .contains("not valid today");
  }

  @Test
  @Attack("tls")
  void reportsAServerWithoutTls() throws IOException {
    try (var server = new ScriptedServer((_, _) -> "HTTP/1.1 400 no\r\n\r\n");
        var calls = new StsCalls()) {
      URI uri = URI.create("https://127.0.0.1:" + server.port());
      assertThat(sentence(calls.role(StsCalls.at(uri)))).contains("No TLS connection to 127.0.0.1");
    }
  }

  @Test
  @Attack("tls")
  void refusesAnUnusableBundle() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.pem"), "not a certificate\n");
    Map<Path, String> bundles =
        Map.of(
            text,
            "cannot be read",
            folder.resolve("absent.pem"),
            "cannot be read",
            folder,
            "is a directory",
            Path.of("/dev/zero"),
            "is not a regular file");
    for (Map.Entry<Path, String> bundle : bundles.entrySet()) {
      try (var calls = new StsCalls()) {
        assertThat(calls.role(target(443, Optional.of(bundle.getKey()))))
            .isInstanceOfSatisfying(
                Outcome.Denied.class,
                denied ->
                    assertThat(denied.sentence())
                        .contains(
                            "The CA bundle %s %s".formatted(bundle.getKey(), bundle.getValue())));
      }
    }
  }

  @Test
  void readsAReplacedBundleAgain() throws IOException, GeneralSecurityException {
    Path bundle = namesake.pem();
    Files.setLastModifiedTime(bundle, FileTime.fromMillis(1));
    try (var server =
            new ScriptedServer(loopback.listeners(), (_, _) -> answer(200, StsXml.role()));
        var calls = new StsCalls()) {
      ServiceTarget target = target(server.port(), Optional.of(bundle));
      assertThat(calls.role(target)).isInstanceOf(Outcome.Unavailable.class);

      Files.copy(loopback.pem(), bundle, StandardCopyOption.REPLACE_EXISTING);

      assertThat(calls.role(target)).isInstanceOf(Outcome.Issued.class);
    }
  }

  private static Outcome asked(TestCertificate shown, Optional<Path> bundle)
      throws IOException, GeneralSecurityException {
    try (var server = new ScriptedServer(shown.listeners(), (_, _) -> answer(200, StsXml.role()));
        var calls = new StsCalls()) {
      return calls.role(target(server.port(), bundle));
    }
  }

  private static Outcome asked(TestCertificate shown, String variable, Path file)
      throws IOException, GeneralSecurityException {
    try (var server = new ScriptedServer(shown.listeners(), (_, _) -> answer(200, StsXml.role()));
        var calls = new StsCalls()) {
      ServiceTarget plain = target(server.port(), Optional.empty());
      return calls.role(
          new ServiceTarget(
              plain.region(),
              plain.endpoint(),
              false,
              false,
              Optional.empty(),
              Optional.empty(),
              List.of(new Setting(variable, file.toString(), "in the environment"))));
    }
  }

  private static ServiceTarget target(int port, Optional<Path> bundle) {
    return new ServiceTarget(
        "eu-west-1",
        Optional.of(URI.create("https://127.0.0.1:" + port)),
        false,
        false,
        bundle,
        Optional.empty());
  }

  private static String sentence(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Unavailable.class);
    return ((Outcome.Unavailable) outcome).sentence();
  }
}
