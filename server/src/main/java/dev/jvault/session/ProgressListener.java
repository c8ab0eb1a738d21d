package dev.jvault.session;

import dev.jvault.prompt.Person;
import java.util.function.Consumer;

/**
 * Passes on to a person what commands say while the person waits, and nothing afterwards: a source
 * goes on being refreshed when whoever asked first has gone.
 */
final class ProgressListener implements Consumer<String>, AutoCloseable {
  private final Person person;
  private volatile boolean waiting = true;

  ProgressListener(Person person) {
    this.person = person;
  }

  @Override
  public void accept(String line) {
    if (waiting) {
      person.tell(line);
    }
  }

  @Override
  public void close() {
    waiting = false;
  }
}
