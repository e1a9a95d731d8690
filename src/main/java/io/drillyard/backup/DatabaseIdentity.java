package io.drillyard.backup;

/**
 * The database cluster that a repository says it belongs to.
 *
 * @param id pgBackRest's number of it, from 1; grows with each upgrade
 * @param systemId PostgreSQL's system identifier, unsigned, in decimal
 * @param version PostgreSQL's major version
 */
public record DatabaseIdentity(int id, String systemId, String version) {
  /** Of the section {@code db} of an information file. */
  public static DatabaseIdentity of(InfoFile file, String section) {
    return new DatabaseIdentity(
        file.value(section, "db-id").asInt(),
        file.value(section, "db-system-id").asString(),
        file.value(section, "db-version").asString());
  }

  /** The folder of its archive. */
  public String archiveId() {
    return version + "-" + id;
  }
}
