package io.drillyard.check.backup;

import io.drillyard.backup.AmcheckOutput;
import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What pg_amcheck's complaints mean. An index whose order is wrong here, and whose collation is of
 * another version than the source's, shows the version and no damage: glibc and ICU change the
 * order of words between releases. What the sandbox lacks is no damage either. Whatever else it
 * complains of is.
 */
public final class AmcheckFindings {
  /** verify_nbtree.c: messages on the order of keys, and on nothing else. */
  private static final Pattern ORDER =
      Pattern.compile(
          "item order invariant violated|high key invariant violated|down-link lower bound invariant violated|could not find tuple using search from root page");

  private AmcheckFindings() {}

  /**
   * Judges what it said with a status other than 0.
   *
   * @param doubtful indexes, as {@code database.schema.name}, whose collation is of another or an
   *     unrecorded version, with words on it
   */
  public static Finding judge(AmcheckOutput said, Map<String, String> doubtful) {
    List<String> damage = new ArrayList<>();
    List<String> collations = new ArrayList<>();
    SandboxShortage lack = null;
    for (AmcheckOutput.Complaint complaint : said.complaints()) {
      Optional<SandboxShortage> ours = SandboxShortage.in(complaint.message());
      String collation = doubtful.get(complaint.relation());
      if (ours.isPresent()) {
        lack = lack == null ? ours.get() : lack;
      } else if (collation != null && ORDER.matcher(complaint.message()).find()) {
        collations.add("%s: order by %s".formatted(complaint.relation(), collation));
      } else {
        damage.add(complaint.words());
      }
    }
    if (!damage.isEmpty()) {
      List<String> details = new ArrayList<>(damage);
      details.addAll(collations);
      return RungFindings.missed(Rung.STRUCTURE, "pg_amcheck found damage.", details);
    }
    if (!collations.isEmpty()) {
      return RestoreRungResult.plain(
          Rung.STRUCTURE,
          Verdict.UNDETERMINED,
          "The order of %d indexes is not what this sandbox's collations say, which are of another version than the source's: %s. That shows no damage, and hides what there may be. Remedy: restore under an image with the source's glibc and ICU; a restore in earnest onto this one needs REINDEX."
              .formatted(collations.size(), String.join("; ", collations)),
          collations);
    }
    return lack == null
        ? RungFindings.undetermined(
            Rung.STRUCTURE, "pg_amcheck failed and said nothing of any relation.")
        : RungFindings.undetermined(Rung.STRUCTURE, lack.words("pg_amcheck"));
  }
}
