package dev.jvault.doctor;

import dev.jvault.protocol.ProgramVersion;
import java.util.List;

/** Whether daemon and command are of one version. */
final class VersionCheck implements Check {
  @Override
  public String id() {
    return "version";
  }

  @Override
  public List<Finding> examine(ExaminedCaller caller) {
    String daemon = ProgramVersion.CURRENT;
    return List.of(
        caller.program().equals(daemon)
            ? Finding.ok("Daemon and command are version " + daemon + ".")
            : Finding.problem(
                "The daemon is version %s, and this command is %s."
                    .formatted(daemon, caller.program()),
                "They may not understand each other.",
                "jvault restart"));
  }
}
