package dev.jvault.demo;

import dev.jvault.secret.AccessKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Runs real commands in the temporary home; closing it stops a daemon that is still running. */
final class Commands implements AutoCloseable {
  /** The variable by which the build asks a JVM of jvault to write its AOT cache when it ends. */
  private static final String TRAINING = "JVAULT_AOT_TRAIN";

  private final String launcher;
  private final DemoHome home;
  private final AccessKey key;
  private final String passphrase = UUID.randomUUID().toString();
  private final Thread onSignal = Thread.ofPlatform().unstarted(this::stopQuietly);

  Commands(String launcher, DemoHome home, AccessKey key) {
    this.launcher = launcher;
    this.home = home;
    this.key = key;
    Runtime.getRuntime().addShutdownHook(onSignal);
  }

  /** Prints a jvault command and runs it; its output goes to ours. */
  void jvault(String... words) throws IOException, InterruptedException {
    run(command(words), false);
  }

  /** The same; the client and the daemon that it starts write the AOT caches of the build. */
  void trained(String... words) throws IOException, InterruptedException {
    run(command(words), true);
  }

  /** Runs {@link Application} inside {@code jvault exec}. */
  void application(String profile) throws IOException, InterruptedException {
    Demo.say("$ jvault exec " + profile + " -- java … Application");
    List<String> command = new ArrayList<>(List.of(launcher, "exec", profile, "--"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add(Application.class.getName());
    check(start(command, false), "application");
  }

  @Override
  public void close() {
    stopQuietly();
    Runtime.getRuntime().removeShutdownHook(onSignal);
  }

  private List<String> command(String... words) {
    List<String> command = new ArrayList<>(List.of(launcher));
    command.addAll(List.of(words));
    return command;
  }

  private void run(List<String> command, boolean trained) throws IOException, InterruptedException {
    String shown = String.join(" ", command.subList(1, command.size()));
    Demo.say("$ jvault " + shown);
    check(start(command, trained), shown);
    Demo.say("");
  }

  private Process start(List<String> command, boolean trained) throws IOException {
    var builder = new ProcessBuilder(command).inheritIO();
    environment(builder.environment(), trained);
    return builder.start();
  }

  private void environment(Map<String, String> variables, boolean trained) {
    variables.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("XDG_"));
    variables.keySet().removeIf(name -> name.startsWith("JVAULT_") && !name.equals(TRAINING));
    if (!trained) {
      variables.remove(TRAINING);
    }
    variables.put("HOME", home.folder().toString());
    variables.put("JVAULT_HOME", home.jvault().toString());
    variables.put("JVAULT_PASSPHRASE", passphrase);
    variables.put("AWS_ACCESS_KEY_ID", key.accessKeyId());
    variables.put("AWS_SECRET_ACCESS_KEY", key.secretAccessKey().reveal());
  }

  private static void check(Process process, String what) throws InterruptedException {
    if (process.waitFor() != 0) {
      throw Demo.failed(what);
    }
  }

  private void stopQuietly() {
    try {
      var builder =
          new ProcessBuilder(command("stop"))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      environment(builder.environment(), false);
      int _ = builder.start().waitFor();
    } catch (IOException e) {
      Demo.say("The demonstration's daemon could not be stopped: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
