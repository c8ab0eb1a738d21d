package dev.jvault.doctor;

import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.SsoDirectory;
import dev.jvault.profile.SsoSession;
import dev.jvault.protocol.PrintableText;
import dev.jvault.sso.LoginStatus;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Logins to IAM Identity Center that have ended. */
final class LoginsCheck implements Check {
  private final SsoDirectory directory;
  private final Function<SsoSession, LoginStatus> logins;
  private final InstantSource clock;

  LoginsCheck(
      SsoDirectory directory, Function<SsoSession, LoginStatus> logins, InstantSource clock) {
    this.directory = directory;
    this.logins = logins;
    this.clock = clock;
  }

  @Override
  public String id() {
    return "logins";
  }

  @Override
  public List<Finding> examine(ExaminedCaller caller) {
    CallerEnvironment environment = caller.environment();
    List<Finding> ended =
        directory.all(environment).stream()
            .map(logins)
            .flatMap(login -> ended(login).stream())
            .toList();
    return ended.isEmpty()
        ? List.of(Finding.ok("No login to IAM Identity Center has ended."))
        : ended;
  }

  private Optional<Finding> ended(LoginStatus login) {
    boolean lives =
        login.refreshed()
            || login.place() == LoginStatus.Place.LOCKED
            || login.until().filter(end -> end.isAfter(clock.instant())).isPresent();
    String name = PrintableText.quoted(login.session().name());
    return lives
        ? Optional.empty()
        : Optional.of(
            Finding.note(
                "You are not logged in to %s.".formatted(name),
                "Profiles that use it have no credentials until you log in.",
                "jvault sso login " + name));
  }
}
