package dev.jvault.prompt;

import dev.jvault.command.HelperFailedException;
import dev.jvault.secret.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * GnuPG's pinentry, by the Assuan protocol. All commands are written at once, and pinentry runs
 * them one by one. {@code AWS_VAULT_PINENTRY_PROGRAM} names another program, as in aws-vault.
 */
final class PinentryDriver implements Driver {
  /** A line of Assuan is at most a thousand bytes long, including its command. */
  private static final int LONGEST = 900;

  @Override
  public String name() {
    return "pinentry";
  }

  @Override
  public Kind kind() {
    return Kind.DIALOG;
  }

  /** The program's name or path. */
  static String program(Map<String, String> helper) {
    return helper.getOrDefault("AWS_VAULT_PINENTRY_PROGRAM", "pinentry");
  }

  @Override
  public Secret answer(Question question, Person person, Map<String, String> helper)
      throws HelperFailedException {
    String answers =
        DialogProcess.output(
            program(helper), List.of(), commands(question, helper), person, helper);
    return DialogProcess.given(pin(answers), question);
  }

  private static String commands(Question question, Map<String, String> helper) {
    var commands = new StringBuilder();
    option(commands, "ttyname", helper.getOrDefault("GPG_TTY", ""));
    option(commands, "ttytype", helper.getOrDefault("TERM", ""));
    option(commands, "lc-ctype", "UTF-8");
    commands.append("SETTIMEOUT ").append(DialogProcess.LIMIT.toSeconds()).append('\n');
    commands.append("SETTITLE ").append(DialogProcess.TITLE).append('\n');
    commands.append("SETDESC ").append(escaped(question.text().strip())).append('\n');
    commands.append("SETPROMPT ");
    commands.append(question.kind() == Question.Kind.MFA ? "Code:" : "Passphrase:").append('\n');
    return commands.append("GETPIN\nBYE\n").toString();
  }

  private static void option(StringBuilder commands, String name, String value) {
    if (!value.isEmpty()) {
      commands.append("OPTION ").append(name).append('=').append(escaped(value)).append('\n');
    }
  }

  /** The answer, from data lines in which {@code %}, CR and LF are escaped as {@code %XX}. */
  private static String pin(String answers) throws HelperFailedException {
    var data = new StringBuilder();
    boolean gotIt = false;
    for (String line : answers.lines().toList()) {
      if (line.startsWith("D ")) {
        data.append(line.substring(2));
        gotIt = true;
      }
    }
    if (!gotIt) {
      throw new HelperFailedException("was left without an answer");
    }
    return unescaped(data.toString());
  }

  private static String escaped(String text) {
    var escaped = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          if (escaped.length() < LONGEST) {
            if (c == '%' || c < ' ') {
              escaped.append("%%%02X".formatted(c));
            } else {
              escaped.appendCodePoint(c);
            }
          }
        });
    return escaped.toString();
  }

  private static String unescaped(String data) {
    byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
    var plain = new ByteArrayOutputStream();
    for (int at = 0; at < bytes.length; at++) {
      int high = at + 2 < bytes.length ? Character.digit(bytes[at + 1], 16) : -1;
      int low = at + 2 < bytes.length ? Character.digit(bytes[at + 2], 16) : -1;
      if (bytes[at] == '%' && high >= 0 && low >= 0) {
        plain.write(high << 4 | low);
        at += 2;
      } else {
        plain.write(bytes[at]);
      }
    }
    return plain.toString(StandardCharsets.UTF_8);
  }
}
