package dev.jvault.browser;

import dev.jvault.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** The pages that a browser shows during a login: one sentence, and nothing that it loads. */
public final class BrowserPage {
  private BrowserPage() {}

  /** A page with a sentence. */
  public static HttpResponse of(int status, String sentence) {
    byte[] page =
        ("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>jvault</title><p>"
                + sentence
                + "</p></html>\n")
            .getBytes(StandardCharsets.UTF_8);
    return HttpResponse.of(status, "text/html; charset=utf-8", page)
        .with("Referrer-Policy", "no-referrer")
        .with("Content-Security-Policy", "default-src 'none'")
        .with("Connection", "close");
  }

  /** Leads the browser to another page. */
  public static HttpResponse leadingTo(String address) {
    return of(302, "The login page opens.").with("Location", address);
  }
}
