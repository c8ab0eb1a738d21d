package dev.jvault.protocol;

/**
 * The control API: HTTP/1.1 on the control socket, one connection for each request.
 *
 * <p>A verb is {@code POST /verbs/NAME} with a form ({@code application/x-www-form-urlencoded}) of
 * its options, the caller's variables ({@link #VARIABLE_PREFIX}) and facts about the caller. The
 * response is one of these:
 *
 * <ul>
 *   <li>200: the verb has ended. The body is what goes to standard output unchanged, and after it
 *       the lines for standard error, whose length is {@link #MESSAGE_BYTES}; both may be of any
 *       length. {@link #EXIT} is the exit status.
 *   <li>202: the body is a question for the user. The client posts the answer to {@link
 *       #CONVERSATIONS}{@code ID} and gets the next response of the same kinds, or gives up with
 *       {@code DELETE}. While the user is asked, a {@code GET} there waits until the question is
 *       closed, so that the client learns if it was withdrawn: 200 if it was answered, else a
 *       refusal with {@link ErrorCode#QUESTION_WITHDRAWN} or {@link ErrorCode#STOPPING}.
 *   <li>anything else: a refusal. The body is a sentence for the user, {@link #ERROR} the code for
 *       the client.
 * </ul>
 */
public final class Routes {
  /** Prefix of the paths of verbs. */
  public static final String VERBS = "/verbs/";

  /** Prefix of the paths of conversations that wait for the user's answer. */
  public static final String CONVERSATIONS = "/conversations/";

  /**
   * Path that describes the daemon: {@code GET}, for clients of every protocol version. The body
   * has the lines {@code program=}, {@code protocol=} and {@code pid=}; {@link #PROGRAM}, {@link
   * #PROTOCOL} and {@link #PID} say the same, as in every response.
   */
  public static final String DAEMON = "/daemon";

  /** Header of requests and responses: {@link ProtocolVersion#CURRENT} of the sender. */
  public static final String PROTOCOL = "Jvault-Protocol";

  /** Header of requests and responses: the sender's program version. */
  public static final String PROGRAM = "Jvault-Program";

  /** Header of responses: the daemon's process id. */
  public static final String PID = "Jvault-Pid";

  /** Header of a refusal: an {@link ErrorCode} as text. */
  public static final String ERROR = "Jvault-Error";

  /** Header of a 200: the exit status. */
  public static final String EXIT = "Jvault-Exit";

  /** Header of a 200: how many bytes at the end of the body are lines for standard error. */
  public static final String MESSAGE_BYTES = "Jvault-Message-Bytes";

  /** Header of a 202: the conversation's id. */
  public static final String CONVERSATION = "Jvault-Conversation";

  /**
   * Header of a 202, the kind of question: {@code mfa}, {@code passphrase}, {@code text}, {@code
   * secret} or {@code confirm} for the user; {@code environment}, {@code reading}, {@code notice},
   * {@code waiting} and {@code debug} for the client alone.
   */
  public static final String QUESTION = "Jvault-Question";

  /**
   * Header of a 202, and of the requests about its question: the question's number in its
   * conversation. An answer to a question that is closed is dropped.
   */
  public static final String QUESTION_NUMBER = "Jvault-Question-Number";

  /** Header of a 202: whether the terminal echoes the answer, {@code on} or {@code off}. */
  public static final String ECHO = "Jvault-Echo";

  /** Prefix of the form fields that carry the caller's variables. */
  public static final String VARIABLE_PREFIX = "env.";

  /** Form field: {@code true} if the client can ask on a terminal. */
  public static final String CALLER_TERMINAL = "caller.terminal";

  /** Form field: {@code true} if the client has the vault's passphrase from a variable. */
  public static final String CALLER_PASSPHRASE = "caller.passphrase";

  /** Form field: the width of the caller's terminal in columns; absent if the output is none. */
  public static final String CALLER_COLUMNS = "caller.columns";

  /**
   * Form field: the id of the caller's time zone, such as {@code Europe/Berlin} or {@code
   * GMT+01:00}; times for the user are shown in it.
   */
  public static final String CALLER_ZONE = "caller.zone";

  /**
   * Form field: the only program version that may run the verb. A daemon of another version refuses
   * with {@link ErrorCode#PROGRAM_MISMATCH} before it does anything.
   */
  public static final String REQUIRED_PROGRAM = "required.program";

  /**
   * Form field: {@code true} if the client shows what the daemon does for the call, which then
   * comes as {@link #QUESTION} {@code debug}.
   */
  public static final String CALLER_DEBUG = "caller.debug";

  /** Form field: the name of the caller's terminal, such as {@code pts/3}. */
  public static final String CALLER_TTY = "caller.tty";

  /** Form field: the names of the caller's AWS and jvault variables that are set, one a line. */
  public static final String CALLER_SET = "caller.set";

  /** Form field: the words of the command that {@code doctor} is to judge, one a line. */
  public static final String COMMAND = "command";

  /** Form field: the caller's working folder. */
  public static final String CALLER_FOLDER = "caller.folder";

  /** Form field: the version of the caller's command. */
  public static final String CALLER_PROGRAM = "caller.program";

  /** Form field of {@code server}: only check what would be served, and serve nothing. */
  public static final String CHECK = "check";

  /** Form field: the process that becomes the user's command; a bound grant ends with it. */
  public static final String CALLER_PID = "caller.pid";

  /**
   * In the reply to the verb {@code handover}, in place of the next daemon's options: the client
   * starts none, because systemd keeps the sockets and starts one at the next request.
   */
  public static final String SOCKETS_KEPT = "--sockets-kept";

  private Routes() {}
}
