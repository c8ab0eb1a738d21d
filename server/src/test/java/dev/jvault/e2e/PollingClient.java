package dev.jvault.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program in some language that requests credentials as long as a file exists. */
enum PollingClient {
  BOTO3 {
    @Override
    List<String> program() {
      return List.of("python3", file("python/poll.py"));
    }
  },
  JAVASCRIPT {
    @Override
    List<String> program() {
      Path folder = built("javascript-poll");
      run("rm", "-rf", folder.toString());
      run("cp", "-r", file("javascript"), folder.toString());
      run(NodePackages.install(folder));
      return List.of("node", folder.resolve("poll.js").toString());
    }
  },
  JAVA {
    @Override
    List<String> program() {
      return List.of(
          ProcessHandle.current().info().command().orElse("java"),
          "-Xmx128m",
          "-cp",
          System.getProperty("java.class.path"),
          PollingJavaClient.class.getName());
    }
  },
  GO {
    @Override
    List<String> program() {
      String built = built("go-poll").toString();
      run("go", "build", "-C", file("go"), "-o", built, "./poll");
      return List.of(built);
    }
  };

  private static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final Path BUILT = MODULE.resolve("target");

  /** Installs or builds what the program needs, and returns its command. */
  abstract List<String> program();

  /**
   * Its command line. The program prints how many requests succeeded, how many failed, and why.
   *
   * @param asking the file whose end ends the program, after a last request
   * @param clients the number of parallel clients in the process
   */
  List<String> command(Path asking, int clients) {
    var words = new ArrayList<>(program());
    words.add(asking.toString());
    words.add(Integer.toString(clients));
    return words;
  }

  /** Two JVMs that test at once do not build in one place. */
  private static Path built(String name) {
    return BUILT.resolve(name + "-" + ProcessHandle.current().pid());
  }

  private static String file(String name) {
    return MODULE.resolve("src/test/clients").resolve(name).toString();
  }

  private static void run(String... command) {
    try (var jvault = new Jvault("")) {
      // With the real environment, because the home of the user who tests has these tools' caches.
      Map<String, String> own = System.getenv();
      Process process = jvault.startCommand(own, List.of(command));
      String _ = jvault.finish(process, String.join(" ", command)).ok();
    }
  }
}
