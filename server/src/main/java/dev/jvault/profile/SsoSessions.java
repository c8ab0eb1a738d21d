package dev.jvault.profile;

import dev.jvault.protocol.NearestNames;
import dev.jvault.protocol.PrintableText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads logins to IAM Identity Center from profiles and {@code [sso-session]} sections. */
final class SsoSessions {
  private static final List<String> USUAL_SCOPES = List.of("sso:account:access");

  private final SettingLookup lookup;

  SsoSessions(SettingLookup lookup) {
    this.lookup = lookup;
  }

  /** The login that a profile uses. */
  SsoSession of(Profile profile) {
    Optional<Setting> name = lookup.own(profile, "sso_session");
    return name.isPresent() ? named(name.get(), profile) : legacy(profile);
  }

  /**
   * The login of an {@code [sso-session NAME]} section.
   *
   * @param user a profile that uses it, whose connection settings apply
   */
  SsoSession of(String name, Section section, Optional<Profile> user) {
    return session(
        name, section, section.position().toString(), user.orElseGet(() -> Profile.ofKey(name)));
  }

  /**
   * A login that no config file has yet.
   *
   * @param startUrl its address, and where the caller has it from
   * @param region the region of Identity Center, likewise
   */
  SsoSession fresh(String name, Setting startUrl, Setting region) {
    return session(
        name, startUrl, region, USUAL_SCOPES, false, SsoLoginSettings.USUAL, Profile.ofKey(name));
  }

  private SsoSession named(Setting name, Profile profile) {
    Section section =
        lookup
            .ssoSession(name.text())
            .orElseThrow(() ->
                name.wrong(
                    "names an [sso-session] section that does not exist"
                        + NearestNames.question(
                                name.text(),
                                lookup.ssoSessions().stream().map(PrintableText::quoted).toList())
                            .orElse("; correct it")));
    SsoSession session = session(name.text(), section, section.position().toString(), profile);
    refuseAnother(profile, "sso_start_url", session.startUrl().toString());
    refuseAnother(profile, "sso_region", session.region());
    return session;
  }

  /** As in botocore, a value that the profile repeats must be the same. */
  private static void refuseAnother(Profile profile, String key, String same) {
    profile
        .setting(key)
        .filter(setting -> !setting.text().equals(same))
        .ifPresent(setting -> {
          throw setting.wrong("contradicts the [sso-session] section; remove one of them");
        });
  }

  private SsoSession session(String name, Section section, String where, Profile profile) {
    section
        .problem()
        .ifPresent(problem -> {
          throw new Setting("sso_session", name, where).wrong("is broken: " + problem);
        });
    Setting startUrl = required(section, "sso_start_url", name, where);
    Setting region = required(section, "sso_region", name, where);
    List<String> scopes =
        lookup
            .remembered(section.setting("sso_registration_scopes"))
            .map(list ->
                Stream.of(list.text().split(",")).map(String::strip).filter(s -> !s.isEmpty()))
            .map(Stream::toList)
            .orElse(USUAL_SCOPES);
    return session(name, startUrl, region, scopes, false, loginSettings(section), profile);
  }

  private SsoLoginSettings loginSettings(Section section) {
    return SsoLoginSettings.of(
        lookup.remembered(section.setting(SsoLoginSettings.LOGIN)),
        lookup.remembered(section.setting(SsoLoginSettings.REDIRECT_PORT)));
  }

  private Setting required(Section section, String key, String name, String where) {
    return lookup
        .remembered(section.setting(key))
        .orElseThrow(() ->
            new Setting("[sso-session " + PrintableText.quoted(name) + "]", name, where)
                .wrong("has no " + key + "; add it"));
  }

  private SsoSession legacy(Profile profile) {
    Setting startUrl = legacy(profile, "sso_start_url");
    Setting region = legacy(profile, "sso_region");
    return session(
        startUrl.text(), startUrl, region, List.of(), true, SsoLoginSettings.USUAL, profile);
  }

  private Setting legacy(Profile profile, String key) {
    return lookup
        .own(profile, key)
        .orElseThrow(() ->
            SourceKeys.sso(profile)
                .orElseThrow(() -> new IllegalStateException("a profile of Identity Center"))
                .wrong("needs sso_session, or sso_start_url and sso_region, beside it; add it"));
  }

  private SsoSession session(
      String name,
      Setting startUrl,
      Setting regionSetting,
      List<String> scopes,
      boolean legacy,
      SsoLoginSettings login,
      Profile profile) {
    String region = ServiceTargets.checkedRegion(regionSetting);
    var targets = new ServiceTargets(lookup);
    return new SsoSession(
        name,
        address(startUrl),
        region,
        scopes,
        legacy,
        targets.of("sso_oidc", region, profile),
        targets.of("sso", region, profile),
        login);
  }

  private static URI address(Setting setting) {
    try {
      URI address = new URI(setting.text());
      boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
      if (web && address.getHost() != null && address.getUserInfo() == null) {
        return address;
      }
    } catch (URISyntaxException _) {
      // Falls through to the sentence that names the place.
    }
    throw setting.wrong(
        "is not an address such as https://my-company.awsapps.com/start; correct it");
  }
}
