package dev.jvault.client;

import java.util.Arrays;
import java.util.Optional;

/** A tool that people used before jvault. */
enum Tool {
  AWS_VAULT("aws-vault"),
  /** {@code granted} and its {@code assume}. */
  GRANTED("granted"),
  /** {@code aws-sso} of synfinatic/aws-sso-cli. */
  AWS_SSO("aws-sso");

  private final String command;

  Tool(String command) {
    this.command = command;
  }

  /** The name of its command. */
  String command() {
    return command;
  }

  /** The tool with this command. */
  static Optional<Tool> named(String word) {
    return Arrays.stream(values()).filter(tool -> tool.command.equals(word)).findFirst();
  }
}
