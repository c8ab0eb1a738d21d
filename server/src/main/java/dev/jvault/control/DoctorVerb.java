package dev.jvault.control;

import dev.jvault.doctor.Check;
import dev.jvault.doctor.CheckResult;
import dev.jvault.doctor.CheckRunner;
import dev.jvault.doctor.DoctorReport;
import dev.jvault.doctor.ExaminedCaller;
import dev.jvault.doctor.Mending;
import dev.jvault.protocol.CallerVariables;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.Routes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * {@code doctor}: checks what keeps programs from their credentials, and reads credentials as an
 * SDK does.
 */
final class DoctorVerb implements Verb {
  private final List<Check> checks;
  private final CheckRunner runner;
  private final EndpointReading reading;
  private final InstantSource clock;

  DoctorVerb(List<Check> checks, CheckRunner runner, EndpointReading reading, InstantSource clock) {
    this.checks = checks;
    this.runner = runner;
    this.reading = reading;
    this.clock = clock;
  }

  @Override
  public boolean endsWithItsClient() {
    return true;
  }

  @Override
  public Reply run(Call call) {
    List<CheckResult> found =
        runner.run(
            checks,
            caller(call),
            ids -> call.person().tell("Still waiting for: " + String.join(", ", ids) + "."));
    var mending = new Mending(question -> Confirmation.given(call, question));
    List<CheckResult> results = new ArrayList<>(call.flag("fix") ? mending.mend(found) : found);
    EndpointReading.Result read = reading.read(call);
    results.add(new CheckResult("reading", List.of(read.finding())));
    var report =
        new DoctorReport(
            clock.instant(),
            results,
            new DoctorReport.Details(read.details()),
            mending.done(),
            List.of());
    return new Reply(
        report.healthy() ? ExitCode.OK : ExitCode.PROBLEMS,
        call.flag("json") ? report.json() : report.text(),
        "");
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
