package dev.jvault.control;

import dev.jvault.json.JsonText;
import dev.jvault.profile.SsoDirectory;
import dev.jvault.sso.LoginStatus;
import dev.jvault.sso.SsoLogins;
import dev.jvault.vault.Vault;
import io.avaje.json.JsonWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** {@code sso list}: lists the logins to IAM Identity Center, as a table or as JSON. */
final class SsoListVerb implements Verb {
  private static final String NONE = "-";

  private final SsoLogins logins;
  private final SsoDirectory directory;
  private final Vault vault;
  private final VaultAccess vaultAccess;
  private final InstantSource clock;

  SsoListVerb(
      SsoLogins logins,
      SsoDirectory directory,
      Vault vault,
      VaultAccess vaultAccess,
      InstantSource clock) {
    this.logins = logins;
    this.directory = directory;
    this.vault = vault;
    this.vaultAccess = vaultAccess;
    this.clock = clock;
  }

  @Override
  public Reply run(Call call) {
    boolean open = vaultAccess.tryOpen(call) || !vault.exists();
    List<LoginStatus> statuses =
        directory.all(call.environment()).stream().map(logins::status).toList();
    Reply reply =
        Reply.ofOutput(
            call.flag("json")
                ? json(statuses)
                : table(statuses, call.columns(), call.times(clock.instant())));
    return open
        ? reply
        : reply.withMessage("The vault is locked: jvault's own logins are not shown.");
  }

  private static String table(List<LoginStatus> logins, int columns, LocalTimes times) {
    if (logins.isEmpty()) {
      return "No profile uses IAM Identity Center.\n";
    }
    var table = new TextTable("Session", "Start URL", "Region", "Logged in", "Token from");
    for (LoginStatus login : logins) {
      table.row(
          login.session().name(),
          login.session().startUrl().toString(),
          login.session().region(),
          state(login, times),
          place(login));
    }
    return table.whole(0).render(columns);
  }

  private static String json(List<LoginStatus> logins) {
    return JsonText.prettyObject(json -> {
      json.name("sessions");
      json.beginArray();
      logins.forEach(login -> login(json, login));
      json.endArray();
    });
  }

  private static void login(JsonWriter json, LoginStatus login) {
    json.beginObject();
    JsonText.member(json, "name", login.session().name());
    JsonText.member(json, "startUrl", login.session().startUrl().toString());
    JsonText.member(json, "region", login.session().region());
    JsonText.member(json, "legacy", login.session().legacy());
    JsonText.member(json, "loggedIn", login.until().isPresent());
    JsonText.time(json, "tokenExpiration", login.until());
    JsonText.member(json, "renewed", login.refreshed());
    JsonText.member(json, "shared", login.shared());
    JsonText.member(
        json, "source", login.place().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    json.endObject();
  }

  private static String state(LoginStatus login, LocalTimes times) {
    return login
        .until()
        .map(end -> login.refreshed() ? "yes, renewed" : "for " + times.left(end))
        .orElse(login.place() == LoginStatus.Place.LOCKED ? "?" : NONE);
  }

  private static String place(LoginStatus login) {
    return switch (login.place()) {
      case NONE -> NONE;
      case VAULT -> login.shared() ? "vault, shared" : "vault";
      case AWS_CLI -> "AWS CLI";
      case LOCKED -> "locked vault";
    };
  }
}
