package dev.jvault.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service by units of the user's systemd. */
final class SystemdServiceTest {
  private static final String UNITS = ".config/systemd/user/";
  private static final Service.FirstRequest ANSWERED = () -> 0;

  @TempDir Path folder;
  private FakeMachine machine;

  @BeforeEach
  void boot() {
    machine = new FakeMachine(folder);
  }

  @Test
  void runsNoCommandAndWritesNoFileIfTheDaemonRefusesAProfile() {
    var refused = new JvaultException(ExitCode.PROFILE, "There is no profile x.");

    assertThatThrownBy(() -> machine.service().install(true, new Refusing(refused)))
        .hasMessage("There is no profile x. Nothing has been installed or changed.");

    assertThat(machine.log).isEmpty();
    assertThat(machine.files()).isEmpty();
  }

  @Test
  void installsForAProfileThatOnlyNeedsTheUser() {
    var locked = new JvaultException(ExitCode.VAULT, "The vault is locked.");

    assertThat(machine.service().install(true, new Refusing(locked)).exit()).isZero();

    assertThat(machine.active).contains("jvault.socket");
  }

  /** A daemon that refuses the check. */
  private record Refusing(JvaultException reason) implements Service.FirstRequest {
    @Override
    public String check() {
      throw reason;
    }

    @Override
    public int send() {
      return 0;
    }
  }

  @Test
  void writesTheUnitsThenEnablesAndStartsThem() {
    Service.Report report = machine.service().install(true, ANSWERED);

    assertThat(report.exit()).isZero();
    assertThat(report.text())
        .isEqualTo(
            "jvault is there from now on: systemd (jvault.socket, jvault.service) starts it.\n");
    assertThat(machine.read(UNITS + "jvault.socket"))
        .contains(
            "ListenStream=127.0.0.1:9170\nListenStream=[::1]:9170\nListenStream="
                + machine.file(".local/share/jvault/run/control.sock")
                + "\n");
    assertThat(machine.read(UNITS + "jvault.service"))
        .contains("\nExecStart=/opt/jv/bin/jvault --daemon --foreground\n");
    assertThat(machine.log)
        .containsExactly(
            "systemctl --user daemon-reload",
            "systemctl --user enable jvault.socket",
            "systemctl --user enable jvault.service",
            "systemctl --user start jvault.socket");
  }

  @Test
  void leavesTheDaemonToTheFirstRequestIfNothingIsKeptReady() {
    machine.service().install(false, ANSWERED);

    assertThat(machine.enabled).containsExactly("jvault.socket");
  }

  @Test
  void takesTheSandboxAwayOnlyWhereInstanceMetadataIsServed() {
    machine.service().install(false, ANSWERED);
    assertThat(machine.file(UNITS + "jvault.service.d/see-callers.conf")).doesNotExist();

    machine.write(
        "home/.local/state/jvault/imds.json", "{\n \"listeners\": [ {\n \"grant\": \"g\" } ]\n}");
    machine.service().install(false, ANSWERED);
    assertThat(machine.read(UNITS + "jvault.service.d/see-callers.conf"))
        .contains("\nPrivateUsers=no\n");
  }

  @Test
  void doesWithoutNamespacesWhereTheSystemGivesNone() {
    machine.answers("systemd-run --user --quiet --collect --wait --property", 1, "");

    String said = machine.service().install(false, ANSWERED).text();

    assertThat(said)
        .endsWith(
            "This system gives a user's units no namespaces, so jvault.service runs with less"
                + " hardening (see-callers.conf).\n");
    assertThat(machine.read(UNITS + "jvault.service.d/see-callers.conf"))
        .contains("\nPrivateUsers=no\n");
    assertThat(machine.service().status().text())
        .contains("sandbox        less hardening, because this system gives");
  }

  @Test
  void keepsTheSandboxWhereSystemdCannotTell() {
    machine.answers("systemd-run", 1, "Failed to connect to bus");

    machine.service().install(false, ANSWERED);

    assertThat(machine.file(UNITS + "jvault.service.d/see-callers.conf")).doesNotExist();
  }

  @Test
  void saysWhyAUnitOfAPackageFailsWithoutNamespaces() {
    machine.service().install(false, ANSWERED);
    machine.failed.add("jvault.service");
    machine.answers("systemd-run --user --quiet --collect --wait --property", 1, "");

    assertThat(machine.service().status().text())
        .contains("sandbox        cannot be made, because this system gives a user's units no");
  }

  @Test
  void changesNothingTheSecondTime() {
    machine.service().install(true, ANSWERED);
    machine.log.clear();

    Service.Report report = machine.service().install(true, ANSWERED);

    assertThat(report.text()).startsWith("The service is up to date");
    assertThat(machine.log).isEmpty();
  }

  @Test
  void showsEveryFileAndCommandAndWritesNothing() {
    String shown = machine.service().dryRun(false, ANSWERED).text();

    assertThat(shown)
        .startsWith("write " + machine.file(UNITS + "jvault.socket") + "\n    ")
        .contains("\n    ListenStream=127.0.0.1:9170\n")
        .contains("\n    ExecStart=/opt/jv/bin/jvault --daemon --foreground\n")
        .endsWith(
            """
            run   systemctl --user daemon-reload
            run   systemctl --user enable jvault.socket
            run   systemctl --user start jvault.socket
            """);
    assertThat(machine.files()).isEmpty();
    assertThat(machine.log).isEmpty();
  }

  @Test
  void stopsTheDaemonThatACommandHasStarted() {
    machine.daemonPid = 4711;

    machine.service().install(false, ANSWERED);

    assertThat(machine.log)
        .containsSubsequence("stop daemon", "systemctl --user start jvault.socket");
  }

  @Test
  void undoesEverythingIfAUnitCannotBeStarted() {
    machine.daemonPid = 4711;
    machine.answers("systemctl --user start", 1, "Job for jvault.socket failed.\nSee more\n");

    refused(ExitCode.FAULT, "`systemctl --user start jvault.socket` failed (Job for jvault.socket");

    assertThat(machine.files()).isEmpty();
    assertThat(machine.enabled).isEmpty();
    assertThat(machine.daemonPid).isEqualTo(4711);
    assertThat(machine.log).endsWith("start daemon", "systemctl --user daemon-reload");
  }

  @Test
  void undoesEverythingIfTheDaemonKnowsNoSuchProfile() {
    Service.Report report = machine.service().install(true, ExitCode.PROFILE::status);

    assertThat(report).isEqualTo(new Service.Report(3, "Nothing has been installed or changed.\n"));
    assertThat(machine.files()).isEmpty();
    assertThat(machine.enabled).isEmpty();
    assertThat(machine.active).isEmpty();
  }

  @Test
  void staysInstalledIfOnlyTheUserIsMissing() {
    Service.Report report = machine.service().install(true, ExitCode.PERSON::status);

    assertThat(report.exit()).isEqualTo(5);
    assertThat(machine.active).contains("jvault.socket");
  }

  @Test
  void keepsAUnitThatTheUserEditedAndShowsTheDifference() {
    machine.service().install(false, ANSWERED);
    Path unit = machine.file(UNITS + "jvault.service");
    String edited = machine.read(UNITS + "jvault.service").replace("Type=notify", "Type=exec");
    machine.write("home/" + UNITS + "jvault.service", edited);

    String text = machine.service().install(false, ANSWERED).text();

    assertThat(text).contains(unit + " was not written or was edited since, so it is kept.");
    assertThat(text).contains("\n-Type=notify\n+Type=exec\n");
    assertThat(machine.read(UNITS + "jvault.service")).isEqualTo(edited);
    assertThat(machine.service().status().text()).contains(unit + " (edited by you");
    machine.service().uninstall();
    assertThat(machine.files())
        .containsExactly(
            ".config", ".config/systemd", ".config/systemd/user", UNITS + "jvault.service");
  }

  @Test
  void replacesAUnitOfAnotherVersionAndListensAgain() {
    machine.service().install(false, ANSWERED);
    machine.write("home/.local/state/jvault/port", "9999\n");
    machine.log.clear();

    machine.service().install(false, ANSWERED);

    assertThat(machine.read(UNITS + "jvault.socket")).contains("127.0.0.1:9999");
    assertThat(machine.log)
        .containsExactly(
            "systemctl --user daemon-reload",
            "systemctl --user stop jvault.service jvault.socket",
            "systemctl --user start jvault.socket");
  }

  @Test
  void writesOnlyDropInsBesideTheUnitsOfAPackage() {
    Path packaged = folder.resolve("usr");
    machine.unitPath = packaged.toString();
    machine
        .write(
            "usr/jvault.service", "[Service]\nExecStart=/opt/jv/bin/jvault --daemon --foreground\n")
        .write(
            "usr/jvault.socket",
            """
            [Socket]
            ListenStream=127.0.0.1:9170
            ListenStream=[::1]:9170
            ListenStream=%h/.local/share/jvault/run/control.sock
            """);

    machine.service().install(false, ANSWERED);
    assertThat(machine.files()).isEmpty();
    assertThat(machine.active).containsExactly("jvault.socket");

    machine.write("home/.local/state/jvault/port", "9999\n");
    machine.environment.put("XDG_STATE_HOME", machine.file(".local/state").toString());
    machine.service().install(false, ANSWERED);
    assertThat(machine.read(UNITS + "jvault.socket.d/jvault.conf"))
        .startsWith("[Socket]\nListenStream=\nListenStream=127.0.0.1:9999\n");
    assertThat(machine.read(UNITS + "jvault.service.d/jvault.conf"))
        .startsWith(
            "[Service]\nEnvironment=\"XDG_STATE_HOME=" + machine.file(".local/state") + "\"\n");
    assertThat(machine.file(UNITS + "jvault.service")).doesNotExist();
  }

  @Test
  void letsTheDaemonWriteWhereItHasItsFilesOutsideTheHome() throws IOException {
    Path disk = Files.createDirectories(folder.resolve("a disk")).toRealPath();
    machine.environment.put("JVAULT_HOME", disk.resolve("vault").toString());
    machine.service().install(false, ANSWERED);
    assertThat(machine.read(UNITS + "jvault.service.d/jvault.conf"))
        .contains("\nReadWritePaths=-\"" + disk.resolve("vault"));
  }

  @Test
  void uninstallsEverythingButTheVault() {
    machine.write("home/.local/share/jvault/keys.age", "keys");
    machine.service().install(true, ANSWERED);
    machine.log.clear();

    assertThat(machine.service().uninstall().text())
        .isEqualTo("The service is uninstalled; the vault and its settings stay.\n");

    assertThat(machine.files()).noneMatch(file -> file.contains("systemd"));
    assertThat(machine.read(".local/share/jvault/keys.age")).isEqualTo("keys");
    assertThat(machine.enabled).isEmpty();
    assertThat(machine.active).isEmpty();
    assertThat(machine.service().uninstall().text()).isEqualTo("The service is not installed.\n");
  }

  @Test
  void namesTheProgramThatHasThePort() throws IOException {
    machine
        .write(
            "root/proc/net/tcp",
            "  sl  local_address rem_address   st\n"
                + "   0: 0100007F:23D2 00000000:0000 0A 00000000:00000000 00:00000000 00000000"
                + "  1000        0 5150 1\n")
        .write("root/proc/31/comm", "python3\n")
        .write("root/proc/31/fd/x", "");
    Files.createSymbolicLink(folder.resolve("root/proc/31/fd/3"), Path.of("socket:[5150]"));
    Files.delete(folder.resolve("root/proc/31/fd/x"));

    refused(
        ExitCode.FAULT,
        "Port 9170 is taken by `python3` (pid 31); stop it, or choose another port with `jvault"
            + " server --port N --background`, then try again.");
    assertThat(machine.files()).isEmpty();
    assertThat(machine.log).isEmpty();
  }

  @Test
  void saysThatNoUserManagerRunsForThisUser() {
    machine.answers(
        "systemctl --user show", 1, "Failed to connect to bus: No medium found\nmore\n");

    refused(
        ExitCode.FAULT,
        "systemd runs here but not for this user (Failed to connect to bus: No medium found); log"
            + " in as alice on the desktop or by ssh, or run `sudo loginctl enable-linger alice`,"
            + " then try again.");
  }

  @Test
  void saysThatTheHomeIsMissingOrReadOnly() throws IOException {
    machine.environment.remove("HOME");
    machine.environment.put("JVAULT_HOME", folder.resolve("jv").toString());
    machine.unitPath = "";
    refused(ExitCode.FAULT, "HOME is not set to a folder");

    machine.environment.put("HOME", "/proc/nowhere");
    machine.answers("systemctl --user show --property=UnitPath", 0, "/proc/x/systemd/user\n");
    refused(ExitCode.FAULT, "/proc/x/systemd/user/jvault.socket cannot be written");
    assertThat(machine.enabled).isEmpty();
  }

  @Test
  void refusesASocketWhosePathIsTooLong() {
    machine.environment.put("XDG_DATA_HOME", "/" + "x".repeat(100));

    refused(ExitCode.FAULT, "is longer than the 107 bytes that a unit can have");
  }

  @Test
  void saysWhyTheDaemonFailed() {
    machine.service().install(false, ANSWERED);
    machine.failed.add("jvault.service");
    machine.answers("journalctl", 0, "The vault is gone.\n");

    Service.Report report = machine.service().status();

    assertThat(report.exit()).isEqualTo(ExitCode.DAEMON.status());
    assertThat(report.text())
        .contains(
            "daemon         failed (exit-code, exit status ): \n               The vault is gone.\n");
  }

  @Test
  void namesLingeringToAUserWhoseUnitsEndAtLogout() {
    machine.service().install(false, ANSWERED);

    assertThat(machine.service().status().text())
        .contains("after logout   ends; `loginctl enable-linger` keeps it");
    machine.answers("loginctl show-user 1000", 0, "Linger=yes\n");
    assertThat(machine.service().status().text()).contains("after logout   goes on");
  }

  @Test
  void saysHowToInstallWhatIsNotInstalled() {
    assertThat(machine.service().status())
        .isEqualTo(
            new Service.Report(
                1, "The service is not installed; `jvault service install` does it.\n"));
  }

  @Test
  void quotesAPathForTheUnits() {
    assertThat(SystemdFiles.word("/opt/my \"50%\"/jvault"))
        .isEqualTo("\"/opt/my \\\"50%%\\\"/jvault\"");
    assertThat(SystemdFiles.word("/usr/bin/jvault")).isEqualTo("/usr/bin/jvault");
  }

  private void refused(ExitCode code, String sentence) {
    assertThatThrownBy(() -> machine.service().install(true, ANSWERED))
        .hasMessageContaining(sentence)
        .isInstanceOfSatisfying(
            JvaultException.class, e -> assertThat(e.exitCode()).isEqualTo(code));
  }
}
