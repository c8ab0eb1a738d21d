package dev.jvault.server;

import dev.jvault.aws.SdkSectionParser;
import dev.jvault.doctor.Check;
import dev.jvault.doctor.CheckResult;
import dev.jvault.doctor.CheckRunner;
import dev.jvault.doctor.Checks;
import dev.jvault.doctor.CommandCheck;
import dev.jvault.doctor.DoctorReport;
import dev.jvault.doctor.ExaminedCaller;
import dev.jvault.doctor.Finding;
import dev.jvault.doctor.Mending;
import dev.jvault.profile.ConfigReader;
import dev.jvault.profile.Profiles;
import dev.jvault.profile.StoredKeys;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.ProgramVersion;
import dev.jvault.protocol.RuntimeFiles;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/**
 * {@code jvault doctor} where no daemon can run or answer: why that is, and all checks that need
 * none. What it mends it mends without a question, and what needs one it leaves.
 */
final class DoctorWithoutDaemon {
  private static final Options OPTIONS =
      new Options()
          .addOption(null, "doctor", false, "selects this program; for the launcher")
          .addOption(null, "reason", true, "why there is no daemon, a sentence")
          .addOption(null, "fix", false, "mends what is safe")
          .addOption(null, "json", false, "prints JSON");

  private final RuntimeFiles files;
  private final Map<String, String> environment;
  private final CheckRunner runner;
  private final InstantSource clock;

  /**
   * For a caller with these variables.
   *
   * @param files where the caller's daemon would have its files
   */
  DoctorWithoutDaemon(
      RuntimeFiles files,
      Map<String, String> environment,
      CheckRunner runner,
      InstantSource clock) {
    this.files = files;
    this.environment = environment;
    this.runner = runner;
    this.clock = clock;
  }

  /**
   * Prints the report.
   *
   * @param arguments the options, {@code --}, and the words of a command to examine, if any
   * @param error receives the names of the checks that take long, so that the user sees that it
   *     works
   * @return always {@link ExitCode#PROBLEMS}, because the missing daemon is one
   */
  ExitCode run(List<String> arguments, PrintStream out, PrintStream error) {
    CommandLine line = parse(arguments);
    var reader = new ConfigReader(new SdkSectionParser());
    var profiles = new Profiles(reader, StoredKeys.any());
    Optional<CommandCheck> command =
        line.getArgList().isEmpty()
            ? Optional.empty()
            : Optional.of(
                Checks.ofCommand(
                    line.getArgList(),
                    Path.of("").toAbsolutePath(),
                    Optional.empty(),
                    profiles,
                    Optional.empty()));
    List<Check> checks =
        Stream.concat(Checks.withoutDaemon(reader, profiles, files).stream(), command.stream())
            .toList();
    List<CheckResult> found =
        runner.run(
            checks,
            ExaminedCaller.of(environment, ProgramVersion.CURRENT),
            ids -> error.println("jvault: " + CheckRunner.waitingFor(ids)));
    var mending = new Mending(_ -> false);
    var results = new ArrayList<CheckResult>();
    results.add(new CheckResult("daemon", List.of(missing(line))));
    results.addAll(line.hasOption("fix") ? mending.mend(found) : found);
    var report =
        new DoctorReport(
            clock.instant(),
            results,
            new DoctorReport.Details(Map.of(), command.map(CommandCheck::facts).orElse(Map.of())),
            mending.done());
    out.writeBytes(
        (line.hasOption("json") ? report.json() : report.text()).getBytes(StandardCharsets.UTF_8));
    out.flush();
    return ExitCode.PROBLEMS;
  }

  private static Finding missing(CommandLine line) {
    return Finding.problem(
        line.getOptionValue("reason", "No daemon answers."),
        "Without the daemon no program gets credentials.",
        "");
  }

  private static CommandLine parse(List<String> arguments) {
    try {
      return new DefaultParser().parse(OPTIONS, arguments.toArray(String[]::new));
    } catch (ParseException e) {
      throw new JvaultException(
          ExitCode.USAGE, "The command line is wrong: " + e.getMessage() + ".", e);
    }
  }
}
