package dev.jvault.testing;

import dev.jvault.protocol.ProtocolVersion;
import dev.jvault.protocol.Routes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A client of the control socket: one user with one environment. */
public final class ControlTestClient {
  private final Path socket;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private String protocol = Integer.toString(ProtocolVersion.CURRENT);

  /** A client without a terminal. */
  public ControlTestClient(Path socket, Map<String, String> environment) {
    this.socket = socket;
    environment.forEach((name, value) -> fields.put(Routes.VARIABLE_PREFIX + name, value));
  }

  /** This client with one more field in each form, such as {@code caller.terminal=true}. */
  public ControlTestClient with(String field) {
    var other = new ControlTestClient(socket, Map.of());
    other.protocol = protocol;
    other.fields.putAll(fields);
    put(other.fields, field);
    return other;
  }

  /** This client on a terminal. */
  public ControlTestClient atTerminal() {
    return with(Routes.CALLER_TERMINAL + "=true");
  }

  /** This client with another value of a variable. */
  public ControlTestClient variable(String name, String value) {
    return with(Routes.VARIABLE_PREFIX + name + "=" + value);
  }

  /** This client with another protocol version. */
  public ControlTestClient speaking(String version) {
    var other = with("other=protocol");
    other.protocol = version;
    return other;
  }

  /** Sends a verb with options such as {@code profile=dev}. */
  public ControlResponse call(String verb, String... options) {
    var form = new LinkedHashMap<>(fields);
    for (String option : options) {
      put(form, option);
    }
    String body =
        form.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return exchange("POST", Routes.VERBS + verb, body);
  }

  /** Sends a verb, answers its questions in turn, and returns the last response. */
  public ControlResponse converse(String verb, List<String> answers, String... options) {
    ControlResponse response = call(verb, options);
    for (String text : answers) {
      response = reply(response, text);
    }
    return response;
  }

  /** Answers a question. */
  public ControlResponse reply(ControlResponse question, String text) {
    return exchange("POST", Routes.CONVERSATIONS + question.header(Routes.CONVERSATION), text);
  }

  /** Skips notices, which need no answer. */
  public ControlResponse pastNotices(ControlResponse response) {
    ControlResponse next = response;
    while (next.question().startsWith("notice") || next.question().startsWith("waiting")) {
      next = reply(next, "");
    }
    return next;
  }

  /** Waits until a question is closed. */
  public ControlResponse awaitEnd(ControlResponse question) {
    return exchange(
        "GET", Routes.CONVERSATIONS + question.header(Routes.CONVERSATION), "", number(question));
  }

  /** Answers a question, unless it is closed; the response is the conversation's next event. */
  public ControlResponse replyInTime(ControlResponse question, String text) {
    return exchange(
        "POST",
        Routes.CONVERSATIONS + question.header(Routes.CONVERSATION),
        text,
        number(question));
  }

  private static String number(ControlResponse question) {
    return Routes.QUESTION_NUMBER + ": " + question.header(Routes.QUESTION_NUMBER) + "\r\n";
  }

  /** Cancels a question. */
  public ControlResponse giveUp(ControlResponse question) {
    return exchange("DELETE", Routes.CONVERSATIONS + question.header(Routes.CONVERSATION), "");
  }

  /** Sends one request. */
  public ControlResponse exchange(String method, String path, String body) {
    return exchange(method, path, body, "");
  }

  private ControlResponse exchange(String method, String path, String body, String headers) {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    String type =
        path.startsWith(Routes.VERBS) ? "application/x-www-form-urlencoded" : "text/plain";
    String head =
        "%s %s HTTP/1.1\r\nHost: localhost\r\n%s: %s\r\n%s: 9.9\r\nContent-Type: %s\r\n"
            .formatted(method, path, Routes.PROTOCOL, protocol, Routes.PROGRAM, type);
    try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      var out = Channels.newOutputStream(channel);
      out.write(
          (head + headers + "Content-Length: " + content.length + "\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.UTF_8));
      out.write(content);
      out.flush();
      return ControlResponse.parse(Channels.newInputStream(channel).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(Map<String, String> form, String field) {
    int equals = field.indexOf('=');
    form.put(field.substring(0, equals), field.substring(equals + 1));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
