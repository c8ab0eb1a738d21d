package dev.jvault.http;

import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;

/** The headers by which requests of browsers and forwarding proxies differ from those of SDKs. */
final class BrowserHeaders {
  /** Proxies send these; neither an SDK nor a browser does. */
  private static final List<String> PROXIES = List.of("X-Forwarded-For", "Forwarded", "Via");

  /** Browsers send these (rebinding, fetch, forms); no SDK does. */
  private static final List<String> BROWSERS = List.of("Origin", "Referer", "Cookie");

  private BrowserHeaders() {}

  /** Whether there are none. */
  static boolean areAbsent(HttpFields headers) {
    return Stream.concat(PROXIES.stream(), BROWSERS.stream()).noneMatch(headers::contains)
        && headers.stream().noneMatch(field -> field.getLowerCaseName().startsWith("sec-"));
  }

  /**
   * Whether a browser opens a page of its own with this request, as far as it says. Browsers that
   * send no {@code Sec-Fetch-*} (Safari before 16.4, text browsers) reveal a page's fetch by its
   * {@code Origin} only. A page that is opened ahead of time is refused, because the browser opens
   * it again when the user wants it.
   */
  static boolean openAPage(HttpFields headers) {
    return PROXIES.stream().noneMatch(headers::contains)
        && !headers.contains("Origin")
        && !headers.contains("Sec-Purpose")
        && isOrAbsent(headers, "Sec-Fetch-Mode", "navigate")
        && isOrAbsent(headers, "Sec-Fetch-Dest", "document");
  }

  private static boolean isOrAbsent(HttpFields headers, String name, String value) {
    List<String> values = headers.getValuesList(name);
    return values.isEmpty() || values.equals(List.of(value));
  }
}
