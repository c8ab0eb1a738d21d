package dev.jvault.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A program of another language that reads credentials until they change. */
enum SdkClient {
  AWS_CLI {
    @Override
    List<String> command() {
      return List.of("sh", file("aws-cli.sh"));
    }
  },
  BOTO3 {
    @Override
    List<String> command() {
      return List.of("python3", file("python.py"));
    }
  },
  JAVASCRIPT {
    @Override
    List<String> command() {
      Path folder = Path.of(file("javascript"));
      if (!Files.isDirectory(folder.resolve("node_modules"))) {
        install("npm", "ci", "--no-audit", "--no-fund", "--silent", "--prefix", folder.toString());
      }
      return List.of("node", file("javascript/main.js"));
    }
  },
  JAVA {
    @Override
    List<String> command() {
      return List.of(
          ProcessHandle.current().info().command().orElse("java"),
          "-cp",
          System.getProperty("java.class.path"),
          JavaClient.class.getName());
    }
  },
  GO {
    @Override
    List<String> command() {
      String program = BUILT.resolve("go-client").toString();
      install("go", "build", "-C", file("go"), "-o", program, ".");
      return List.of(program);
    }
  };

  private static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final Path BUILT = MODULE.resolve("target");

  /** Its command line; what it needs is installed or built before this returns. */
  abstract List<String> command();

  /** A file of the test clients. */
  static String file(String name) {
    return MODULE.resolve("src/test/clients").resolve(name).toString();
  }

  /** Where a program of that name is built. */
  static String built(String name) {
    return BUILT.resolve(name).toString();
  }

  /** Runs a command that installs or builds something. */
  static void install(String... command) {
    try (var jvault = new Jvault("")) {
      // In the home of whoever runs the tests: that is where the caches of these tools are.
      Map<String, String> own = System.getenv();
      Process process = jvault.startCommand(own, List.of(command));
      String _ = jvault.finish(process, String.join(" ", command)).ok();
    }
  }
}
