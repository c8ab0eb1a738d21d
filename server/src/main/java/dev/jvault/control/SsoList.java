package dev.jvault.control;

import dev.jvault.json.JsonText;
import dev.jvault.sso.LoginView;
import io.avaje.json.JsonWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The logins to IAM Identity Center, for a person and for a program. */
final class SsoList {
  private static final String NONE = "-";

  private final List<LoginView> logins;

  SsoList(List<LoginView> logins) {
    this.logins = logins;
  }

  String table(int columns, Instant now) {
    if (logins.isEmpty()) {
      return "No profile uses IAM Identity Center.\n";
    }
    var table = new Table("Session", "Start URL", "Region", "Logged in", "Token from");
    for (LoginView login : logins) {
      table.row(
          login.session().name(),
          login.session().startUrl().toString(),
          login.session().region(),
          state(login, now),
          place(login));
    }
    return table.whole(0).render(columns);
  }

  String json() {
    return JsonText.prettyObject(json -> {
      json.name("sessions");
      json.beginArray();
      logins.forEach(login -> login(json, login));
      json.endArray();
    });
  }

  private static void login(JsonWriter json, LoginView login) {
    json.beginObject();
    JsonText.member(json, "name", login.session().name());
    JsonText.member(json, "startUrl", login.session().startUrl().toString());
    JsonText.member(json, "region", login.session().region());
    JsonText.member(json, "legacy", login.session().legacy());
    JsonText.member(json, "loggedIn", login.until().isPresent());
    JsonText.member(json, "tokenExpiration", login.until().map(Instant::toString));
    JsonText.member(json, "renewed", login.refreshed());
    JsonText.member(json, "shared", login.shared());
    JsonText.member(
        json, "source", login.place().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    json.endObject();
  }

  private static String state(LoginView login, Instant now) {
    return login
        .until()
        .map(end -> login.refreshed() ? "yes, renewed" : "for " + DurationText.left(end, now))
        .orElse(login.place() == LoginView.Place.LOCKED ? "?" : NONE);
  }

  private static String place(LoginView login) {
    return switch (login.place()) {
      case NONE -> NONE;
      case VAULT -> login.shared() ? "vault, shared" : "vault";
      case AWS_CLI -> "AWS CLI";
      case LOCKED -> "locked vault";
    };
  }
}
