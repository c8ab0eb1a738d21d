package dev.jvault.client;

import java.util.List;

/** What a word of another tool means here. */
sealed interface ForeignMeaning {
  /** What stands for the value of the option in words and sentences. */
  String VALUE = "{}";

  /**
   * Writes the words that do the same here, and a note if there is something to know.
   *
   * @param value of the option; empty if it takes none
   * @throws dev.jvault.protocol.JvaultException if another command does it here
   */
  void apply(Verb verb, ForeignOption option, String value, List<String> words, List<String> notes);

  /**
   * These words do the same; none, if jvault does it anyway.
   *
   * @param own options and names of jvault
   */
  record Same(List<String> own) implements ForeignMeaning {
    /** Copies the list. */
    public Same {
      own = List.copyOf(own);
    }

    @Override
    public void apply(
        Verb verb, ForeignOption option, String value, List<String> words, List<String> notes) {
      own.forEach(word -> words.add(word.replace(VALUE, value)));
    }
  }

  /**
   * It changes nothing here, and the command goes on.
   *
   * @param instead the end of a sentence: what jvault has in its place
   */
  record NoEffect(String instead) implements ForeignMeaning {
    @Override
    public void apply(
        Verb verb, ForeignOption option, String value, List<String> words, List<String> notes) {
      notes.add(option.written() + " has no effect: " + instead);
    }
  }

  /**
   * Another command does it here, so this one is refused.
   *
   * @param sentence names that command
   */
  record Instead(String sentence) implements ForeignMeaning {
    @Override
    public void apply(
        Verb verb, ForeignOption option, String value, List<String> words, List<String> notes) {
      throw ForeignVerb.answer(sentence.replace(VALUE, value));
    }
  }
}
