package dev.jvault.doctor;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The AWS SDK that a program is likely to have, by the language that it is written in. */
enum Sdk {
  /** botocore: the AWS CLI and everything in Python. */
  PYTHON("Python", "aws|python|sam|ansible|pytest|s3cmd|jupyter"),
  /** The SDK for JavaScript. */
  JAVASCRIPT("JavaScript", "node|npm|npx|yarn|cdk|serverless"),
  /** The SDKs for Java. */
  JAVA("Java", "java|mvn|gradle|sbt|kotlin|scala"),
  /** The SDKs for Go. */
  GO("Go", "terraform|tofu|terragrunt|packer|rclone|eksctl|pulumi"),
  /** The SDK for Ruby. */
  RUBY("Ruby", "ruby|irb|rake|bundle"),
  /** Unknown: the order that most SDKs have. */
  UNKNOWN("unknown", "");

  private final String language;

  /** A pattern for the names of programs. */
  private final String programs;

  Sdk(String language, String programs) {
    this.language = language;
    this.programs = programs;
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
        .flatMap(word -> named(word.replaceFirst("[0-9.]+$", "")).stream())
        .findFirst()
        .orElse(UNKNOWN);
  }

  private static Optional<Sdk> named(String program) {
    return Stream.of(values()).filter(sdk -> program.matches(sdk.programs)).findFirst();
  }
}
