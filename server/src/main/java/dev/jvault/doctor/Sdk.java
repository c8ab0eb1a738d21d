package dev.jvault.doctor;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The AWS SDK that a program is likely to have, by the language that it is written in. */
enum Sdk {
  /** botocore: the AWS CLI and everything in Python. */
  PYTHON("Python"),
  /** The SDK for JavaScript. */
  JAVASCRIPT("JavaScript"),
  /** The SDKs for Java. */
  JAVA("Java"),
  /** The SDKs for Go. */
  GO("Go"),
  /** The SDK for Ruby. */
  RUBY("Ruby"),
  /** Unknown: the order that most SDKs have. */
  UNKNOWN("unknown");

  private final String language;

  Sdk(String language) {
    this.language = language;
  }

  /** The language for display. */
  String language() {
    return language;
  }

  /** The name for JSON. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The SDK of a program.
   *
   * @param name of its file, such as {@code python3.12}
   * @param interpreter the name of the interpreter in its first line, if it is a script
   */
  static Sdk of(String name, Optional<String> interpreter) {
    return Stream.concat(Stream.of(name), interpreter.stream())
        .map(word -> named(word.replaceFirst("[0-9.]+$", "")))
        .filter(sdk -> sdk != UNKNOWN)
        .findFirst()
        .orElse(UNKNOWN);
  }

  private static Sdk named(String program) {
    return switch (program) {
      case "aws", "python", "sam", "ansible", "pytest", "s3cmd", "jupyter" -> PYTHON;
      case "node", "npm", "npx", "yarn", "cdk", "serverless" -> JAVASCRIPT;
      case "java", "mvn", "gradle", "sbt", "kotlin", "scala" -> JAVA;
      case "terraform", "tofu", "terragrunt", "packer", "rclone", "eksctl", "pulumi" -> GO;
      case "ruby", "irb", "rake", "bundle" -> RUBY;
      default -> UNKNOWN;
    };
  }
}
