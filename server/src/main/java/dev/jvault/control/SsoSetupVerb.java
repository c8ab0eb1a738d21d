package dev.jvault.control;

import dev.jvault.profile.ConfigEditor;
import dev.jvault.profile.ConfigFiles;
import dev.jvault.profile.RegionName;
import dev.jvault.profile.SsoDirectory;
import dev.jvault.profile.SsoSession;
import dev.jvault.prompt.Question;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.setup.ProfileTemplate;
import dev.jvault.setup.Setup;
import dev.jvault.setup.SsoProfiles;
import dev.jvault.sso.SsoAccount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code sso setup}: from the address of an Identity Center to a profile for each role there.
 * Writes nothing before everything is known.
 */
final class SsoSetupVerb implements Verb {
  private final SsoPortalQuestions questions;
  private final SsoListing listing;
  private final SsoDirectory directory;
  private final Setup setup;
  private final ConfigEditor editor;

  SsoSetupVerb(
      SsoPortalQuestions questions,
      SsoListing listing,
      SsoDirectory directory,
      Setup setup,
      ConfigEditor editor) {
    this.questions = questions;
    this.listing = listing;
    this.directory = directory;
    this.setup = setup;
    this.editor = editor;
  }

  @Override
  public Reply run(Call call) {
    var template = ProfileTemplate.of(call.value("template").orElse(ProfileTemplate.USUAL));
    if (call.value("region").filter(text -> !RegionName.valid(text)).isPresent()) {
      throw new JvaultException(
          ExitCode.USAGE, "--region takes a region such as eu-west-1; correct it.");
    }
    var filter = new SsoFilter(call);
    SsoSession session = questions.session(call);
    List<SsoAccount> accounts = listing.of(call, session);
    List<SsoProfiles.Wanted> wanted = wanted(call, template, session, filter.of(accounts));
    SsoProfiles request = request(call, session, wanted, accounts);
    boolean terminal = call.person().canAnswer(Question.Kind.TEXT) && !call.flag("yes");
    if (terminal && filter.isEmpty() && wanted.size() > 1 && !call.flag("dry-run")) {
      List<SsoProfiles.Wanted> chosen = new SsoChoice(wanted, setup.written(request)).asked(call);
      request = request(call, session, chosen, accounts);
    }
    SsoProfiles.Plan plan = setup.prepare(request);
    if (call.flag("dry-run")) {
      return new Reply(ExitCode.OK, plan.prepared().diff(), lines(summary(plan, request, false)));
    }
    if (plan.prepared().isEmpty()) {
      return Reply.ofMessage(lines(summary(plan, request, false)));
    }
    if (terminal) {
      call.person().tell(lines(summary(plan, request, false)));
      if (!Confirmation.given(call, "Change " + request.config() + "?")) {
        return Reply.failed(ExitCode.PERSON, "Nothing was written.");
      }
    }
    return apply(call, plan, request);
  }

  private Reply apply(Call call, SsoProfiles.Plan plan, SsoProfiles request) {
    List<Path> backups = setup.apply(plan.prepared());
    editor.changed(call.environment());
    List<String> lines = new ArrayList<>(summary(plan, request, true));
    backups.forEach(backup -> lines.add("The file as it was before: " + backup));
    plan.added().stream()
        .findFirst()
        .ifPresent(
            name -> lines.add("Try it: jvault exec " + name + " -- aws sts get-caller-identity"));
    return Reply.ofMessage(lines(lines));
  }

  private static List<String> summary(SsoProfiles.Plan plan, SsoProfiles request, boolean done) {
    List<String> lines = new ArrayList<>(plan.notes());
    List<String> parts = new ArrayList<>();
    parts.add((done ? "Added " : "To add: ") + profiles(plan.added().size()));
    parts.add("already there: " + plan.there());
    if (request.prune()) {
      parts.add((done ? "taken out: " : "to take out: ") + plan.pruned().size());
    }
    lines.add(
        "%s (%s, %s)."
            .formatted(String.join(", ", parts), "session " + request.session(), request.config()));
    return lines;
  }

  private static String profiles(int count) {
    return count == 1 ? "1 profile" : count + " profiles";
  }

  private SsoProfiles request(
      Call call, SsoSession session, List<SsoProfiles.Wanted> wanted, List<SsoAccount> accounts) {
    Set<SsoProfiles.Role> assigned = new HashSet<>();
    accounts.forEach(account ->
        account.roles().forEach(role -> assigned.add(new SsoProfiles.Role(account.id(), role))));
    boolean there = directory.sectionNames(call.environment()).contains(session.name());
    return new SsoProfiles(
        ConfigFiles.of(call.environment()).config(),
        session.name(),
        there ? List.of() : section(call, session),
        wanted,
        assigned,
        directory.profiles(call.environment()),
        call.value("region"),
        call.flag("prune"));
  }

  private static List<String> section(Call call, SsoSession session) {
    List<String> lines = new ArrayList<>();
    lines.add("[sso-session " + session.name() + "]");
    lines.add("sso_start_url = " + session.startUrl());
    lines.add("sso_region = " + session.region());
    lines.add("sso_registration_scopes = " + String.join(",", session.scopes()));
    if (call.flag("device-code")) {
      lines.add("jvault_login = device-code");
    }
    SsoRedirectPort.of(call).ifPresent(port -> lines.add("jvault_redirect_port = " + port));
    return lines;
  }

  private static List<SsoProfiles.Wanted> wanted(
      Call call, ProfileTemplate template, SsoSession session, List<SsoAccount> accounts) {
    List<SsoProfiles.Wanted> wanted = new ArrayList<>();
    Optional<String> region = call.value("region");
    for (SsoAccount account : accounts) {
      Map<String, String> parts = new HashMap<>();
      parts.put("account_id", account.id());
      parts.put("account_name", account.name().isBlank() ? account.id() : account.name());
      parts.put("account_email", account.email());
      parts.put("sso_session", session.name());
      parts.put("sso_region", session.region());
      parts.put("region", region.orElse(session.region()));
      for (String role : account.roles()) {
        parts.put("role_name", role);
        wanted.add(
            new SsoProfiles.Wanted(
                template.name(parts), new SsoProfiles.Role(account.id(), role), account.name()));
      }
    }
    return wanted;
  }

  private static String lines(List<String> lines) {
    return String.join("\n", lines);
  }
}
