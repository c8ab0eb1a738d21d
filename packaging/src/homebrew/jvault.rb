class Jvault < Formula
  desc "Local credential server for AWS"
  homepage "@HOMEPAGE@"
  url "@URL@"
  sha256 "@SHA256@"
  license "Apache-2.0"

  depends_on arch: :x86_64
  depends_on :linux

  def install
    libexec.install "bin", "lib", "share"
    bin.install_symlink libexec/"bin/jvault"
    man1.install_symlink Dir[libexec/"share/man/man1/*"]
    bash_completion.install_symlink Dir[libexec/"share/bash-completion/completions/*"]
    zsh_completion.install_symlink Dir[libexec/"share/zsh/site-functions/*"]
    fish_completion.install_symlink Dir[libexec/"share/fish/vendor_completions.d/*"]
  end

  # The caches that make starts fast differ from run to run, so no archive has them.
  def post_install
    quiet_system libexec/"lib/jvault/current/lib/train"
  end

  def caveats
    <<~TEXT
      Nothing has been started. To have jvault at each login: jvault service install
      After an upgrade: jvault restart
      The vault is in ~/.local/share/jvault, and stays there when the formula is removed.
    TEXT
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/jvault version")
  end
end
