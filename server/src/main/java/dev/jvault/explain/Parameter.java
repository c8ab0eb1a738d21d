package dev.jvault.explain;

import dev.jvault.profile.Setting;
import java.util.Optional;

/**
 * One value that a step sends or uses, and its origin.
 *
 * @param name the name in AWS's API for a parameter of a call; otherwise {@code Endpoint}, {@code
 *     SigningRegion}, {@code Command}, {@code File} and the like
 * @param value fit for a terminal, and no secret
 * @param setting that gave the value; empty for a default
 * @param remark what may surprise a user; empty if nothing does
 */
record Parameter(String name, String value, Optional<Setting> setting, String remark) {}
