package io.drillyard.check.backup;

import io.drillyard.backup.ArchiveBranches;
import io.drillyard.backup.ArchiveListing;
import io.drillyard.backup.BackupInfo;
import io.drillyard.backup.TimelineHistory;
import io.drillyard.backup.WalContinuity;
import io.drillyard.check.Finding;
import io.drillyard.ledger.Lsn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stanza's information: whether it is whole and in agreement, and not behind what an earlier
 * test saw.
 *
 * @param backups null when {@code backup.info} cannot be used
 * @param archive null when there is no archive to speak of
 * @param histories by timeline, those that can be read
 * @param problems everything that is not as it should be
 * @param unknown folders of backups that the information does not name
 * @param remembered what an earlier test saw, or null
 */
public record InformationLook(
    @Nullable BackupInfo backups,
    @Nullable ArchiveListing archive,
    Map<Long, TimelineHistory> histories,
    List<String> problems,
    List<String> unknown,
    @Nullable EarlierRepositoryState remembered)
    implements RungLook {

  /** The same, with what an earlier test saw. */
  public InformationLook with(@Nullable EarlierRepositoryState earlier) {
    return new InformationLook(backups, archive, histories, problems, unknown, earlier);
  }

  @Override
  public Finding judge(RungLooks test) {
    List<String> wrong = new ArrayList<>(problems);
    if (backups != null && remembered != null && archive != null) {
      wrong.addAll(remembered.lostSince(backups, archive));
    }
    if (backups == null || backups.backups().isEmpty()) {
      wrong.add("there is no backup");
    }
    wrong.addAll(pageErrors(test.terms(), true));
    return wrong.isEmpty()
        ? RungFindings.met(Rung.INFORMATION, informed(), remarks(test.terms()))
        : RungFindings.missed(
            Rung.INFORMATION,
            "The repository's information is not sound: " + wrong.getFirst(),
            wrong);
  }

  /** What is worth saying and nothing wrong. */
  public List<String> remarks(RestoreTerms terms) {
    List<String> remarks = new ArrayList<>();
    if (backups != null) {
      unknown.forEach(
          label ->
              remarks.add(
                  "%s is not in backup.info: a backup in progress, or one that was given up"
                      .formatted(label)));
      remarks.addAll(pageErrors(terms, false));
    }
    return remarks;
  }

  /** A page error that was found while a backup was taken concerns whoever restores that one. */
  private List<String> pageErrors(RestoreTerms terms, boolean restored) {
    if (backups == null) {
      return List.of();
    }
    List<String> chain = new ArrayList<>();
    try {
      BackupInfo.Backup chosen = choose(backups, terms).backup();
      chain.add(chosen.label());
      chain.addAll(chosen.references());
    } catch (RestoreChoice.NotThereException e) {
      // Another rung says so.
    }
    return backups.backups().stream()
        .filter(b -> b.error() && chain.contains(b.label()) == restored)
        .map(
            b ->
                b.label()
                    + " was taken with wrong page checksums"
                    + (restored ? "" : "; it is not restored here"))
        .toList();
  }

  private String informed() {
    return "%d backups of system %s; all copies and manifests are whole and agree%s."
        .formatted(
            backups == null ? 0 : backups.backups().size(),
            backups == null ? "?" : backups.database().systemId(),
            remembered == null ? "; nothing is remembered of an earlier run" : "");
  }

  private static RestoreChoice choose(BackupInfo info, RestoreTerms terms) {
    return RestoreChoice.of(
        info, terms.backup(), RestoreChoice.provisional(terms.target()), terms.seed(), null);
  }

  /**
   * The backup that is restored, and its target as far as it can be told without the archive; null
   * when nothing could be read.
   *
   * @throws RestoreChoice.NotThereException when there is no such backup or target
   */
  public @Nullable RestoreChoice choice(RestoreTerms terms) {
    return backups == null || archive == null ? null : choose(backups, terms);
  }

  /** The same; null also when there is no such backup or target. */
  public @Nullable RestoreChoice choiceIfAny(RestoreTerms terms) {
    try {
      return choice(terms);
    } catch (RestoreChoice.NotThereException e) {
      return null;
    }
  }

  /** The timeline that recovery follows; 0 when nothing could be read. */
  public long followed(RestoreTerms terms) {
    Long told = terms.timeline();
    if (told != null) {
      return told;
    }
    return backups == null || archive == null ? 0 : ArchiveBranches.newest(archive, backups);
  }

  /** The way through the archive to the target; null when nothing could be read. */
  public @Nullable WalContinuity way(RestoreTerms terms, RestoreChoice chosen) {
    if (backups == null || archive == null) {
      return null;
    }
    Long lsn =
        chosen.target() instanceof RestoreChoice.BeforeBackup b ? (Long) Lsn.parse(b.lsn()) : null;
    return WalContinuity.of(chosen.backup(), archive, histories, followed(terms), lsn);
  }
}
