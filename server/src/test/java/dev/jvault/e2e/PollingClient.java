package dev.jvault.e2e;

import java.util.ArrayList;
import java.util.List;

/** A program of another language that asks for credentials all the time. */
enum PollingClient {
  BOTO3("python3", SdkClient.file("python-poll.py")),
  JAVASCRIPT("node", SdkClient.file("javascript/poll.js")) {
    @Override
    void prepare() {
      var _ = SdkClient.JAVASCRIPT.command();
    }
  },
  JAVA(
      ProcessHandle.current().info().command().orElse("java"),
      "-Xmx128m",
      "-cp",
      System.getProperty("java.class.path"),
      PollingJavaClient.class.getName()),
  GO(SdkClient.built("go-poll")) {
    @Override
    void prepare() {
      SdkClient.install(
          "go", "build", "-C", SdkClient.file("go"), "-o", SdkClient.built("go-poll"), "./poll");
    }
  };

  private final List<String> command;

  PollingClient(String... command) {
    this.command = List.of(command);
  }

  /** Installs or builds what it needs. */
  void prepare() {}

  /**
   * Its command line. It prints how often it was answered, how often not, and why.
   *
   * @param clients how many ask side by side, in one process
   */
  List<String> command(int seconds, int clients) {
    var words = new ArrayList<>(command);
    words.add(Integer.toString(seconds));
    words.add(Integer.toString(clients));
    return words;
  }
}
