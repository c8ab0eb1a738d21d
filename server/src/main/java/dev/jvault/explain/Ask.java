package dev.jvault.explain;

import dev.jvault.profile.MfaDevice;
import dev.jvault.profile.SsoSession;

/**
 * What a person will be asked for, unless a session that is still good makes it needless.
 *
 * @param what {@code mfa-code}, {@code browser-login} or {@code vault-passphrase}
 * @param of the device's serial number or the login's name; empty for the vault
 * @param how {@code terminal}, {@code mfa_process} or {@code browser}
 * @param sentence the same in words
 */
record Ask(String what, String of, String how, String sentence) {
  static Ask code(MfaDevice device) {
    String serial = Shown.of(device.serial());
    return device
        .process()
        .map(command ->
            new Ask(
                "mfa-code",
                serial,
                "mfa_process",
                "an MFA code of " + serial + ", by mfa_process `" + Shown.of(command) + "`"))
        .orElseGet(() ->
            new Ask(
                "mfa-code", serial, "terminal", "an MFA code of " + serial + ", on the terminal"));
  }

  static Ask login(SsoSession session) {
    String name = Shown.of(session.name());
    return new Ask(
        "browser-login",
        name,
        "browser",
        "a login to IAM Identity Center (" + name + "), in the browser");
  }

  static Ask vault() {
    return new Ask(
        "vault-passphrase",
        "",
        "terminal",
        "the vault, which is locked: its key comes from the keyring, a command or a passphrase");
  }
}
