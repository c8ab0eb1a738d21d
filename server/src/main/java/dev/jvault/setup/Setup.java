package dev.jvault.setup;

import dev.jvault.files.ForeignFiles;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sets targets up and takes them back. Working something out changes nothing; only {@link #apply}
 * does, all of it or nothing. For any number of threads.
 */
public final class Setup {
  /**
   * A target on this machine.
   *
   * @param id its word on the command line, with NAME if a profile follows
   * @param title what it does
   * @param detected what shows that it is here; empty if nothing does
   * @param onRequest whether it is set up only if it is named
   * @param setUp what setup has written for it
   */
  public record Listed(
      String id, String title, Optional<String> detected, boolean onRequest, List<String> setUp) {}

  private static final DateTimeFormatter BACKUP_DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final SetupStateFile stateFile;
  private final ForeignFiles files;
  private final InstantSource clock;
  private final ReentrantLock applying = new ReentrantLock();

  /**
   * Setup that remembers in a folder.
   *
   * @param state the daemon's folder of state
   */
  public Setup(Path state, InstantSource clock) {
    this.files = new ForeignFiles();
    this.stateFile = new SetupStateFile(state.resolve("setup.json"), files);
    this.clock = clock;
  }

  /** Looks at the files of users. */
  public ForeignFiles files() {
    return files;
  }

  /** All targets. */
  public List<Listed> list(SetupContext context) {
    SetupState state = stateFile.read();
    return Targets.ALL.stream()
        .map(target -> {
          SetupTarget.Description description = target.description();
          return new Listed(
              description.id() + (description.takesProfile() ? " NAME" : ""),
              description.title(),
              target.detected(context),
              description.onRequest(),
              state.entries().stream()
                  .filter(entry -> isOf(entry, description.id()))
                  .map(entry -> entry.target() + " in " + entry.file())
                  .toList());
        })
        .toList();
  }

  /**
   * Works out what has to change for targets.
   *
   * @param words of the command line; none for all that are detected
   * @throws JvaultException if a target that was named cannot be set up
   */
  public Prepared prepare(SetupContext context, List<String> words) {
    return words.isEmpty()
        ? detected(context)
        : prepared(context, TargetWords.read(words), new ArrayList<>());
  }

  private Prepared detected(SetupContext context) {
    List<TargetWords.Named> chosen = new ArrayList<>();
    List<String> left = new ArrayList<>();
    for (SetupTarget target : Targets.ALL) {
      var named = new TargetWords.Named(target, Optional.empty());
      if (target.description().onRequest() || target.detected(context).isEmpty()) {
        continue;
      }
      try {
        Prepared _ = prepared(context, List.of(named), List.of());
        chosen.add(named);
      } catch (JvaultException e) {
        left.add("Left %s: %s".formatted(target.description().id(), e.sentence()));
      }
    }
    return prepared(context, chosen, left);
  }

  private Prepared prepared(
      SetupContext context, List<TargetWords.Named> named, List<String> left) {
    SetupState before = stateFile.read();
    List<String> profiles = profiles(context, named);
    Map<String, SetupEdit> edits = new LinkedHashMap<>();
    Set<String> targets = new LinkedHashSet<>();
    Set<String> notes = new LinkedHashSet<>();
    for (TargetWords.Named one : named) {
      requireProfile(one);
      SetupTarget.Wishes wishes =
          one.target().wishes(context, one.profile().map(List::of).orElse(profiles));
      wishes.edits().forEach(edit -> edits.put(edit.target() + "\n" + edit.file(), edit));
      targets.add(
          one.target().description().id() + one.profile().map(name -> " " + name).orElse(""));
      notes.addAll(wishes.notes());
    }
    SetupPlan plan = SetupPlanner.plan(List.copyOf(edits.values()), before, files);
    return new Prepared(before, plan, false, List.copyOf(targets), List.copyOf(notes), left);
  }

  /** The profiles that the command line names, else those that are served. */
  private static List<String> profiles(SetupContext context, List<TargetWords.Named> named) {
    List<String> given =
        named.stream()
            .filter(one -> one.target() instanceof ProfileTarget)
            .flatMap(one -> one.profile().stream())
            .distinct()
            .toList();
    return given.isEmpty()
        ? context.served().stream().map(ServedAddress::name).distinct().toList()
        : given;
  }

  private static void requireProfile(TargetWords.Named one) {
    if (one.target() instanceof DefaultTarget && one.profile().isEmpty()) {
      throw new JvaultException(ExitCode.USAGE, "Say which profile: jvault setup default NAME.");
    }
  }

  /**
   * Works out the block of generated profiles of an Identity Center.
   *
   * @throws JvaultException if two of them would have one name, or the file cannot be changed
   */
  public SsoProfiles.Plan prepare(SsoProfiles profiles) {
    return SsoBlock.plan(profiles, stateFile.read(), files);
  }

  /** The roles whose profiles the block of an Identity Center has already. */
  public Set<SsoProfiles.Role> written(SsoProfiles profiles) {
    return SsoBlock.roles(profiles, files);
  }

  /**
   * Works out how to take targets back.
   *
   * @param words of the command line; none for everything
   */
  public Prepared prepareUndo(List<String> words) {
    SetupState before = stateFile.read();
    List<SetupState.Entry> entries = new ArrayList<>();
    List<String> left = new ArrayList<>();
    Set<String> notes = new LinkedHashSet<>();
    if (words.isEmpty()) {
      entries.addAll(before.entries());
      Targets.ALL.stream()
          .filter(
              target -> entries.stream().anyMatch(entry -> isOf(entry, target.description().id())))
          .forEach(target -> notes.addAll(target.undoNotes()));
    }
    for (TargetWords.Named one : TargetWords.read(words)) {
      List<SetupState.Entry> found = entries(before, one);
      if (found.isEmpty()) {
        left.add(nothingOf(one));
      } else {
        entries.addAll(found);
        notes.addAll(one.target().undoNotes());
      }
    }
    List<String> targets = entries.stream().map(SetupState.Entry::target).distinct().toList();
    return new Prepared(
        before, UndoPlanner.plan(entries, before, files), true, targets, List.copyOf(notes), left);
  }

  private static List<SetupState.Entry> entries(SetupState state, TargetWords.Named one) {
    String id = one.target().description().id();
    boolean oneProfile = id.equals("profile") && one.profile().isPresent();
    return state.entries().stream()
        .filter(entry ->
            oneProfile ? entry.target().equals("profile " + one.profile().get()) : isOf(entry, id))
        .toList();
  }

  private static boolean isOf(SetupState.Entry entry, String id) {
    return entry.target().equals(id) || entry.target().startsWith(id + " ");
  }

  private static String nothingOf(TargetWords.Named one) {
    String id = one.target().description().id();
    return one.target() instanceof IdeTarget
        ? id + " has nothing of its own: `jvault setup --undo profile NAME` takes the profile back."
        : "Nothing of " + id + one.profile().map(name -> " " + name).orElse("") + " is set up.";
  }

  /**
   * Changes the files.
   *
   * @return the backups of files that were changed
   * @throws JvaultException if a file cannot be changed; none is changed then
   */
  public List<Path> apply(Prepared prepared) {
    applying.lock();
    try {
      if (!stateFile.read().equals(prepared.before())) {
        throw new JvaultException(
            ExitCode.PROFILE,
            "Another `jvault setup` has just changed something; run this one again. Nothing was changed.");
      }
      Optional<String> date =
          prepared.undo() ? Optional.empty() : Optional.of(BACKUP_DATE.format(clock.instant()));
      var writer = new ChangeWriter(files, stateFile, date);
      List<Path> backups = writer.write(prepared.plan(), prepared.before());
      writer.tidy(prepared.before(), prepared.plan().after());
      return backups;
    } finally {
      applying.unlock();
    }
  }
}
