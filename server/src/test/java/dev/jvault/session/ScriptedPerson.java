package dev.jvault.session;

import dev.jvault.prompt.Person;
import dev.jvault.prompt.Question;
import dev.jvault.secret.Secret;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** A user, with or without a terminal, who types what the test says and records what is shown. */
final class ScriptedPerson implements Person {
  final List<String> questions = new CopyOnWriteArrayList<>();
  final List<String> told = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> answers;
  private final boolean terminal;
  private final boolean given;

  private ScriptedPerson(boolean terminal, boolean given, String... answers) {
    this.terminal = terminal;
    this.given = given;
    this.answers = new LinkedBlockingQueue<>(List.of(answers));
  }

  /** At a terminal; types these answers, then gives up. */
  static ScriptedPerson typing(String... answers) {
    return new ScriptedPerson(true, false, answers);
  }

  /** A script that waits, without a terminal. */
  static ScriptedPerson script() {
    return new ScriptedPerson(false, false);
  }

  /** A script that was started with an MFA code. */
  static ScriptedPerson holding(String code) {
    return new ScriptedPerson(false, true, code);
  }

  @Override
  public boolean canAnswer(Question.Kind kind) {
    return terminal || holdsAnswer(kind);
  }

  @Override
  public boolean holdsAnswer(Question.Kind kind) {
    return given && kind == Question.Kind.MFA && !answers.isEmpty();
  }

  @Override
  public Optional<Secret> ask(Question question) {
    questions.add(question.text());
    return Optional.ofNullable(answers.poll()).map(Secret::of);
  }

  @Override
  public void tell(String line) {
    told.add(line);
  }

  @Override
  public boolean present() {
    return terminal;
  }
}
