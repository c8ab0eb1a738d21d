package dev.jvault.linklocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Applies all steps or none, and removes as much as possible. */
final class LinkLocalPlanTest {
  private static final EnumSet<LinkLocalAddress> NONE = EnumSet.noneOf(LinkLocalAddress.class);
  private final FakeCommands commands = new FakeCommands();

  @Test
  void undoesItsStepsInReverse() {
    commands.fails("ip -4 route add local 169.254.170.23", "RTNETLINK answers: No such device\n");
    var plan = LinuxPlan.up(1000, new DaemonPorts(1, 2), List.of(LinkLocalAddress.values()), NONE);

    assertThatThrownBy(() -> plan.applyOrUndo(commands))
        .hasMessage(
            "`ip -4 route add local 169.254.170.23/32 dev lo` failed (RTNETLINK answers: No such"
                + " device); nothing has been changed.");
    assertThat(commands.changes)
        .containsExactly(
            "ip -4 route add local 169.254.169.254/32 dev lo",
            "ip -4 route add local 169.254.170.2/32 dev lo",
            "ip -4 route add local 169.254.170.23/32 dev lo",
            "ip -4 route del local 169.254.170.2/32 dev lo",
            "ip -4 route del local 169.254.169.254/32 dev lo");
  }

  @Test
  void continuesWithTheRestIfAStepFails() {
    commands.fails("nft -f", "");
    var plan = LinuxPlan.down(1000, true, EnumSet.allOf(LinkLocalAddress.class));

    assertThatThrownBy(() -> plan.applyAll(commands))
        .hasMessage("`nft -f -` failed with status 2; the rest is undone; try again.");
    assertThat(commands.changes).hasSize(5);
  }
}
