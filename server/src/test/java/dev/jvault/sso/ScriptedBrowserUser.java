package dev.jvault.sso;

import dev.jvault.prompt.Person;
import dev.jvault.prompt.Question;
import dev.jvault.secret.Secret;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A user who opens each address in a browser, or none. */
final class ScriptedBrowserUser implements Person {
  private static final Pattern ADDRESS = Pattern.compile("https?://\\S+");

  private final boolean opensPages;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<Integer> statuses = new CopyOnWriteArrayList<>();
  private final List<Thread> visits = new CopyOnWriteArrayList<>();
  private volatile boolean here = true;
  private boolean leavesAfterAPage;

  private ScriptedBrowserUser(boolean opensPages) {
    this.opensPages = opensPages;
  }

  static ScriptedBrowserUser whoOpensPages() {
    return new ScriptedBrowserUser(true);
  }

  /** A user who opens the page, and waits no longer once it is there. */
  static ScriptedBrowserUser whoLeavesAfterAPage() {
    var user = new ScriptedBrowserUser(true);
    user.leavesAfterAPage = true;
    return user;
  }

  static ScriptedBrowserUser whoIgnoresPages() {
    return new ScriptedBrowserUser(false);
  }

  @Override
  public void tell(String line) {
    lines.add(line);
    Matcher address = ADDRESS.matcher(line);
    if (opensPages && address.find()) {
      String url = address.group();
      visits.add(Thread.startVirtualThread(() -> statuses.add(visit(url))));
    }
  }

  /** Waits until the pages that the user opened are there. */
  void finishVisits() throws InterruptedException {
    for (Thread visit : visits) {
      visit.join();
    }
  }

  @Override
  public Optional<Secret> ask(Question question) {
    throw new AssertionError("a login asks nothing: " + question);
  }

  @Override
  public boolean waits() {
    return here && !(leavesAfterAPage && !statuses.isEmpty());
  }

  void leave() {
    here = false;
  }

  List<String> lines() {
    return lines;
  }

  /** The addresses that were shown. */
  List<String> addresses() {
    return lines.stream()
        .flatMap(line -> ADDRESS.matcher(line).results())
        .map(r -> r.group())
        .toList();
  }

  /** The status codes of the pages. */
  List<Integer> statuses() {
    return statuses;
  }

  /** Opens a page and follows redirects. */
  static int visit(String address) {
    try {
      var connection = (HttpURLConnection) URI.create(address).toURL().openConnection();
      connection.setInstanceFollowRedirects(true);
      return connection.getResponseCode();
    } catch (IOException e) {
      return -1;
    }
  }
}
