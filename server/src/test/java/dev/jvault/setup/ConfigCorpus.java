package dev.jvault.setup;

import java.util.List;
import java.util.stream.Stream;

/** Config files as people have them, byte for byte. */
final class ConfigCorpus {
  /**
   * One file.
   *
   * @param text its bytes, each one character
   * @param ownKeys whether its {@code [default]} has credentials
   */
  record Sample(String name, String text, boolean ownKeys) {
    byte[] content() {
      return Bytes.of(text);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final String KEYS =
      "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = canaryOfSetup/0123\n";

  private ConfigCorpus() {}

  static List<Sample> all() {
    return Stream.concat(plain(), withKeys()).toList();
  }

  private static Stream<Sample> plain() {
    return Stream.of(
        sample("an empty file", ""),
        sample("an empty line", "\n"),
        sample("only a comment", "# nothing here yet\n"),
        sample("one profile", "[profile dev]\nregion = eu-west-1\n"),
        sample("no newline at the end", "[profile dev]\nregion = eu-west-1"),
        sample("a blank line at the end", "[profile dev]\nregion = eu-west-1\n\n"),
        sample("white space at the end", "[profile dev]\nregion = eu-west-1\n  \t\n"),
        sample("CRLF", "[default]\r\nregion = eu-west-1\r\n\r\n[profile dev]\r\noutput = json\r\n"),
        sample("CRLF without the last one", "[profile dev]\r\nregion = eu-west-1"),
        sample(
            "CRLF and LF", "[profile dev]\r\nregion = eu-west-1\n[profile b]\noutput = text\r\n"),
        sample("a byte-order mark", "\uFEFF[default]\nregion = eu-west-1\n[profile dev]\n"),
        sample("tabs", "[profile\tdev]\n\tregion\t=\teu-west-1\n\t# tab\n"),
        sample("no blanks", "[default]\nregion=eu-west-1\noutput=json\n[profile dev]\n"),
        sample("colons", "[default]\nregion: eu-west-1\n[profile dev]\noutput: json\n"),
        sample(
            "comments everywhere",
            "# a\n; b\n[profile dev] # c\n# d\nregion = eu-west-1\n  # e\n\n; f\n[default]\n#g\n"),
        sample(
            "[default] first", "[default]\nregion = eu-west-1\n\n[profile dev]\noutput = json\n"),
        sample("[default] last", "[profile dev]\noutput = json\n[default]\nregion = eu-west-1"),
        sample("[default] without settings", "[default]\n[profile dev]\nregion = eu-west-1\n"),
        sample("[profile default]", "[profile default]\nregion = eu-west-1\n[profile dev]\n"),
        sample(
            "both spellings of default",
            "[default]\nregion = eu-west-1\n[profile default]\noutput = json\n[profile dev]\n"),
        sample(
            "an indented file",
            "  [default]\n    region = eu-west-1\n  [profile dev]\n    output = json\n"),
        sample(
            "nested settings",
            """
            [default]
            region = eu-west-1
            s3 =
              max_queue_size = 100
              addressing_style = path
            cli_pager =
            [profile dev]
            """),
        sample(
            "an sso-session",
            """
            [sso-session corp]
            sso_start_url = https://corp.awsapps.com/start
            sso_region = us-east-1
            sso_registration_scopes = sso:account:access

            [profile dev]
            sso_session = corp
            sso_account_id = 111122223333
            sso_role_name = Dev
            """),
        sample(
            "services",
            """
            [services local]
            s3 =
              endpoint_url = http://localhost:4566
            [profile dev]
            services = local
            region = us-east-1
            """),
        sample(
            "roles and MFA",
            """
            [profile base]
            region = eu-central-1
            [profile dev]
            role_arn = arn:aws:iam::123456789012:role/x
            source_profile = base
            mfa_serial = arn:aws:iam::123456789012:mfa/me
            """),
        sample(
            "quoted names",
            "[profile \"my dev\"]\nregion = eu-west-1\n[profile 'it s']\n[profile dev]\n"),
        sample(
            "no ASCII",
            "# Größe: 日本語 ☃\n[profile dev]\nrole_session_name = Müller\n[profile ünï]\n"),
        bytes("bytes that are no UTF-8", "# caf\u00e9\n[profile dev]\nregion = eu-west-1\n"),
        sample(
            "a section twice",
            "[profile dev]\nregion = a-1\n[profile b]\n[profile dev]\noutput = json\n"),
        sample(
            "sections that mean nothing",
            "[plugins]\ncli_legacy = x\n[preview]\n[profile dev]\n[toolkit]\n"),
        sample("lines before a section", "region = eu-west-1\n[profile dev]\noutput = json\n"),
        sample("a broken header", "[profile dev\nregion = eu-west-1\n[profile ok]\n[profile ]\n"),
        sample(
            "aws-vault",
            "[default]\ninclude_profile = base\nmfa_serial = x\n[profile base]\n[profile dev]\n"),
        sample(
            "another tool's block",
            "# >>> conda initialize >>>\n[profile dev]\n# <<< conda initialize <<<\n"),
        sample("a huge file", "[profile dev]\nregion = eu-west-1\n" + huge()));
  }

  private static Stream<Sample> withKeys() {
    return Stream.of(
        keys("keys in [default]", "[default]\n" + KEYS + "[profile dev]\nregion = eu-west-1\n"),
        keys(
            "a role in [default]",
            "[default]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = b\n"),
        keys("a process in [default]", "[default]\ncredential_process = /opt/other\n"),
        keys(
            "a login in [default]",
            "[profile dev]\n[default]\nsso_session = corp\nsso_account_id = 1\n"));
  }

  private static String huge() {
    var text = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      text.append("[profile p%d]\nrole_arn = arn:aws:iam::123456789012:role/r%d\n".formatted(i, i));
    }
    return text.toString();
  }

  private static Sample sample(String name, String text) {
    return new Sample(name, Bytes.utf8(text), false);
  }

  private static Sample bytes(String name, String text) {
    return new Sample(name, text, false);
  }

  private static Sample keys(String name, String text) {
    return new Sample(name, Bytes.utf8(text), true);
  }
}
