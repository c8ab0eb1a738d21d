package dev.jvault.trace;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tells a client with {@code --debug} what the daemon does for its call. It follows the call
 * through its threads as a scoped value; without one, each place costs one look. No line has a
 * secret in it. Safe for many threads.
 */
public final class Trace {
  private static final ScopedValue<Trace> CURRENT = ScopedValue.newInstance();
  private static final double NANOS_A_SECOND = Duration.ofSeconds(1).toNanos();

  private final Consumer<String> listener;
  private final long begun = System.nanoTime();

  /**
   * A trace that begins now.
   *
   * @param listener gets each line; must not block
   */
  public Trace(Consumer<String> listener) {
    this.listener = listener;
  }

  /** Runs a call that this trace follows. */
  public void follow(Runnable call) {
    ScopedValue.where(CURRENT, this).run(call);
  }

  /**
   * Tells the client of the present call, if it wants to know.
   *
   * @param line one line without a secret; called only if it is told
   */
  public static void tell(Supplier<String> line) {
    if (CURRENT.isBound()) {
      Trace trace = CURRENT.get();
      trace.listener.accept(seconds(System.nanoTime() - trace.begun) + "  " + line.get());
    }
  }

  /** The same work for another thread, on which the trace of this one follows it. */
  public static <T> Supplier<T> carried(Supplier<T> work) {
    if (!CURRENT.isBound()) {
      return work;
    }
    Trace trace = CURRENT.get();
    return () -> ScopedValue.where(CURRENT, trace).call(work::get);
  }

  /** The same for work that may throw. */
  public static <T> Callable<T> carriedCall(Callable<T> work) {
    if (!CURRENT.isBound()) {
      return work;
    }
    Trace trace = CURRENT.get();
    return () -> ScopedValue.where(CURRENT, trace).call(work::call);
  }

  /** A span as {@code 0.012 s}. */
  public static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.3f s", nanos / NANOS_A_SECOND);
  }
}
