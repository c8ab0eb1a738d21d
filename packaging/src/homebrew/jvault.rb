class Jvault < Formula
  desc "Local credential server for AWS"
  homepage "@HOMEPAGE@"
  url "@URL@"
  sha256 "@SHA256@"
  license "Apache-2.0"

  depends_on arch: :x86_64
  depends_on :linux

  def install
    prefix.install "bin", "lib", "share"
  end

  # The caches that make starts fast differ from run to run, so no archive has them.
  def post_install
    quiet_system prefix/"lib/jvault/current/lib/train"
  end

  def caveats
    <<~TEXT
      Nothing has been started. To have jvault at each login: jvault service install
      The vault is in ~/.local/share/jvault, and stays there when the formula is removed.
    TEXT
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/jvault version")
  end
end
