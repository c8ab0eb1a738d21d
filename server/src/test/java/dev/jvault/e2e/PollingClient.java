package dev.jvault.e2e;

import java.util.ArrayList;
import java.util.List;

/** A program of another language that asks for credentials all the time. */
enum PollingClient {
  BOTO3 {
    @Override
    List<String> program() {
      return List.of("python3", SdkClient.file("python-poll.py"));
    }
  },
  JAVASCRIPT {
    @Override
    List<String> program() {
      // Installs the SDK.
      List<String> _ = SdkClient.JAVASCRIPT.command();
      return List.of("node", SdkClient.file("javascript/poll.js"));
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
      String built = SdkClient.built("go-poll");
      SdkClient.install("go", "build", "-C", SdkClient.file("go"), "-o", built, "./poll");
      return List.of(built);
    }
  };

  /** Its command; what it needs is installed or built before this returns. */
  abstract List<String> program();

  /**
   * Its command line. It prints how often it was answered, how often not, and why.
   *
   * @param clients how many ask side by side, in one process
   */
  List<String> command(int seconds, int clients) {
    var words = new ArrayList<>(program());
    words.add(Integer.toString(seconds));
    words.add(Integer.toString(clients));
    return words;
  }
}
