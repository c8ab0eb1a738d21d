package dev.jvault.setup;

import java.util.List;

/** All targets, in the order of lists. */
final class Targets {
  static final List<SetupTarget> ALL =
      List.of(
          new ProfileTarget(),
          new DefaultTarget(),
          new ShellTarget(),
          IdeTarget.vsCode(),
          IdeTarget.jetBrains(),
          IdeTarget.eclipse(),
          new DirenvTarget(),
          new EnvironmentDTarget(),
          new LaunchctlTarget());

  private Targets() {}
}
