package dev.jvault.setup;

import java.util.List;
import java.util.Optional;

/** Something that setup makes find its credentials, such as a profile, a shell or an IDE. */
interface SetupTarget {
  /**
   * Facts about a target.
   *
   * @param id its word on the command line
   * @param title what it does, as a clause
   * @param takesProfile whether the name of a profile follows its word
   * @param onRequest whether it is set up only if the user names it
   */
  record Description(String id, String title, boolean takesProfile, boolean onRequest) {}

  /**
   * What a target wants.
   *
   * @param edits of files
   * @param notes for the user once they are done, each a sentence
   */
  record Wishes(List<SetupEdit> edits, List<String> notes) {
    /** Copies the lists. */
    public Wishes {
      edits = List.copyOf(edits);
      notes = List.copyOf(notes);
    }
  }

  Description description();

  /** What shows that the target is on this machine, as a clause; empty if nothing does. */
  Optional<String> detected(SetupContext context);

  /**
   * What the target wants.
   *
   * @param profiles those that the user named for it, or else those that are served; may be empty
   * @throws dev.jvault.protocol.JvaultException if it cannot be set up
   */
  Wishes wishes(SetupContext context, List<String> profiles);

  /** What the user does after the target has been taken back, each a sentence. */
  default List<String> undoNotes() {
    return List.of();
  }
}
