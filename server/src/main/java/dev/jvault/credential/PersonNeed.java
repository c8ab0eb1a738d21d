package dev.jvault.credential;

import dev.jvault.profile.SsoSession;

/** What the user is needed for. */
public sealed interface PersonNeed {
  /** What is missing, for sentences such as "needs an MFA code". */
  String what();

  /**
   * The code of an MFA device.
   *
   * @param serial the device's ARN or serial number
   */
  record MfaCode(String serial) implements PersonNeed {
    @Override
    public String what() {
      return "an MFA code of " + serial;
    }
  }

  /**
   * A login to IAM Identity Center, in a browser.
   *
   * @param session which login
   */
  record SsoLogin(SsoSession session) implements PersonNeed {
    @Override
    public String what() {
      return "a login to IAM Identity Center (" + session.name() + ")";
    }
  }

  /** The passphrase of the vault. */
  record Passphrase() implements PersonNeed {
    @Override
    public String what() {
      return "the vault's passphrase";
    }
  }

  /** The keyring of the desktop, which holds the vault's key and is locked. */
  record Keyring() implements PersonNeed {
    @Override
    public String what() {
      return "the desktop's keyring, which is locked";
    }
  }

  /** To unlock the vault, after {@code jvault lock}. */
  record Unlocking() implements PersonNeed {
    @Override
    public String what() {
      return "to be unlocked, as `jvault lock` has locked it";
    }
  }
}
