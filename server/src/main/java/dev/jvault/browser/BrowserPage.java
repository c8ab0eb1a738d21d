package dev.jvault.browser;

import dev.jvault.digest.Digests;
import dev.jvault.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The pages that a browser shows during a login: what has happened, and what to do next. They load
 * nothing and run nothing.
 */
public final class BrowserPage {
  private static final String STYLE =
      ":root{color-scheme:light dark;--ground:#f4f5f7;--card:#fff;--text:#1b1f24;--soft:#57606a;--line:#d8dee4;--mark:#1f7a4d}"
          + "@media(prefers-color-scheme:dark){:root{--ground:#0f1216;--card:#181c22;--text:#e8ebef;--soft:#9aa4b0;--line:#2c333c;--mark:#4cc38a}}"
          + "*{box-sizing:border-box}"
          + "body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem;background:var(--ground);color:var(--text);font:1rem/1.5 system-ui,sans-serif}"
          + "main{width:100%;max-width:28rem;padding:2rem;background:var(--card);border:1px solid var(--line);border-top:4px solid var(--mark);border-radius:.75rem}"
          + "body.bad{--mark:#c2410c}"
          + "h1{margin:0 0 .5rem;font-size:1.375rem;line-height:1.3}"
          + "p{margin:0;color:var(--soft)}"
          + "footer{margin-top:1.5rem;padding-top:1rem;border-top:1px solid var(--line);color:var(--soft);font:.8125rem ui-monospace,monospace}";

  private static final String POLICY =
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src 'sha256-%s'"
          .formatted(Base64.getEncoder().encodeToString(Digests.sha256(STYLE)));

  private BrowserPage() {}

  /** A page that tells of a failure if its status is one. */
  public static HttpResponse of(int status, String sentence) {
    return of(
        status, status < 400 ? "Go back to your terminal" : "This page leads nowhere", sentence);
  }

  /**
   * A page with a title and a sentence, neither of which may hold anything of a request.
   *
   * @param status a failure is shown as one
   */
  public static HttpResponse of(int status, String title, String sentence) {
    return page(status, status >= 400, title, sentence);
  }

  /** A page for a login that failed, although the browser did nothing wrong. */
  public static HttpResponse failed(String title, String sentence) {
    return page(200, true, title, sentence);
  }

  /** Leads the browser to another page. */
  public static HttpResponse leadingTo(String address) {
    return of(302, "The login page opens", "If it does not, go back to your terminal.")
        .with("Location", address);
  }

  private static HttpResponse page(int status, boolean bad, String title, String sentence) {
    String text =
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%2$s - jvault</title>
        <style>%1$s</style>
        </head>
        <body%4$s>
        <main>
        <h1>%2$s</h1>
        <p>%3$s</p>
        <footer>jvault on this machine</footer>
        </main>
        </body>
        </html>
        """
            .formatted(STYLE, title, sentence, bad ? " class=\"bad\"" : "");
    return HttpResponse.of(
            status, "text/html; charset=utf-8", text.getBytes(StandardCharsets.UTF_8))
        .with("Referrer-Policy", "no-referrer")
        .with("X-Content-Type-Options", "nosniff")
        .with("Content-Security-Policy", POLICY)
        .with("Connection", "close");
  }
}
