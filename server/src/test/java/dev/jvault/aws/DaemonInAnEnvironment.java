package dev.jvault.aws;

import java.net.URI;

/** A program that asks STS twice, in whatever environment it is started with. */
final class DaemonInAnEnvironment {
  private DaemonInAnEnvironment() {}

  /** Asks the endpoint in the first argument, then AWS's global one by the proxy in the second. */
  public static void main(String[] arguments) {
    try (var calls = new StsCalls()) {
      System.out.println(calls.role(StsCalls.at(URI.create(arguments[0]))));
      System.out.println(calls.session(StsCalls.region("aws-global", URI.create(arguments[1]))));
    }
  }
}
