package dev.jvault.control;

import dev.jvault.prompt.AskingCommand;
import dev.jvault.prompt.Person;
import dev.jvault.prompt.Question;
import dev.jvault.secret.Secret;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A user whose first MFA code came with {@code --mfa-token}; all other questions go to the next
 * one.
 */
final class GivenMfaCode implements Person {
  private final AtomicReference<@Nullable Secret> code;
  private final Person next;

  GivenMfaCode(Secret code, Person next) {
    this.code = new AtomicReference<>(code);
    this.next = next;
  }

  @Override
  public Optional<Secret> ask(Question question) {
    Secret given = question.kind() == Question.Kind.MFA ? code.getAndSet(null) : null;
    return given != null ? Optional.of(given) : next.ask(question);
  }

  @Override
  public Optional<Secret> ask(Question question, CompletableFuture<?> withdrawn) {
    return holdsAnswer(Question.Kind.MFA) && question.kind() == Question.Kind.MFA
        ? ask(question)
        : next.ask(question, withdrawn);
  }

  @Override
  public void tell(String line) {
    next.tell(line);
  }

  @Override
  public void tellWaiting(String line) {
    next.tellWaiting(line);
  }

  @Override
  public Optional<AskingCommand> command() {
    return next.command();
  }

  @Override
  public boolean present() {
    return code.get() != null || next.present();
  }

  @Override
  public boolean canAnswer(Question.Kind kind) {
    return holdsAnswer(kind) || next.canAnswer(kind);
  }

  @Override
  public boolean holdsAnswer(Question.Kind kind) {
    return (kind == Question.Kind.MFA && code.get() != null) || next.holdsAnswer(kind);
  }

  @Override
  public boolean takesOver() {
    return next.takesOver();
  }

  @Override
  public boolean waits() {
    return next.waits();
  }
}
