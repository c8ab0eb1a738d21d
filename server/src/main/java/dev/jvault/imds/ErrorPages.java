package dev.jvault.imds;

import dev.jvault.http.HttpResponse;
import dev.jvault.http.Problem;
import java.nio.charset.StandardCharsets;

/** Error responses in the format of EC2's metadata service: a small XHTML page with the status. */
final class ErrorPages {
  private ErrorPages() {}

  /** The page for a refusal of the gate. */
  static HttpResponse of(Problem problem) {
    return of(problem.status());
  }

  /** The page for a status. */
  static HttpResponse of(int status) {
    String title = title(status);
    byte[] page =
        """
        <?xml version="1.0" encoding="iso-8859-1"?>
        <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
        \t"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
        <html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">
         <head>
          <title>%1$s</title>
         </head>
         <body>
          <h1>%1$s</h1>
         </body>
        </html>
        """
            .formatted(title)
            .getBytes(StandardCharsets.ISO_8859_1);
    return HttpResponse.of(status, "text/html", page).with("Server", InstanceDocuments.SERVER);
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "400 - Bad Request";
      case 401 -> "401 - Unauthorized";
      case 403 -> "403 - Forbidden";
      case 404 -> "404 - Not Found";
      case 405 -> "405 - Method Not Allowed";
      case 413 -> "413 - Payload Too Large";
      case 500 -> "500 - Internal Server Error";
      default -> Integer.toString(status);
    };
  }
}
