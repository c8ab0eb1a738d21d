package dev.jvault.doctor;

import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Whether the endpoint has the port that programs know. */
final class PortCheck implements Check {
  private final IntSupplier port;
  private final Supplier<List<String>> sentences;

  /**
   * The check.
   *
   * @param port the endpoint's TCP port at the moment
   * @param sentences what is wrong with the port and what to do; none if nothing is
   */
  PortCheck(IntSupplier port, Supplier<List<String>> sentences) {
    this.port = port;
    this.sentences = sentences;
  }

  @Override
  public String id() {
    return "port";
  }

  @Override
  public List<Finding> examine(ExaminedCaller caller) {
    List<String> wrong = sentences.get();
    return wrong.isEmpty()
        ? List.of(Finding.ok("jvault answers on its own port, " + port.getAsInt() + "."))
        : wrong.stream()
            .map(sentence ->
                Finding.problem(
                    sentence,
                    "Programs that know the other address ask the program that has it; jvault takes its port back when that ends.",
                    ""))
            .toList();
  }
}
