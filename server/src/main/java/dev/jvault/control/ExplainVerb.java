package dev.jvault.control;

import dev.jvault.explain.Explainer;
import dev.jvault.explain.Explainer.VaultState;
import dev.jvault.explain.Explanation;
import dev.jvault.explain.ExplanationJson;
import dev.jvault.explain.ExplanationText;
import dev.jvault.vault.Vault;

/**
 * {@code explain}: shows how a profile resolves and what is wrong with it. It never asks the user
 * and never calls AWS.
 */
final class ExplainVerb implements Verb {
  private final Explainer explainer;
  private final Vault vault;

  ExplainVerb(Explainer explainer, Vault vault) {
    this.explainer = explainer;
    this.vault = vault;
  }

  @Override
  public boolean endsWithItsClient() {
    return true;
  }

  @Override
  public Reply run(Call call) {
    Explanation explanation = explainer.explain(call.profile(), call.environment(), state(vault));
    String out =
        call.flag("json")
            ? ExplanationJson.of(explanation)
            : ExplanationText.of(explanation, call.environment().get("HOME"));
    return new Reply(explanation.exit(), out, explanation.problem().orElse(""));
  }

  private static VaultState state(Vault vault) {
    if (!vault.exists()) {
      return VaultState.NONE;
    }
    return vault.unlocked() ? VaultState.UNLOCKED : VaultState.LOCKED;
  }
}
