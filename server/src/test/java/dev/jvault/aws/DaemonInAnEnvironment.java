package dev.jvault.aws;

import java.net.URI;

/** A program that calls STS twice in the environment of its process. */
final class DaemonInAnEnvironment {
  private DaemonInAnEnvironment() {}

  /**
   * Calls the endpoint in the first argument, then AWS's global endpoint through the proxy in the
   * second.
   */
  public static void main(String[] arguments) {
    try (var calls = new StsCalls()) {
      System.out.println(calls.role(StsCalls.at(URI.create(arguments[0]))));
      System.out.println(calls.session(StsCalls.region("aws-global", URI.create(arguments[1]))));
    }
  }
}
