package dev.jvault.protocol;

/**
 * The control API: HTTP/1.1 on the control socket, one connection a request.
 *
 * <p>A verb is {@code POST /verbs/NAME} with a form ({@code application/x-www-form-urlencoded}) of
 * its options, of the caller's variables ({@link #VARIABLE_PREFIX}) and of facts about the caller.
 * The answer is either 200, whose body is to be written as it is and whose {@link #EXIT} is the
 * exit status, or 202, whose body is a question for the person: the client asks and posts the
 * answer to {@link #CONVERSATIONS}{@code ID}, which is answered in the same way, or gives up with
 * {@code DELETE}.
 */
public final class Routes {
  /** Prefix of the verbs. */
  public static final String VERBS = "/verbs/";

  /** Prefix of a conversation that waits for the person. */
  public static final String CONVERSATIONS = "/conversations/";

  /**
   * Who the daemon is: {@code GET}, answered to every protocol version. {@link #PROGRAM}, {@link
   * #PROTOCOL} and {@link #PID} come as headers, as in every response, and in the body as lines
   * {@code program=}, {@code protocol=} and {@code pid=}.
   */
  public static final String DAEMON = "/daemon";

  /** Header of requests and answers: {@link ProtocolVersion#CURRENT} of the side that sends it. */
  public static final String PROTOCOL = "Jvault-Protocol";

  /** Header of requests and answers: the version of the program that sends it. */
  public static final String PROGRAM = "Jvault-Program";

  /** Header of responses: the daemon's process id. */
  public static final String PID = "Jvault-Pid";

  /** Header of a refusal: an {@link ErrorCode} as text. */
  public static final String ERROR = "Jvault-Error";

  /** Header of a 200: the exit status. */
  public static final String EXIT = "Jvault-Exit";

  /** Header of a 200: lines for standard error, URL-encoded, beside the body's standard output. */
  public static final String MESSAGE = "Jvault-Message";

  /** Header of a 202: the conversation's id. */
  public static final String CONVERSATION = "Jvault-Conversation";

  /**
   * Header of a 202: {@code mfa}, {@code passphrase}, {@code text}, {@code secret}, {@code
   * confirm}; {@code environment} and {@code notice} are for the client alone.
   */
  public static final String QUESTION = "Jvault-Question";

  /** Header of a 202: {@code on} or {@code off}. */
  public static final String ECHO = "Jvault-Echo";

  /** Prefix of the form fields that carry the caller's variables. */
  public static final String VARIABLE_PREFIX = "env.";

  /** Form field: {@code true} where the client can ask on a terminal. */
  public static final String CALLER_TERMINAL = "caller.terminal";

  /** Form field: {@code true} where the client holds a passphrase from a variable. */
  public static final String CALLER_PASSPHRASE = "caller.passphrase";

  /** Form field: the width of the caller's terminal in columns. */
  public static final String CALLER_COLUMNS = "caller.columns";

  /**
   * Form field: the one program version that may run the verb; a daemon of another version refuses
   * with {@link ErrorCode#PROGRAM_MISMATCH} before it does anything.
   */
  public static final String REQUIRED_PROGRAM = "required.program";

  /** Form field: the process that a bound grant ends with. */
  public static final String CALLER_PID = "caller.pid";

  private Routes() {}
}
