package dev.jvault.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The fields of a control request, in the order in which they were added. */
final class Form {
  private final StringBuilder text = new StringBuilder();

  /** Adds a field; a name may occur more than once. */
  Form add(String name, String value) {
    if (!text.isEmpty()) {
      text.append('&');
    }
    text.append(URLEncoder.encode(name, StandardCharsets.UTF_8)).append('=');
    text.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    return this;
  }

  /** The body in {@code application/x-www-form-urlencoded}. */
  byte[] bytes() {
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
