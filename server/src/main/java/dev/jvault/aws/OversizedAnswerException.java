package dev.jvault.aws;

/** A server answered with more than any service that jvault asks. */
final class OversizedAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;
}
