package dev.jvault.doctor;

import dev.jvault.command.HelperFailedException;
import dev.jvault.command.HelperProgram;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The units of systemd, if they are installed. */
final class UnitsCheck implements Check {
  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final String SERVICE = "jvault.service";
  private static final String SOCKET = "jvault.socket";

  @Override
  public String id() {
    return "units";
  }

  @Override
  public List<Finding> examine(ExaminedCaller caller) {
    Map<String, String> environment = caller.environment().helper();
    if (HelperProgram.find("systemctl", environment).isEmpty()) {
      return List.of(Finding.ok("There is no systemd here."));
    }
    String shown;
    try {
      shown =
          systemctl(
              environment,
              "show",
              SERVICE,
              SOCKET,
              "--property=Id,LoadState,ActiveState,UnitFileState");
    } catch (HelperFailedException _) {
      return List.of(Finding.ok("There is no user manager of systemd here."));
    }
    List<Finding> findings = findings(units(shown), environment);
    return findings.isEmpty() ? List.of(Finding.ok("No unit of jvault has failed.")) : findings;
  }

  private static List<Finding> findings(
      List<Map<String, String>> units, Map<String, String> environment) {
    var findings = new ArrayList<Finding>();
    for (Map<String, String> unit : units) {
      String name = unit.getOrDefault("Id", "");
      if (!"loaded".equals(unit.get("LoadState"))) {
        continue;
      }
      if ("failed".equals(unit.get("ActiveState"))) {
        findings.add(failed(name, environment));
      }
    }
    disabled(units).ifPresent(findings::add);
    return findings;
  }

  /**
   * The socket starts the service, which is enabled only if it has profiles to keep ready: a
   * service that is disabled alone is well.
   */
  private static Optional<Finding> disabled(List<Map<String, String>> units) {
    if (!hasState(units, SOCKET, "disabled")) {
      return Optional.empty();
    }
    String enable = "systemctl --user enable --now " + SOCKET;
    return Optional.of(
        hasState(units, SERVICE, "enabled")
            ? Finding.note(
                "The unit " + SOCKET + " is disabled; " + SERVICE + " is enabled.",
                "jvault starts when you log in, and a program that asks before that is refused.",
                enable)
            : Finding.note(
                hasState(units, SERVICE, "disabled")
                    ? "The units " + SOCKET + " and " + SERVICE + " are disabled."
                    : "The unit " + SOCKET + " is disabled.",
                "jvault does not start when you log in, nor when a program asks.",
                enable));
  }

  private static boolean hasState(List<Map<String, String>> units, String name, String state) {
    return units.stream()
        .anyMatch(unit ->
            name.equals(unit.get("Id"))
                && "loaded".equals(unit.get("LoadState"))
                && state.equals(unit.get("UnitFileState")));
  }

  private static Finding failed(String unit, Map<String, String> environment) {
    return Finding.problem(
            "The unit " + unit + " has failed.",
            "jvault does not start by itself; `journalctl --user -u " + unit + "` has the reason.",
            "systemctl --user restart " + unit)
        .fixedBy(
            Fix.asked(
                "Restart the unit " + unit + "?",
                "Restarted the unit " + unit + ".",
                () -> restart(unit, environment)));
  }

  private static void restart(String unit, Map<String, String> environment) throws IOException {
    try {
      String _ = systemctl(environment, "restart", unit);
    } catch (HelperFailedException e) {
      throw new IOException("systemctl " + e.getMessage(), e);
    }
  }

  private static String systemctl(Map<String, String> environment, String... words)
      throws HelperFailedException {
    var arguments = new ArrayList<>(List.of("--user"));
    arguments.addAll(List.of(words));
    return new HelperProgram("systemctl", arguments, environment, LIMIT).output("", () -> true);
  }

  /** The properties of each unit; an empty line separates two units. */
  private static List<Map<String, String>> units(String shown) {
    var units = new ArrayList<Map<String, String>>();
    for (String block : shown.split("\n\n+", -1)) {
      var unit = new HashMap<String, String>();
      block
          .lines()
          .filter(line -> line.contains("="))
          .forEach(line -> unit.put(line.split("=", 2)[0], line.split("=", 2)[1]));
      units.add(unit);
    }
    return units;
  }
}
