package dev.jvault.explain;

import dev.jvault.profile.Setting;
import java.util.Optional;

/**
 * One value that a step sends or uses, and where it is from.
 *
 * @param name as AWS's API names it where it is one of a call's; {@code Endpoint}, {@code
 *     SigningRegion}, {@code Command}, {@code File} and the like otherwise
 * @param value fit for a terminal, and no secret
 * @param setting what gave it; empty where nobody has set it
 * @param remark what a person might wonder about; empty where there is nothing to say
 */
record Parameter(String name, String value, Optional<Setting> setting, String remark) {}
