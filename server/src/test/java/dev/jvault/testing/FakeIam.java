package dev.jvault.testing;

import dev.jvault.credential.Iam;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The keys of one IAM user, with failures on command. */
public final class FakeIam implements Iam {
  private final InstantSource clock;
  private final Map<String, ListedKey> keys = new LinkedHashMap<>();
  private final List<String> calls = new ArrayList<>();
  private final Map<String, Answer.Failed<?>> failures = new HashMap<>();
  private Consumer<String> moment = _ -> {};
  private int made;

  /** A user with one active key. */
  public FakeIam(InstantSource clock, String accessKeyId) {
    this.clock = clock;
    has(accessKeyId);
  }

  /** Gives the user one more active key. */
  public void has(String accessKeyId) {
    keys.put(accessKeyId, new ListedKey(accessKeyId, true, clock.instant()));
  }

  /** Removes a key, as a user does in the console. */
  public void lose(String accessKeyId) {
    keys.remove(accessKeyId);
  }

  /** Runs before and after each call takes effect, with {@code before ACTION} or {@code after}. */
  public void at(Consumer<String> hook) {
    moment = hook;
  }

  /** Makes an action fail from now on. */
  public void fail(String action, Fault fault, String sentence) {
    failures.put(action, new Answer.Failed<>(fault, sentence));
  }

  /** Lets all actions succeed again. */
  public void failNoMore() {
    failures.clear();
  }

  /** The actions in order. */
  public List<String> calls() {
    return calls;
  }

  /** The IDs of the user's keys. */
  public List<String> ids() {
    return List.copyOf(keys.keySet());
  }

  @Override
  public Answer<NewKey> create(Caller caller) {
    return answer(
        "CreateAccessKey",
        () -> {
          if (keys.size() > 1) {
            return new Answer.Failed<>(Fault.TWO_KEYS, "AWS refused: two keys.");
          }
          String id = "AKIANEW" + ++made;
          has(id);
          return new Answer.Done<>(
              new NewKey(new AccessKey(id, Secret.of("secret of " + id)), clock.instant()));
        });
  }

  @Override
  public Answer<List<ListedKey>> list(Caller caller) {
    return answer("ListAccessKeys", () -> new Answer.Done<>(List.copyOf(keys.values())));
  }

  @Override
  public Answer<Nothing> deactivate(Caller caller, String accessKeyId) {
    return answer(
        "UpdateAccessKey",
        () -> {
          ListedKey old = keys.get(accessKeyId);
          if (old == null) {
            return new Answer.Failed<>(Fault.NO_SUCH_KEY, "no such key");
          }
          keys.put(accessKeyId, new ListedKey(accessKeyId, false, old.created()));
          return new Answer.Done<>(new Nothing());
        });
  }

  @Override
  public Answer<Nothing> delete(Caller caller, String accessKeyId) {
    return answer(
        "DeleteAccessKey",
        () ->
            Optional.ofNullable(keys.remove(accessKeyId))
                .<Answer<Nothing>>map(_ -> new Answer.Done<>(new Nothing()))
                .orElseGet(() -> new Answer.Failed<>(Fault.NO_SUCH_KEY, "no such key")));
  }

  @SuppressWarnings("unchecked") // A failure holds no value of its type.
  private <T> Answer<T> answer(String action, Supplier<Answer<T>> effect) {
    calls.add(action);
    Answer.Failed<?> failure = failures.get(action);
    if (failure != null) {
      return (Answer<T>) failure;
    }
    moment.accept("before " + action);
    Answer<T> answer = effect.get();
    moment.accept("after " + action);
    return answer;
  }
}
