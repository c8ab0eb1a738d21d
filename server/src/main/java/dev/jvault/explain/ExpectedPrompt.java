package dev.jvault.explain;

import dev.jvault.profile.MfaDevice;
import dev.jvault.profile.SsoSession;
import java.util.Optional;

/**
 * What the user will be asked for, unless a session that is still valid makes it unnecessary.
 *
 * @param what {@code mfa-code}, {@code browser-login} or {@code vault-passphrase}
 * @param of the device's serial number or the login's name; empty for the vault
 * @param how {@code terminal}, {@code mfa_process}, {@code browser} or what AWS_VAULT_PROMPT names
 * @param sentence the same in words
 */
record ExpectedPrompt(String what, String of, String how, String sentence) {
  /**
   * The code of a device.
   *
   * @param driver what {@code AWS_VAULT_PROMPT} says
   */
  static ExpectedPrompt code(MfaDevice device, Optional<String> driver) {
    String serial = DisplayedText.of(device.serial());
    String how =
        device
            .process()
            .map(_ -> "mfa_process")
            .or(() -> driver.map(DisplayedText::of))
            .orElse("terminal");
    String words =
        device
            .process()
            .map(command -> "by mfa_process `" + DisplayedText.of(command) + "`")
            .or(() ->
                driver.map(name -> "by " + DisplayedText.of(name) + ", as AWS_VAULT_PROMPT says"))
            .orElse("on the terminal that waits for it, otherwise in a dialog");
    return new ExpectedPrompt("mfa-code", serial, how, "an MFA code of " + serial + ", " + words);
  }

  static ExpectedPrompt login(SsoSession session) {
    String name = DisplayedText.of(session.name());
    return new ExpectedPrompt(
        "browser-login",
        name,
        "browser",
        "a login to IAM Identity Center (" + name + "), in the browser");
  }

  static ExpectedPrompt vault() {
    return new ExpectedPrompt(
        "vault-passphrase",
        "",
        "terminal",
        "the vault, which is locked: its key comes from the keyring, a command or a passphrase");
  }
}
