package dev.jvault.sso;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the address and the page of an access portal tell of it. */
public final class StartPage {
  private StartPage() {}

  /** The region that an address names itself. */
  public static Optional<String> regionIn(URI address) {
    String host = Optional.ofNullable(address.getHost()).orElse("").toLowerCase(Locale.ROOT);
    Matcher matcher = Addresses.REGIONAL.matcher(host);
    return matcher.matches()
        ? Stream.of("a", "b", "c")
            .flatMap(part -> Stream.ofNullable(matcher.group(part)))
            .findFirst()
        : Optional.empty();
  }

  /** The region in the text of a page. */
  public static Optional<String> regionIn(String page) {
    Matcher meta = Addresses.META.matcher(page);
    while (meta.find()) {
      Matcher content = Addresses.CONTENT.matcher(meta.group());
      if (content.find()) {
        return Optional.of(content.group(1));
      }
    }
    return Optional.empty();
  }

  /** The forms that AWS uses. */
  private static final class Addresses {
    private static final String REGION = "[a-z]{2,5}(?:-[a-z]+){1,3}-[0-9]{1,2}";

    /**
     * {@code ssoins-1.portal.eu-west-1.app.aws}, {@code ssoins-1.eu-west-1.portal.amazonaws.com},
     * and {@code start.us-gov-west-1.us-gov-home.awsapps.com}.
     */
    private static final Pattern REGIONAL =
        Pattern.compile(
            ("[a-z0-9-]+\\.portal\\.(?<a>%1$s)\\.app\\.(?:aws|amazonwebservices\\.com\\.cn|[a-z0-9.-]+)"
                    + "|[a-z0-9-]+\\.(?<b>%1$s)\\.portal\\.amazonaws\\.com(?:\\.cn)?"
                    + "|start\\.(?<c>%1$s)\\.[a-z-]+\\.awsapps\\.(?:com|cn)")
                .formatted(REGION));

    private static final Pattern META =
        Pattern.compile("<meta\\b[^>]{0,200}\\bname=[\"']?region[\"'\\s/>][^>]{0,200}>?");
    private static final Pattern CONTENT =
        Pattern.compile("\\bcontent=[\"']?(" + REGION + ")[\"'\\s/>]");

    private Addresses() {}
  }
}
