package dev.jvault.browser;

/** Why no browser on this machine can be used. */
public enum BrowserObstacle {
  /** The user sits at another machine. */
  SSH("You are connected by SSH"),
  /** The browser is outside of the Linux system that jvault runs in. */
  WINDOWS("A browser of Windows reaches this system as another user"),
  /** Nothing can show a window. */
  NO_DISPLAY("There is no display here");

  private final String clause;

  BrowserObstacle(String clause) {
    this.clause = clause;
  }

  /** The reason as the first half of a sentence, such as {@code You are connected by SSH}. */
  public String clause() {
    return clause;
  }
}
