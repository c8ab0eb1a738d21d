package dev.jvault.setup;

import dev.jvault.files.ForeignFiles;
import dev.jvault.profile.ConfigText;
import dev.jvault.profile.WrittenProfile;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.PrintableText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Works out the marked block of generated profiles in the config file. What the block has stays as
 * the user left it, in its order; new profiles follow. Everything outside stays byte for byte.
 */
final class SsoBlock {
  private final SsoProfiles request;
  private final String target;
  private final UserFile file;
  private final String text;
  private final Optional<MarkedBlock> found;
  private final String lineEnd;
  private final List<SsoBlockPart> parts;
  private final List<String> notes = new ArrayList<>();
  private int leftOut;

  private SsoBlock(SsoProfiles request, ForeignFiles files) {
    this.request = request;
    this.target = target(request.session());
    this.file = UserFile.read(request.config(), files);
    this.text = file.text().orElse("");
    this.found = MarkedBlock.find(text, target);
    this.lineEnd = Bytes.lineEnd(found.map(MarkedBlock::text).orElse(text));
    this.parts = SsoBlockPart.split(found.map(this::inner).orElse(""));
  }

  /** What the block is called in its comments. */
  static String target(String session) {
    return "sso " + session;
  }

  /**
   * Plans the block.
   *
   * @throws JvaultException if two profiles would have one name, or the file cannot be changed
   */
  static SsoProfiles.Plan plan(SsoProfiles request, SetupState state, ForeignFiles files) {
    return new SsoBlock(request, files).plan(state);
  }

  /** The roles whose profiles the block has. */
  static Set<SsoProfiles.Role> roles(SsoProfiles request, ForeignFiles files) {
    return new SsoBlock(request, files).known().keySet();
  }

  private SsoProfiles.Plan plan(SetupState state) {
    refuseOneNameTwice();
    List<SsoProfiles.Wanted> added = added();
    List<String> pruned = new ArrayList<>();
    var body = new StringBuilder();
    if (!request.section().isEmpty()) {
      append(body, request.section());
    }
    for (SsoBlockPart part : parts) {
      kept(part, pruned).ifPresent(kept -> join(body, kept));
    }
    added.forEach(wanted -> append(body, lines(wanted)));
    List<FileChange> changes = new ArrayList<>();
    String after = whole(body);
    if (!after.equals(text)) {
      changes.add(new FileChange(file, Optional.of(after)));
    }
    var plan = new SetupPlan(changes, state, List.of(), List.of());
    return new SsoProfiles.Plan(
        new Prepared(state, plan, false, List.of(target), List.of(), List.of()),
        added.stream().map(SsoProfiles.Wanted::profile).toList(),
        request.wanted().size() - added.size() - leftOut,
        pruned,
        notes);
  }

  /** The lines between the two comments. */
  private String inner(MarkedBlock block) {
    List<String> lines = Lines.of(block.text());
    if (!lines.getLast().strip().equals(Bytes.utf8(MarkedBlock.last(target)))) {
      throw new JvaultException(
          ExitCode.PROFILE,
          "The block of `jvault sso setup` in %s has lost its last line; write `%s` below its profiles. Nothing was changed."
              .formatted(file.file(), MarkedBlock.last(target)));
    }
    return String.join("", lines.subList(1, lines.size() - 1));
  }

  private Map<SsoProfiles.Role, SsoBlockPart> known() {
    Map<SsoProfiles.Role, SsoBlockPart> known = new LinkedHashMap<>();
    parts.forEach(
        part -> part.role(request.session()).ifPresent(role -> known.putIfAbsent(role, part)));
    return known;
  }

  private void refuseOneNameTwice() {
    Map<String, SsoProfiles.Wanted> names = new HashMap<>();
    for (SsoProfiles.Wanted wanted : request.wanted()) {
      SsoProfiles.Wanted other = names.putIfAbsent(wanted.profile(), wanted);
      if (other != null) {
        throw new JvaultException(
            ExitCode.USAGE,
            "Two profiles would be called %s: %s, and %s. Add a part such as {account_id} to --template. Nothing was written."
                .formatted(PrintableText.quoted(wanted.profile()), other.shown(), wanted.shown()));
      }
    }
  }

  /** The wanted profiles that can be added. */
  private List<SsoProfiles.Wanted> added() {
    Map<SsoProfiles.Role, SsoBlockPart> known = known();
    Set<String> inBlock = new LinkedHashSet<>();
    parts.stream()
        .filter(part -> part.kind().equals("profile"))
        .forEach(part -> inBlock.add(part.name()));
    Map<String, WrittenProfile> elsewhere = new HashMap<>();
    request.existing().stream()
        .filter(profile -> !inBlock.contains(profile.name()))
        .forEach(profile -> elsewhere.put(profile.name(), profile));
    List<SsoProfiles.Wanted> added = new ArrayList<>();
    for (SsoProfiles.Wanted wanted : request.wanted()) {
      WrittenProfile taken = elsewhere.get(wanted.profile());
      if (known.containsKey(wanted.role())) {
        continue;
      }
      if (inBlock.contains(wanted.profile())) {
        leftOut++;
        notes.add(taken(wanted, "the block has another profile of that name"));
      } else if (taken == null) {
        added.add(wanted);
      } else if (!same(taken, wanted)) {
        leftOut++;
        notes.add(taken(wanted, "you have a profile of that name (" + taken.where() + ")"));
      }
    }
    return added;
  }

  private static String taken(SsoProfiles.Wanted wanted, String why) {
    return "Left out %s for %s, because %s; another --template gives it another name."
        .formatted(PrintableText.quoted(wanted.profile()), wanted.shown(), why);
  }

  private boolean same(WrittenProfile profile, SsoProfiles.Wanted wanted) {
    return profile.session().filter(request.session()::equals).isPresent()
        && profile.accountId().filter(wanted.role().accountId()::equals).isPresent()
        && profile.roleName().filter(wanted.role().name()::equals).isPresent();
  }

  /** A part as it stays in the block; empty if it is taken out. */
  private Optional<String> kept(SsoBlockPart part, List<String> pruned) {
    Optional<SsoProfiles.Role> role = part.role(request.session());
    if (role.isEmpty()) {
      return Optional.of(part.text());
    }
    if (request.assigned().contains(role.get())) {
      return Optional.of(part.unmarked());
    }
    if (!request.prune()) {
      notes.add(
          "You no longer have the %s of profile %s; --prune takes the profile out."
              .formatted(role.get().shown(), PrintableText.quoted(part.name())));
      return Optional.of(part.marked(lineEnd));
    }
    if (part.untouched()) {
      pruned.add(part.name());
      return Optional.empty();
    }
    notes.add(
        "Kept profile %s although you no longer have its role, because it has settings of yours; take it out yourself."
            .formatted(PrintableText.quoted(part.name())));
    return Optional.of(part.marked(lineEnd));
  }

  private List<String> lines(SsoProfiles.Wanted wanted) {
    List<String> lines = new ArrayList<>();
    lines.add(ConfigText.header(wanted.profile()));
    lines.add("sso_session = " + request.session());
    lines.add("sso_account_id = " + wanted.role().accountId());
    lines.add("sso_role_name = " + wanted.role().name());
    request.region().ifPresent(region -> lines.add("region = " + region));
    return lines;
  }

  /** Adds a new section, below an empty line. */
  private void append(StringBuilder body, List<String> lines) {
    end(body);
    if (!body.isEmpty() && !endsBlank(body)) {
      body.append(lineEnd);
    }
    lines.forEach(line -> body.append(Bytes.utf8(line)).append(lineEnd));
  }

  /** Adds a part that was there, below an empty line if it follows a new section. */
  private void join(StringBuilder body, String part) {
    end(body);
    if (!body.isEmpty() && !request.section().isEmpty() && !endsBlank(body)) {
      body.append(lineEnd);
    }
    body.append(part);
  }

  private static boolean endsBlank(StringBuilder body) {
    int above = body.lastIndexOf("\n", body.length() - 2);
    return body.substring(above + 1).isBlank();
  }

  private void end(StringBuilder body) {
    if (!body.isEmpty() && body.charAt(body.length() - 1) != '\n') {
      body.append(lineEnd);
    }
  }

  /** The text of the file with the block in its place, or at the end. */
  private String whole(StringBuilder body) {
    end(body);
    if (found.isPresent()) {
      MarkedBlock block = found.get();
      List<String> lines = Lines.of(block.text());
      return text.substring(0, block.start())
          + lines.getFirst()
          + body
          + lines.getLast()
          + text.substring(block.end());
    }
    if (body.isEmpty()) {
      return text;
    }
    boolean complete = text.isEmpty() || text.endsWith("\n") || text.endsWith("\r");
    return text
        + (complete ? "" : lineEnd)
        + (text.isEmpty() ? "" : lineEnd)
        + Bytes.utf8(MarkedBlock.first(target))
        + lineEnd
        + body
        + Bytes.utf8(MarkedBlock.last(target))
        + lineEnd;
  }
}
