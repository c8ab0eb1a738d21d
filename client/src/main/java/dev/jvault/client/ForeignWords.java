package dev.jvault.client;

import static dev.jvault.client.ForeignVerb.answered;
import static dev.jvault.client.ForeignVerb.understood;
import static dev.jvault.client.Tool.AWS_SSO;
import static dev.jvault.client.Tool.AWS_VAULT;
import static dev.jvault.client.Tool.GRANTED;

import dev.jvault.client.ForeignMeaning.Instead;
import dev.jvault.client.ForeignMeaning.NoEffect;
import dev.jvault.client.ForeignMeaning.Same;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The commands and options of other tools that jvault has not itself. A command that changes
 * something is answered with the help text of jvault's, never with the command.
 */
final class ForeignWords {
  private static final List<String> EVERY_VERB = List.of();
  private static final List<String> BY_PROFILE = List.of("env", "credential-process", "login");

  private static final String IN_PASS =
      "`JVAULT_KEY_COMMAND='pass show jvault'` keeps the key of a new vault in pass.";
  private static final String BY_COMMAND =
      "jvault has one vault, and JVAULT_KEY_COMMAND names the command that prints its key, such as"
          + " `op read` or `pass-cli`.";
  private static final String IN_KEYRING =
      "jvault has one vault, whose key is in the OS keyring under a name of its own.";
  private static final String COMPLETION =
      "`jvault setup --dry-run shell` shows the lines that make your shell complete jvault.";
  private static final String FROM_IDENTITY_CENTER =
      "`jvault sso setup --dry-run` shows the profiles that it would write.";
  private static final String ROLE_BY_PROFILE =
      "jvault finds a role by its profile; `jvault list` shows the profiles.";
  private static final String REFRESHES = "jvault's credentials refresh by themselves.";
  private static final String LIST_AS_JSON = "`jvault list --json` prints every field, for `jq`.";
  private static final String LOG_LEVEL =
      "`--debug` shows what the daemon does, and `jvault log` what it has done.";

  private ForeignWords() {}

  /** The options that take a value and that may stand before the name of a profile. */
  static final Set<String> VALUED =
      Set.of(
          "-s",
          "--service",
          "-r",
          "--region",
          "-cd",
          "--console-destination",
          "-pt",
          "--pass-through",
          "-d",
          "--duration",
          "-bp",
          "--browser-profile",
          "--exec",
          "--sso-start-url",
          "--sso-region",
          "--account-id",
          "--role-name",
          "--mfa-token",
          "--save-to",
          "--aws-config-file",
          "-a",
          "--arn",
          "-A",
          "--account",
          "-R",
          "--role",
          "-S",
          "--sso-instance",
          "-L",
          "--level",
          "--from",
          "--to");

  /** The options, the ones that stand before the verb first. */
  static final List<ForeignOption> OPTIONS =
      List.of(
          option(
              AWS_VAULT,
              "backend",
              new NoEffect(
                  "jvault has one vault, whose key is in the OS keyring, behind a passphrase, or"
                      + " printed by JVAULT_KEY_COMMAND.")),
          option(AWS_VAULT, "keychain", new NoEffect(IN_KEYRING)),
          option(AWS_VAULT, "secret-service-collection", new NoEffect(IN_KEYRING)),
          option(AWS_VAULT, "pass-dir", new NoEffect(IN_PASS)),
          option(AWS_VAULT, "pass-cmd", new NoEffect(IN_PASS)),
          option(AWS_VAULT, "pass-prefix", new NoEffect(IN_PASS)),
          option(
              AWS_VAULT,
              "file-dir",
              new NoEffect("JVAULT_HOME is the folder of jvault's vault and settings.")),
          option(AWS_VAULT, "op-timeout", new NoEffect(BY_COMMAND)),
          option(AWS_VAULT, "op-vault-id", new NoEffect(BY_COMMAND)),
          option(AWS_VAULT, "op-item-title-prefix", new NoEffect(BY_COMMAND)),
          option(AWS_VAULT, "op-item-tag", new NoEffect(BY_COMMAND)),
          option(AWS_VAULT, "op-connect-host", new NoEffect(BY_COMMAND)),
          option(AWS_VAULT, "op-desktop-account-id", new NoEffect(BY_COMMAND)),
          option(AWS_VAULT, "proton-pass-share-id", new NoEffect(BY_COMMAND)),
          option(AWS_VAULT, "proton-pass-item-title-prefix", new NoEffect(BY_COMMAND)),
          option(AWS_VAULT, "proton-pass-api-base", new NoEffect(BY_COMMAND)),
          option(AWS_VAULT, "proton-pass-timeout", new NoEffect(BY_COMMAND)),
          flag(
              AWS_VAULT,
              EVERY_VERB,
              "",
              "biometrics",
              new NoEffect("the OS keyring decides how it is unlocked.")),
          flag(AWS_VAULT, EVERY_VERB, "", "parallel-safe", new Same(List.of())),
          option(AWS_VAULT, "completion-script-bash", false, new Instead(COMPLETION)),
          option(AWS_VAULT, "completion-script-zsh", false, new Instead(COMPLETION)),
          option(AWS_VAULT, "completion-script-fish", false, new Instead(COMPLETION)),
          option(AWS_VAULT, "help-long", false, new Instead("`man jvault` explains every verb.")),
          option(AWS_VAULT, "help-man", false, new Instead("`man jvault` shows the manual page.")),
          flag(AWS_VAULT, List.of("exec"), "s", "server", new Same(List.of())),
          flag(AWS_VAULT, List.of("exec"), "", "ecs-server", new Same(List.of())),
          flag(AWS_VAULT, List.of("exec"), "", "ec2-server", new Same(List.of("--imds"))),
          flag(AWS_VAULT, List.of("exec"), "", "lazy", new Same(List.of())),
          flag(
              AWS_VAULT,
              List.of("exec"),
              "j",
              "json",
              new Instead("`jvault credential-process NAME` prints the credentials as JSON.")),
          flag(
              AWS_VAULT,
              List.of("exec", "export", "env"),
              "",
              "stdout",
              new NoEffect(
                  "`jvault sso login --no-browser` logs in first, and prints the address.")),
          flag(
              AWS_VAULT,
              List.of("login"),
              "",
              "device-code",
              new NoEffect("`jvault sso login --device-code` logs in first, with a code.")),
          flag(
              AWS_VAULT,
              List.of("add"),
              "",
              "add-config",
              new NoEffect("a profile that only the vault knows needs no line in ~/.aws/config.")),
          flag(AWS_VAULT, List.of("add"), "", "no-add-config", new Same(List.of())),
          flag(
              AWS_VAULT,
              List.of("remove"),
              "s",
              "sessions-only",
              new Same(List.of("--sessions-only"))),
          flag(AWS_VAULT, List.of("remove"), "f", "force", new Same(List.of("--force"))),
          flag(
              AWS_VAULT,
              List.of("rotate"),
              "n",
              "no-session",
              new NoEffect(
                  "rotate signs with the key itself, or with its MFA session if the profile has one.")),
          flag(GRANTED, EVERY_VERB, "", "verbose", new Same(List.of("--debug"))),
          flag(
              GRANTED,
              List.of("credential-process"),
              "",
              "auto-login",
              new NoEffect("`jvault sso login` logs in, once for all programs.")),
          flag(GRANTED, List.of("credential-process"), "", "no-cache", new NoEffect(REFRESHES)),
          new ForeignOption(
              GRANTED,
              List.of("credential-process"),
              "",
              "window",
              true,
              new NoEffect("AWS_MIN_TTL says how long credentials must last.")),
          new ForeignOption(
              AWS_SSO, BY_PROFILE, "p", "profile", true, new Same(List.of(ForeignMeaning.VALUE))),
          new ForeignOption(
              AWS_SSO,
              List.of("exec"),
              "p",
              "profile",
              true,
              new Instead("Write the profile as a word: `jvault exec {} -- CMD`.")),
          role("a", "arn"),
          role("A", "account"),
          role("R", "role"),
          flag(
              AWS_SSO,
              List.of("env", "credential-process"),
              "n",
              "no-region",
              new NoEffect("a command for a profile runs in the region of the profile.")),
          flag(AWS_SSO, List.of("env"), "r", "refresh", new NoEffect(REFRESHES)),
          flag(
              AWS_SSO,
              EVERY_VERB,
              "",
              "sts-refresh",
              new NoEffect("`jvault help clear` says how sessions are forgotten.")),
          flag(AWS_SSO, EVERY_VERB, "", "lines", new NoEffect(LOG_LEVEL)),
          flag(
              AWS_SSO,
              EVERY_VERB,
              "",
              "no-config-check",
              new NoEffect("jvault changes ~/.aws/config only if you ask for it.")),
          new ForeignOption(AWS_SSO, EVERY_VERB, "L", "level", true, new NoEffect(LOG_LEVEL)),
          new ForeignOption(
              AWS_SSO,
              EVERY_VERB,
              "S",
              "sso",
              true,
              new NoEffect("the `sso_session` of the profile says where to log in.")),
          new ForeignOption(
              AWS_SSO,
              EVERY_VERB,
              "b",
              "browser",
              true,
              new NoEffect("the variable BROWSER names the browser.")),
          new ForeignOption(
              AWS_SSO,
              EVERY_VERB,
              "u",
              "url-action",
              true,
              new NoEffect("`jvault sso login --no-browser` prints the address.")),
          option(
              AWS_SSO, "threads", new NoEffect("jvault asks AWS for what it needs at the moment.")),
          flag(AWS_SSO, List.of("list"), "c", "csv", new Instead(LIST_AS_JSON)),
          flag(AWS_SSO, List.of("list"), "f", "list-fields", new Instead(LIST_AS_JSON)),
          new ForeignOption(
              AWS_SSO, List.of("list"), "P", "prefix", true, new Instead(LIST_AS_JSON)),
          new ForeignOption(AWS_SSO, List.of("list"), "s", "sort", true, new Instead(LIST_AS_JSON)),
          flag(AWS_SSO, List.of("list"), "", "reverse", new Instead(LIST_AS_JSON)));

  /**
   * The commands; of two that fit, the one with more words counts. A verb of jvault's counts before
   * one of a single word.
   */
  static final List<ForeignVerb> VERBS =
      List.of(
          answered(
              AWS_VAULT,
              "proxy",
              "`jvault exec --imds NAME -- CMD` serves instance metadata without one, and"
                  + " `jvault help link-local` says how 169.254.169.254 answers.",
              Map.of("--stop", "`jvault link-local status` says whether 169.254.169.254 answers.")),
          answered(
              AWS_VAULT, "migrate-backend", "jvault has one vault and no backends to move it to."),
          answered(AWS_VAULT, "completion", COMPLETION),
          answered(
              GRANTED,
              "assume",
              "write `eval \"$(jvault env NAME)\"` for this shell, or `jvault exec NAME` for a new"
                  + " one.",
              assumeOptions()),
          answered(GRANTED, "sso generate", FROM_IDENTITY_CENTER),
          answered(GRANTED, "sso populate", FROM_IDENTITY_CENTER),
          answered(GRANTED, "sso-tokens", "`jvault sso list` shows the logins."),
          answered(GRANTED, "sso-tokens clear", "`jvault help sso` says how a login is ended."),
          answered(GRANTED, "credentials add", "`jvault help add` says how a key is stored."),
          answered(GRANTED, "credentials update", "`jvault help add` says how a key is replaced."),
          answered(
              GRANTED,
              "credentials import",
              "`jvault help import` says how a key moves out of the credentials file."),
          answered(
              GRANTED, "credentials import-from-env", "`jvault help add` says it, at `--env`."),
          answered(
              GRANTED, "credentials remove", "`jvault help remove` says how a key is removed."),
          answered(
              GRANTED, "credentials rotate", "`jvault help rotate` says how a key is renewed."),
          answered(
              GRANTED, "credentials list", "`jvault list --credentials` shows the stored keys."),
          answered(
              GRANTED,
              "credentials export-plaintext",
              "jvault writes no stored key into a file; `jvault exec NAME -- CMD` gives CMD a"
                  + " session."),
          answered(GRANTED, "browser", "the variable BROWSER names the browser that jvault opens."),
          answered(GRANTED, "settings", "`jvault status` shows what holds, and the man page why."),
          answered(
              GRANTED,
              "registry",
              "jvault reads the files that AWS_CONFIG_FILE and the AWS CLI" + " name."),
          answered(GRANTED, "token", "`jvault sso list` shows the logins."),
          answered(GRANTED, "uninstall", "`jvault help setup` says how its lines are taken out."),
          answered(
              AWS_SSO,
              "credentials",
              "`jvault credential-process NAME` prints a session, and no file gets one."),
          understood(AWS_SSO, "eval", "env"),
          understood(AWS_SSO, "process", "credential-process"),
          understood(AWS_SSO, "console", "login"),
          answered(AWS_SSO, "flush", "`jvault help clear` says how sessions are forgotten."),
          answered(
              AWS_SSO, "cache", "jvault keeps no list of roles; `jvault sso accounts` asks AWS."),
          answered(AWS_SSO, "completions", COMPLETION),
          answered(AWS_SSO, "setup completions", COMPLETION),
          answered(AWS_SSO, "config", FROM_IDENTITY_CENTER),
          answered(AWS_SSO, "config-profiles", FROM_IDENTITY_CENTER),
          answered(AWS_SSO, "setup wizard", FROM_IDENTITY_CENTER),
          answered(AWS_SSO, "setup profiles", FROM_IDENTITY_CENTER),
          answered(AWS_SSO, "setup ecs", "jvault's endpoint has its tokens from the start."),
          answered(AWS_SSO, "logout", "`jvault help sso` says how a login is ended."),
          answered(AWS_SSO, "tags", "`jvault list` shows the profiles."),
          answered(AWS_SSO, "time", "`jvault status` shows how long each session lasts."),
          answered(AWS_SSO, "static", "`jvault help add` says how a key is stored."),
          answered(AWS_SSO, "ecs", "`jvault status` shows what the endpoint serves."),
          answered(
              AWS_SSO,
              "ecs server",
              "`jvault exec NAME -- CMD` starts what serves it; `jvault help server` is for IDEs."),
          answered(AWS_SSO, "ecs load", "`jvault help server` says how NAME is kept ready."),
          answered(AWS_SSO, "ecs unload", "`jvault help server` says it, at `--forget`."));

  private static Map<String, String> assumeOptions() {
    String console = "`jvault login NAME` opens the console.";
    String unset = "`jvault exec NAME` starts a shell whose end takes it all back.";
    String service = "`jvault login --service SERVICE NAME` opens the console there.";
    String url = "`jvault login --stdout NAME` prints the address of the console.";
    String destination = "`jvault login --destination URL NAME` opens the console there.";
    String file = "`jvault credential-process NAME` prints a session as JSON.";
    String ini = "`jvault exec NAME -- CMD` gives it to CMD, and writes it into no file.";
    return Map.ofEntries(
        Map.entry("-c", console),
        Map.entry("--console", console),
        Map.entry("-ar", console),
        Map.entry("--active-role", console),
        Map.entry("-u", url),
        Map.entry("--url", url),
        Map.entry("-s", service),
        Map.entry("--service", service),
        Map.entry("-cd", destination),
        Map.entry("--console-destination", destination),
        Map.entry("-un", unset),
        Map.entry("--unset", unset),
        Map.entry("-e", file),
        Map.entry("--env", file),
        Map.entry("-ex", ini),
        Map.entry("--export", ini),
        Map.entry("--exec", "`jvault exec NAME -- CMD` runs a command."),
        Map.entry("--sso", FROM_IDENTITY_CENTER));
  }

  private static ForeignOption option(Tool tool, String name, ForeignMeaning meaning) {
    return option(tool, name, true, meaning);
  }

  private static ForeignOption option(
      Tool tool, String name, boolean valued, ForeignMeaning meaning) {
    return new ForeignOption(tool, EVERY_VERB, "", name, valued, meaning);
  }

  private static ForeignOption flag(
      Tool tool, List<String> verbs, String letter, String name, ForeignMeaning meaning) {
    return new ForeignOption(tool, verbs, letter, name, false, meaning);
  }

  private static ForeignOption role(String letter, String name) {
    return new ForeignOption(
        AWS_SSO,
        List.of("exec", "env", "credential-process", "login"),
        letter,
        name,
        true,
        new Instead(ROLE_BY_PROFILE));
  }
}
