package dev.jvault.doctor;

/**
 * Where an SDK would find credentials.
 *
 * @param kind what it is, for JSON
 * @param where the same in words, after "takes its credentials from"
 * @param jvault whether jvault gives them
 */
record SearchedSource(Kind kind, String where, boolean jvault) {
  /** The kinds of sources, by the place in which SDKs look. */
  enum Kind {
    /** Properties of the Java virtual machine. */
    PROPERTIES,
    /** Keys in variables. */
    VARIABLES,
    /** A web identity in variables. */
    WEB_IDENTITY,
    /** A profile of the config files. */
    PROFILE,
    /** A file of boto. */
    BOTO,
    /** The container endpoint. */
    CONTAINER,
    /** Instance metadata. */
    METADATA,
    /** The SDK stops with an error instead. */
    ERROR,
    /** Nothing. */
    NONE
  }
}
