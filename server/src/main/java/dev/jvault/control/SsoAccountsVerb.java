package dev.jvault.control;

import dev.jvault.json.JsonText;
import dev.jvault.sso.SsoAccount;
import io.avaje.json.JsonWriter;
import java.util.List;

/** {@code sso accounts}: lists the accounts and roles that a login gives, as a table or as JSON. */
final class SsoAccountsVerb implements Verb {
  private final SsoSessionOption sessionOption;
  private final SsoListing listing;

  SsoAccountsVerb(SsoSessionOption sessionOption, SsoListing listing) {
    this.sessionOption = sessionOption;
    this.listing = listing;
  }

  @Override
  public Reply run(Call call) {
    List<SsoAccount> accounts = new SsoFilter(call).of(listing.of(call, sessionOption.of(call)));
    return Reply.ofOutput(call.flag("json") ? json(accounts) : table(accounts, call.columns()));
  }

  private static String table(List<SsoAccount> accounts, int columns) {
    var table = new TextTable("Account", "ID", "Email", "Roles");
    accounts.forEach(account ->
        table.row(
            account.name(), account.id(), account.email(), String.join(", ", account.roles())));
    return table.whole(1).render(columns);
  }

  private static String json(List<SsoAccount> accounts) {
    return JsonText.prettyObject(json -> {
      json.name("accounts");
      json.beginArray();
      accounts.forEach(account -> account(json, account));
      json.endArray();
    });
  }

  private static void account(JsonWriter json, SsoAccount account) {
    json.beginObject();
    JsonText.member(json, "id", account.id());
    JsonText.member(json, "name", account.name());
    JsonText.member(json, "email", account.email());
    json.name("roles");
    json.beginArray();
    account.roles().forEach(json::value);
    json.endArray();
    json.endObject();
  }
}
