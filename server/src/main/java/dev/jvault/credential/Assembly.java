package dev.jvault.credential;

/** What becomes of a chain when its sources are put together. */
public sealed interface Assembly {
  /** It can be asked. */
  record Ready(SourceChain chain) implements Assembly {}

  /** It cannot, for this reason; never {@link Outcome.Issued}. */
  record Blocked(Outcome outcome) implements Assembly {}
}
