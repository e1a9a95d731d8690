package io.drillyard.check.backup;

import io.drillyard.backup.BackupInfo;
import io.drillyard.backup.VerifyOutput;
import io.drillyard.check.Finding;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What pgBackRest's own verification said.
 *
 * @param silence what else was asked when the store gave no answer; null: it gave one
 */
public record VerifyLook(ProgramOutput said, StepLimit limit, @Nullable StoreSilence silence)
    implements RungLook {
  @Override
  public Finding judge(RungLooks test) {
    String program = "pgbackrest verify";
    Finding failed = limit.failed(Rung.VERIFY, program, program, said, silence);
    if (failed != null) {
      return failed;
    }
    VerifyOutput output =
        VerifyOutput.parse(said.stdout() + "\n" + said.stderr(), labels(test.information()));
    return output.clean()
        ? RungFindings.met(
            Rung.VERIFY,
            "It says ok: %d backups and %d segments are valid. It does not look for gaps."
                .formatted(output.backups(), output.wal()),
            output.underway().stream().map(b -> "backup " + b + " is in progress").toList())
        : RungFindings.missed(
            Rung.VERIFY,
            "It says '%s'%s"
                .formatted(
                    output.status(),
                    output.problems().isEmpty()
                        ? "."
                        : ", and names what is not: " + output.problems().getFirst()),
            output.problems());
  }

  private static Set<String> labels(@Nullable InformationLook what) {
    return what == null || what.backups() == null
        ? Set.of()
        : what.backups().backups().stream()
            .map(BackupInfo.Backup::label)
            .collect(Collectors.toSet());
  }
}
