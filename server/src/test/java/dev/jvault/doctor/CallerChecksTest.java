package dev.jvault.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.jvault.aws.SdkSectionParser;
import dev.jvault.files.ForeignFiles;
import dev.jvault.profile.ConfigReader;
import dev.jvault.profile.Profiles;
import dev.jvault.protocol.RuntimeFiles;
import dev.jvault.testing.Attack;
import dev.jvault.testing.FakeProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks that need no daemon, each with real files, variables and sockets. */
final class CallerChecksTest {
  private static final String SECRET = "canary/of/a/key/in/plain/text+0123456789";

  private final Map<String, String> variables = new HashMap<>();
  private final ForeignFiles files = new ForeignFiles();
  private final ConfigReader reader = new ConfigReader(new SdkSectionParser());
  private final Profiles profiles = new Profiles(reader, _ -> false);

  @TempDir Path home;

  @BeforeEach
  void home() throws IOException {
    Files.createDirectory(home.resolve(".aws"));
    variables.put("HOME", home.toString());
    variables.put("PATH", home.resolve("bin").toString());
  }

  @Test
  void keysInVariablesAreAProblem() throws IOException {
    variables.put("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
    variables.put("AWS_SECRET_ACCESS_KEY", SECRET);

    Finding found = only(new VariablesCheck());

    assertThat(found.severity()).isEqualTo(Severity.PROBLEM);
    assertThat(found.mend()).isEqualTo("unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY");
    assertThat(found.line()).doesNotContain(SECRET);
  }

  @Test
  void keysOfExecEnvAreANote() throws IOException {
    variables.put("AWS_ACCESS_KEY_ID", "ASIAIOSFODNN7EXAMPLE");
    variables.put("AWS_CREDENTIAL_EXPIRATION", "2026-01-01T00:00:00Z");
    variables.put("JVAULT_PROFILE", "dev");

    assertThat(only(new VariablesCheck()).severity()).isEqualTo(Severity.NOTE);
  }

  @Test
  void aWebIdentityInVariablesIsAProblem() throws IOException {
    variables.put("AWS_WEB_IDENTITY_TOKEN_FILE", "/token");

    assertThat(only(new VariablesCheck()).severity()).isEqualTo(Severity.PROBLEM);
  }

  @Test
  void withoutSuchVariablesAllIsWell() throws IOException {
    variables.put("AWS_REGION", "eu-west-1");

    assertThat(only(new VariablesCheck()).severity()).isEqualTo(Severity.OK);
  }

  @Test
  void aProfileThatTheFilesDoNotHaveIsAProblem() throws IOException {
    config("[profile dev]\nregion = eu-west-1\n");
    var check = new ChosenProfileCheck(profiles);

    variables.put("AWS_PROFILE", "dve");
    assertThat(only(check).line())
        .startsWith("AWS_PROFILE names the profile dve, which the config files do not have.");
    variables.put("AWS_PROFILE", "dev");
    assertThat(only(check).severity()).isEqualTo(Severity.OK);
  }

  @Test
  void aContainerUriWhereNothingListensIsAProblem() throws IOException {
    int port;
    var check = new ContainerVariablesCheck(_ -> false, files);
    try (var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      port = listener.getLocalPort();
      variables.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:" + port + "/x");
      assertThat(only(check).severity()).isEqualTo(Severity.OK);
      variables.put("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", home.resolve("none").toString());
      assertThat(only(check).what()).contains("TOKEN_FILE names").contains("cannot be read");
      Finding ended = new ContainerVariablesCheck(_ -> true, files).examine(caller()).getFirst();
      assertThat(ended.what()).contains("belongs to a grant that has ended");
    }
    assertThat(only(check).what())
        .isEqualTo(
            "AWS_CONTAINER_CREDENTIALS_FULL_URI leads to 127.0.0.1:%d, where nothing listens."
                .formatted(port));
    variables.put("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/y");
    assertThat(only(check).what()).contains("are both set");
  }

  @Test
  void metadataThatIsDisabledAndWantedIsAProblem() throws IOException {
    variables.put("AWS_EC2_METADATA_DISABLED", "true");
    assertThat(only(new MetadataCheck(List::of)).severity()).isEqualTo(Severity.OK);
    assertThat(only(new MetadataCheck(() -> List.of("dev"))).severity()).isEqualTo(Severity.NOTE);
    variables.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:1");
    assertThat(only(new MetadataCheck(List::of)).mend())
        .isEqualTo("unset AWS_EC2_METADATA_DISABLED");
    variables.remove("AWS_EC2_METADATA_DISABLED");
    assertThat(only(new MetadataCheck(List::of)).what()).contains("where nothing listens");
  }

  @Test
  void credentialsOfTheDefaultProfileAreANoteWithTheirLine() throws IOException {
    config("[default]\nregion = eu-west-1\nrole_arn = arn:aws:iam::123456789012:role/x\n");

    Finding found = only(new DefaultProfileCheck(reader, profiles));

    assertThat(found.severity()).isEqualTo(Severity.NOTE);
    assertThat(found.what()).contains("role_arn", home.resolve(".aws/config") + ":3");
  }

  @Test
  void aDefaultProfileThatAsksJvaultIsWell() throws IOException {
    config("[default]\ncredential_process = /opt/jvault/bin/jvault credential-process dev\n");

    assertThat(only(new DefaultProfileCheck(reader, profiles)).severity()).isEqualTo(Severity.OK);
  }

  @Test
  void keysInTheFilesOfBotoAreAProblem() throws IOException {
    var check = new BotoFilesCheck(home.resolve("boto.cfg"), files);
    assertThat(only(check).severity()).isEqualTo(Severity.OK);

    Files.writeString(
        home.resolve(".boto"), "[Boto]\nx = 1\n[Credentials]\naws_access_key_id = AKIAX\n");
    Files.writeString(
        home.resolve("boto.cfg"), "[Credentials]\naws_secret_access_key=" + SECRET + "\n");
    List<Finding> both = check.examine(caller());
    assertThat(both).hasSize(2);
    assertThat(both.getFirst().line())
        .startsWith(home.resolve("boto.cfg") + ":2 has an access key.")
        .doesNotContain(SECRET);
    assertThat(both.getLast().line()).startsWith(home.resolve(".boto") + ":4 ");

    variables.put("BOTO_CONFIG", "/dev/null");
    assertThat(only(check).severity()).isEqualTo(Severity.OK);
  }

  @Test
  void keysInPlainTextAreAProblemWithTheirProfileAndNeverShown() throws IOException {
    Files.writeString(
        home.resolve(".aws/credentials"),
        """
        [dev]
        aws_access_key_id = AKIAIOSFODNN7EXAMPLE
        aws_secret_access_key = %s
        [localstack]
        aws_access_key_id = test
        aws_secret_access_key = test
        """
            .formatted(SECRET));

    List<Finding> found = new PlaintextKeysCheck(reader).examine(caller());

    assertThat(found.getFirst().severity()).isEqualTo(Severity.PROBLEM);
    assertThat(found.getFirst().mend()).isEqualTo("jvault import dev");
    assertThat(found.getLast().severity()).isEqualTo(Severity.NOTE);
    assertThat(found.toString()).doesNotContain(SECRET, "AKIAIOSFODNN7EXAMPLE");
  }

  @Test
  void aBrokenSectionIsAProblemWithItsFileAndLine() throws IOException {
    config("[profile plain]\nregion = eu-west-1\n[profile lost]\nrole_arn = x\n");

    List<Finding> found = new ConfigCheck(reader, profiles).examine(caller());

    assertThat(found).hasSize(1);
    assertThat(found.getFirst().severity()).isEqualTo(Severity.PROBLEM);
    assertThat(found.getFirst().what()).contains(home.resolve(".aws/config") + ":4");
  }

  @Test
  @Attack("terminal")
  void aVariableInTheReportCannotBreakATerminal() throws IOException {
    variables.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", "x\u001b]0;y\u0007\u202e\nok");
    var result = new CheckResult("metadata", new MetadataCheck(List::of).examine(caller()));
    var details = new DoctorReport.Details(Map.of(), Map.of());

    String text = new DoctorReport(Instant.EPOCH, List.of(result), details, List.of("\t")).text();

    assertThat(text)
        .contains("leads to x\\u001b]0;y\\u0007\\u202e\\u000aok, where nothing listens.")
        .endsWith(" \\u0009\n1 problem.\n");
  }

  @Test
  void aProxyThatCatchesInstanceMetadataIsAProblem() throws IOException {
    variables.put("http_proxy", "http://proxy:3128");
    assertThat(only(new ProxyCheck(List::of)).severity()).isEqualTo(Severity.NOTE);
    Finding found = only(new ProxyCheck(() -> List.of("dev")));
    assertThat(found.severity()).isEqualTo(Severity.PROBLEM);
    assertThat(found.mend()).startsWith("export NO_PROXY='127.0.0.1,");
    variables.put("no_proxy", "169.254.0.0/16, 127.0.0.1");
    assertThat(only(new ProxyCheck(() -> List.of("dev"))).severity()).isEqualTo(Severity.OK);
  }

  @Test
  void aQuoteInAVariableStaysAPartOfItsWordInTheCommand() throws IOException {
    variables.put("http_proxy", "http://proxy:3128");
    variables.put("no_proxy", "it's");
    assertThat(only(new ProxyCheck(List::of)).mend()).startsWith("export NO_PROXY='it'\"'\"'s,");

    Path folder = Files.createDirectory(home.resolve("it's"));
    variables.put("PATH", folder.toString());
    Files.createSymbolicLink(folder.resolve("jvault"), home.resolve("nowhere"));
    assertThat(only(new InstallationsCheck(files)).mend())
        .isEqualTo("rm '" + home + "/it'\"'\"'s/jvault'");
  }

  @Test
  void filesThatAreOpenToOthersAreAProblemAndAreClosed() throws IOException {
    RuntimeFiles own = RuntimeFiles.of(Map.of("JVAULT_HOME", home + "/jv"), "Linux");
    Files.createDirectories(own.state());
    Path log = Files.createFile(own.state().resolve("jvault.log"));
    Path credentials = Files.createFile(home.resolve(".aws/credentials"));
    for (Path folder : List.of(home, own.state())) {
      mode(folder, "rwx------");
    }
    mode(log, "rw-r--r--");
    mode(credentials, "rw-rw-r--");
    mode(config("[profile dev]\n"), "rw-rw-r--");
    var check = new PermissionsCheck(own, files);

    List<Finding> found = check.examine(caller());

    assertThat(found)
        .extracting(Finding::mend)
        .containsExactly(
            "chmod go-rwx '" + log + "'",
            "chmod go-rwx '" + credentials + "'",
            "chmod go-w '" + home.resolve(".aws/config") + "'");
    var mending = new Mending(_ -> false);
    List<CheckResult> left = mending.mend(List.of(new CheckResult("permissions", found)));
    assertThat(left.getFirst().findings()).extracting(Finding::severity).containsOnly(Severity.OK);
    assertThat(mending.done()).hasSize(3);
    assertThat(only(check).severity()).isEqualTo(Severity.OK);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
        .isEqualTo("rw-------");
  }

  @Test
  void theHomeFolderIsClosedOnlyAfterAYes() throws IOException {
    mode(home, "rwxrwx---");
    var check =
        new PermissionsCheck(RuntimeFiles.of(Map.of("JVAULT_HOME", home + "/jv"), "Linux"), files);
    List<CheckResult> found = List.of(new CheckResult("permissions", check.examine(caller())));

    assertThat(new Mending(_ -> false).mend(found)).isEqualTo(found);
    assertThat(new Mending(_ -> true).mend(found)).isNotEqualTo(found);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
        .isEqualTo("rwxr-x---");
  }

  @Test
  void withoutAHomeThatIsSaid() throws IOException {
    variables.remove("HOME");
    var own = RuntimeFiles.of(Map.of("JVAULT_HOME", home + "/jv"), "Linux");

    assertThat(new PermissionsCheck(own, files).examine(caller()))
        .extracting(Finding::what)
        .contains("HOME is not set.");
  }

  @Test
  void anotherToolAtTheAddressOfInstanceMetadataIsANote() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    var check = new OtherMetadataCheck(address, Optional::empty);
    answers(server, "i-0123456789abcdef0");
    server.start();
    try {
      Finding found = only(check);
      assertThat(found.severity()).isEqualTo(Severity.NOTE);
      assertThat(found.what()).contains("Something that is not jvault answers");
      server.removeContext("/");
      answers(server, "i-00000000000000000");
      assertThat(only(check).severity()).isEqualTo(Severity.OK);
    } finally {
      server.stop(0);
    }
    assertThat(only(check).what()).startsWith("Nothing else answers");
    assertThat(only(new OtherMetadataCheck(address, () -> Optional.of("lo"))).what())
        .isEqualTo("The interface lo has the address 127.0.0.1.");
  }

  @Test
  void twoInstallationsAreANoteAndAStaleLinkIsRemoved() throws IOException {
    var check = new InstallationsCheck(files);
    variables.put(
        "PATH", home + "/one:" + home + "/two:relative:" + home + "/three:" + home + "/one");
    Path one = Files.createDirectory(home.resolve("one"));
    Path two = Files.createDirectory(home.resolve("two"));
    Path three = Files.createDirectory(home.resolve("three"));
    Path program = new FakeProgram(one, "jvault", "").path();
    Files.createSymbolicLink(two.resolve("jvault"), program);
    assertThat(only(check).severity()).isEqualTo(Severity.OK);

    Path other = new FakeProgram(three, "jvault", "").path();
    assertThat(only(check).what())
        .isEqualTo("There are 2 installations of jvault: %s, %s.".formatted(program, other));

    Files.delete(program);
    List<Finding> found = check.examine(caller());
    assertThat(found).extracting(Finding::mend).containsExactly("rm '" + two + "/jvault'");
    var mending = new Mending(_ -> false);
    var _ = mending.mend(List.of(new CheckResult("installations", found)));
    assertThat(two.resolve("jvault").toFile().exists()).isFalse();
    assertThat(Files.isSymbolicLink(two.resolve("jvault"))).isFalse();
    assertThat(mending.done()).containsExactly("Removed the link " + two + "/jvault.");
  }

  @Test
  void aFailedUnitIsAProblemAndIsRestartedAfterAYes() throws IOException {
    Path bin = Files.createDirectory(home.resolve("bin"));
    var systemctl =
        new FakeProgram(
            bin,
            "systemctl",
            """
            case "$2" in
              show) printf 'Id=jvault.service\\nLoadState=loaded\\nActiveState=failed\\nUnitFileState=disabled\\n'
                printf '\\nId=jvault.socket\\nLoadState=loaded\\nActiveState=inactive\\nUnitFileState=disabled\\n' ;;
            esac
            """);
    variables.put("PATH", bin + ":/usr/bin:/bin");

    List<Finding> found = new UnitsCheck().examine(caller());

    assertThat(found)
        .extracting(Finding::mend)
        .containsExactly(
            "systemctl --user restart jvault.service",
            "systemctl --user enable --now jvault.socket");
    var _ = new Mending(_ -> false).mend(List.of(new CheckResult("units", found)));
    assertThat(systemctl.arguments()).contains("show");
    var _ = new Mending(_ -> true).mend(List.of(new CheckResult("units", found)));
    assertThat(systemctl.arguments()).containsExactly("--user", "restart", "jvault.service");
  }

  @Test
  void theUnitsThatAreDisabledAreNamed() throws IOException {
    Finding both = withUnits("disabled", "disabled");
    assertThat(both.what()).isEqualTo("The units jvault.socket and jvault.service are disabled.");
    assertThat(both.why()).startsWith("jvault does not start when you log in,");

    Finding socket = withUnits("disabled", "enabled");
    assertThat(socket.what())
        .isEqualTo("The unit jvault.socket is disabled; jvault.service is enabled.");
    assertThat(socket.why()).startsWith("jvault starts when you log in,");
    assertThat(socket.mend()).isEqualTo("systemctl --user enable --now jvault.socket");

    assertThat(withUnits("enabled", "disabled").severity()).isEqualTo(Severity.OK);
    assertThat(withUnits("enabled", "enabled").severity()).isEqualTo(Severity.OK);
  }

  private Finding withUnits(String socket, String service) throws IOException {
    Path bin = Files.createDirectories(home.resolve("bin"));
    var _ =
        new FakeProgram(
            bin,
            "systemctl",
            """
            printf 'Id=jvault.service\\nLoadState=loaded\\nActiveState=inactive\\nUnitFileState=%s\\n\\n'
            printf 'Id=jvault.socket\\nLoadState=loaded\\nActiveState=inactive\\nUnitFileState=%s\\n'
            """
                .formatted(service, socket));
    variables.put("PATH", bin + ":/usr/bin:/bin");
    return only(new UnitsCheck());
  }

  @Test
  void withoutSystemdOrUnitsAllIsWell() throws IOException {
    assertThat(only(new UnitsCheck()).what()).isEqualTo("There is no systemd here.");
    Path bin = Files.createDirectory(home.resolve("bin"));
    var _ = new FakeProgram(bin, "systemctl", "exit 1");
    variables.put("PATH", bin + ":/usr/bin:/bin");
    assertThat(only(new UnitsCheck()).severity()).isEqualTo(Severity.OK);
    var _ =
        new FakeProgram(bin, "systemctl", "printf 'Id=jvault.service\\nLoadState=not-found\\n'");
    assertThat(only(new UnitsCheck()).severity()).isEqualTo(Severity.OK);
  }

  private Finding only(Check check) throws IOException {
    List<Finding> findings = check.examine(caller());
    assertThat(findings).hasSize(1);
    return findings.getFirst();
  }

  private ExaminedCaller caller() {
    return ExaminedCaller.of(variables, "0.1.0");
  }

  private Path config(String text) throws IOException {
    return Files.writeString(home.resolve(".aws/config"), text);
  }

  private static void mode(Path file, String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private static void answers(HttpServer server, String instance) {
    var _ =
        server.createContext(
            "/",
            exchange -> {
              boolean token = exchange.getRequestURI().getPath().equals("/latest/api/token");
              byte[] body = (token ? "t" : instance).getBytes(StandardCharsets.UTF_8);
              exchange.sendResponseHeaders(200, body.length);
              exchange.getResponseBody().write(body);
              exchange.close();
            });
  }
}
