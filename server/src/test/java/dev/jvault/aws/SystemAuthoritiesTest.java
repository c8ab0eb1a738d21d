package dev.jvault.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.files.ForeignFiles;
import dev.jvault.profile.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which authorities the system and the caller's variables name. */
final class SystemAuthoritiesTest {
  private static final CertificateFiles CERTIFICATES = new CertificateFiles(new ForeignFiles());

  @TempDir private static Path folder;
  private static Path one;
  private static Path two;

  @BeforeAll
  static void makeCertificates() throws Exception {
    one = new TestCertificate(folder, "ip:127.0.0.1").pem();
    two = new TestCertificate(folder, "ip:127.0.0.1").pem();
  }

  @Test
  void readsTheFirstFileOfTheSystemAndItsFolders() throws Exception {
    Path certificates = Files.createDirectory(folder.resolve("certs"));
    Files.copy(two, certificates.resolve("two.pem"));
    Files.writeString(certificates.resolve("README"), "no certificate");
    List<Path> files = List.of(folder.resolve("absent"), one, two);

    var system = new SystemAuthorities(List.of(), files, List.of(certificates), CERTIFICATES);

    assertThat(system.read()).isEqualTo(Set.of(certificate(one), certificate(two)));
  }

  @Test
  void aVariableOfOpenSslReplacesTheSystemsFile() throws Exception {
    var system =
        new SystemAuthorities(
            List.of(variable("SSL_CERT_FILE", two)), List.of(one), List.of(), CERTIFICATES);
    assertThat(system.read()).containsExactly(certificate(two));
  }

  @Test
  void aVariableOfAProgramAddsToTheSystem() throws Exception {
    for (String name : List.of("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")) {
      var system =
          new SystemAuthorities(
              List.of(variable(name, two)), List.of(one), List.of(), CERTIFICATES);
      assertThat(system.read()).as(name).containsExactly(certificate(one), certificate(two));
    }
  }

  @Test
  void readsEachFolderOfTheVariable() throws Exception {
    Path first = Files.createDirectory(folder.resolve("first"));
    Path second = Files.createDirectory(folder.resolve("second"));
    Files.copy(one, first.resolve("one.crt"));
    Files.copy(two, second.resolve("two.crt"));
    var both = new Setting("SSL_CERT_DIR", first + ":" + second, "in the environment");

    var system = new SystemAuthorities(List.of(both), List.of(), List.of(), CERTIFICATES);

    assertThat(system.read()).containsExactly(certificate(one), certificate(two));
  }

  @Test
  void namesTheVariablesThatLeadToNoCertificate() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "no certificate\n");
    var system =
        new SystemAuthorities(
            List.of(
                variable("SSL_CERT_FILE", folder.resolve("absent.pem")),
                variable("REQUESTS_CA_BUNDLE", one),
                variable("CURL_CA_BUNDLE", text),
                variable("NODE_EXTRA_CA_CERTS", Path.of("relative.pem"))),
            List.of(),
            List.of(),
            CERTIFICATES);
    assertThat(system.unreadable())
        .containsExactly("SSL_CERT_FILE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS");
  }

  private static Setting variable(String name, Path value) {
    return new Setting(name, value.toString(), "in the environment");
  }

  private static Certificate certificate(Path file) throws Exception {
    return CERTIFICATES.read(file).iterator().next();
  }
}
