package dev.jvault.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The fields of a control request, in order. */
final class Form {
  private final StringBuilder text = new StringBuilder();

  /** Adds a field; a name may be repeated. */
  Form add(String name, String value) {
    if (!text.isEmpty()) {
      text.append('&');
    }
    text.append(URLEncoder.encode(name, StandardCharsets.UTF_8)).append('=');
    text.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    return this;
  }

  /** The request's body, as {@code application/x-www-form-urlencoded}. */
  byte[] bytes() {
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
