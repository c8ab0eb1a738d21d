package dev.jvault.client;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * The signal CONT, by which a shell's {@code fg} continues a job. Its only API in Java,
 * sun.misc.Signal, is reached by reflection, because javac warns of each mention of it.
 */
final class ContinueSignal {
  private ContinueSignal() {}

  /** Calls a handler after each CONT from now on. Does nothing if this Java cannot. */
  @SuppressWarnings("ReferenceEquality") // The identity of a proxy is all that it has.
  static void handle(Runnable handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      InvocationHandler calls =
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "handle" -> {
                  handler.run();
                  yield null;
                }
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "handler of CONT";
              };
      Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls);
      signal
          .getMethod("handle", signal, type)
          .invoke(null, signal.getConstructor(String.class).newInstance("CONT"), proxy);
    } catch (ReflectiveOperationException | IllegalArgumentException _) {
      // Without it, a continued command shows its question no second time.
    }
  }
}
