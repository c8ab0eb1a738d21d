package dev.jvault.control;

import dev.jvault.grant.Grant;
import dev.jvault.grant.Grants;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.NearestNames;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** {@code revoke}: ends grants, so that their tokens give no more credentials. */
final class RevokeVerb implements Verb {
  private final Grants grants;
  private final Supplier<Set<String>> served;

  /**
   * The verb.
   *
   * @param served the names of the profiles that are kept ready at the moment
   */
  RevokeVerb(Grants grants, Supplier<Set<String>> served) {
    this.grants = grants;
    this.served = served;
  }

  @Override
  public Reply run(Call call) {
    List<String> known = grants.all().stream().map(Grant::id).toList();
    Set<String> wanted = new HashSet<>(call.flag("all") ? known : call.values("grant"));
    if (call.flag("all") && known.isEmpty()) {
      return Reply.ofMessage("There are no grants.");
    }
    if (wanted.isEmpty()) {
      throw new JvaultException(
          ExitCode.USAGE, "Say which grant, or --all; `jvault grants` lists them.");
    }
    // Checks all of them before it ends any: all or none.
    call.values("grant").forEach(id -> requireKnown(id, known));
    if (call.flag("all") && !call.flag("force") && !Confirmation.given(call, question(known))) {
      throw new JvaultException(
          ExitCode.PERSON, "Nothing was revoked; use --force to revoke without a question.");
    }
    Set<String> unserved = new TreeSet<>(served.get());
    List<Grant> ended = grants.end(grant -> wanted.contains(grant.id()));
    unserved.removeAll(served.get());
    String ids = String.join(", ", ended.stream().map(Grant::id).toList());
    return Reply.ofMessage(
        ended.isEmpty()
            ? "Nothing was revoked: those grants have just ended by themselves."
            : "Revoked "
                + ids
                + (ended.size() == 1 ? "; programs that hold it" : "; programs that hold them")
                + " get no more credentials, and the next `jvault exec` or `jvault server` makes a"
                + " new grant."
                + notKept(unserved));
  }

  private static String notKept(Set<String> unserved) {
    return unserved.isEmpty() ? "" : " No longer kept ready: " + String.join(", ", unserved) + ".";
  }

  private static String question(List<String> ids) {
    return "Revoke "
        + (ids.size() == 1 ? "the only grant" : "all " + ids.size() + " grants")
        + "? Programs that hold them get no more credentials.";
  }

  private static void requireKnown(String id, List<String> known) {
    if (known.contains(id)) {
      return;
    }
    List<String> near = NearestNames.to(id, known);
    throw new JvaultException(
        ExitCode.USAGE,
        "There is no grant %s, and nothing was revoked; %s"
            .formatted(
                id,
                near.isEmpty()
                    ? "`jvault grants` lists them."
                    : "did you mean " + String.join(", ", near) + "?"));
  }
}
