package dev.jvault.aws;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A server's key and certificate, issued by its own authority with the JDK's keytool. */
final class TestCertificate {
  private static final String PASSWORD = "changeit";

  private final Path folder;
  private final KeyStore store;

  /**
   * Creates a certificate.
   *
   * @param host the subject alternative name, such as {@code ip:127.0.0.1}
   * @param more further keytool options for the server's certificate
   */
  TestCertificate(Path folder, String host, String... more)
      throws IOException, InterruptedException, GeneralSecurityException {
    this.folder = folder;
    Path file = Files.createTempDirectory(folder, "keys").resolve("keys.p12");
    keytool(file, "-alias", "ca", "-dname", "CN=Test Proxy CA, O=Example", "-ext", "bc:c");
    List<String> server =
        List.of("-alias", "server", "-dname", "CN=Server", "-signer", "ca", "-ext", "san=" + host);
    keytool(file, Stream.concat(server.stream(), Stream.of(more)).toArray(String[]::new));
    store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    store.deleteEntry("ca");
  }

  private static void keytool(Path file, String... options)
      throws IOException, InterruptedException {
    Path program = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Stream<String> always =
        Stream.of(
            program.toString(),
            "-J-XX:TieredStopAtLevel=1",
            "-genkeypair",
            "-keystore",
            file.toString(),
            "-storepass",
            PASSWORD,
            "-keyalg",
            "EC");
    var process =
        new ProcessBuilder(Stream.concat(always, Stream.of(options)).toList())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), US_ASCII);
    assertThat(process.waitFor()).as(said).isZero();
  }

  /** TLS listeners that present the certificate. */
  ServerSocketFactory listeners() throws GeneralSecurityException {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context.getServerSocketFactory();
  }

  /**
   * The authority's certificate between two lines of comment, as distributions write their bundles.
   */
  Path pem() throws IOException, GeneralSecurityException {
    String body =
        Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(store.getCertificateChain("server")[1].getEncoded());
    return Files.writeString(
        Files.createTempFile(folder, "bundle", ".pem"),
        "# Test Proxy CA\n-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n# end\n"
            .formatted(body));
  }
}
