package dev.jvault.control;

import dev.jvault.doctor.Check;
import dev.jvault.doctor.CheckResult;
import dev.jvault.doctor.CheckRunner;
import dev.jvault.doctor.CommandCheck;
import dev.jvault.doctor.DoctorReport;
import dev.jvault.doctor.ExaminedCaller;
import dev.jvault.doctor.Mending;
import dev.jvault.protocol.CallerVariables;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.Routes;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code doctor}: checks what keeps programs from their credentials, and reads credentials as an
 * SDK does.
 */
final class DoctorVerb implements Verb {
  /** Makes the check of the command that a call names. */
  @FunctionalInterface
  interface OfCommand {
    /** The check. */
    CommandCheck check(List<String> words, Path folder, Optional<String> profile);
  }

  private final List<Check> checks;
  private final CheckRunner runner;
  private final ReadingProfile profile;
  private final EndpointReading reading;
  private final OfCommand ofCommand;
  private final InstantSource clock;

  DoctorVerb(
      List<Check> checks,
      CheckRunner runner,
      ReadingProfile profile,
      EndpointReading reading,
      OfCommand ofCommand,
      InstantSource clock) {
    this.checks = checks;
    this.runner = runner;
    this.profile = profile;
    this.reading = reading;
    this.ofCommand = ofCommand;
    this.clock = clock;
  }

  @Override
  public boolean endsWithItsClient() {
    return true;
  }

  @Override
  public Reply run(Call call) {
    Optional<CommandCheck> command = command(call);
    List<CheckResult> found =
        runner.run(
            Stream.concat(checks.stream(), command.stream()).toList(),
            caller(call),
            ids -> call.person().tell(CheckRunner.waitingFor(ids)));
    var mending = new Mending(question -> Confirmation.given(call, question));
    List<CheckResult> results = new ArrayList<>(call.flag("fix") ? mending.mend(found) : found);
    EndpointReading.Result read = reading.read(call);
    results.add(new CheckResult("reading", List.of(read.finding())));
    var report =
        new DoctorReport(
            clock.instant(),
            results,
            new DoctorReport.Details(
                read.details(), command.map(CommandCheck::facts).orElse(Map.of())),
            mending.done());
    return new Reply(
        report.healthy() ? ExitCode.OK : ExitCode.PROBLEMS,
        call.flag("json") ? report.json() : report.text(),
        "");
  }

  private Optional<CommandCheck> command(Call call) {
    List<String> words = call.values(Routes.COMMAND);
    Path folder = Path.of(call.value(Routes.CALLER_FOLDER).orElse("/"));
    return words.isEmpty()
        ? Optional.empty()
        : Optional.of(ofCommand.check(words, folder, profile.chosen(call)));
  }

  private static ExaminedCaller caller(Call call) {
    Map<String, String> withheld = new HashMap<>();
    for (String name : CallerVariables.DELIVERY) {
      call.value(Routes.VARIABLE_PREFIX + name).ifPresent(value -> withheld.put(name, value));
    }
    return new ExaminedCaller(
        call.environment(),
        new HashSet<>(call.values(Routes.CALLER_SET)),
        withheld,
        call.value(Routes.CALLER_PROGRAM).orElse(""));
  }
}
