package dev.jvault.sso;

import java.util.List;

/**
 * An account that the user may enter through IAM Identity Center.
 *
 * @param id its twelve digits
 * @param name as its organization calls it; may be empty
 * @param email of its root user; may be empty
 * @param roles the names of the roles that the user has there
 */
public record SsoAccount(String id, String name, String email, List<String> roles) {
  /** Copies the roles. */
  public SsoAccount {
    roles = List.copyOf(roles);
  }

  SsoAccount withRoles(List<String> names) {
    return new SsoAccount(id, name, email, names);
  }
}
