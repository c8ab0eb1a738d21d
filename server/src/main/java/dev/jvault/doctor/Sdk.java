package dev.jvault.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The AWS SDK that a program is likely to have, by the language that it is written in. */
enum Sdk {
  /** botocore: the AWS CLI and everything in Python. */
  PYTHON("Python", List.of("aws", "python", "sam", "ansible", "pytest", "s3cmd", "jupyter")),
  /** The SDK for JavaScript. */
  JAVASCRIPT("JavaScript", List.of("node", "npm", "npx", "yarn", "cdk", "serverless")),
  /** The SDKs for Java. */
  JAVA("Java", List.of("java", "mvn", "gradle", "sbt", "kotlin", "scala")),
  /** The SDKs for Go. */
  GO("Go", List.of("terraform", "tofu", "terragrunt", "packer", "rclone", "eksctl", "pulumi")),
  /** The SDK for Ruby. */
  RUBY("Ruby", List.of("ruby", "irb", "rake", "bundle")),
  /** Unknown: the order that most SDKs have. */
  UNKNOWN("unknown", List.of());

  private final String language;
  private final List<String> programs;

  Sdk(String language, List<String> programs) {
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
    return Stream.of(values()).filter(sdk -> sdk.programs.contains(program)).findFirst();
  }
}
