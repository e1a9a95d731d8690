package io.drillyard.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.OrphanedWal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OrphanedWalReaderTest {
  private static final String DUMP =
      """
      rmgr: Transaction len (rec/tot):     34/    34, tx:        785, lsn: 0/05000148, prev 0/05000110, desc: COMMIT 2026-11-21 15:00:00.000000 UTC
      rmgr: Transaction len (rec/tot):     34/    34, tx:        786, lsn: 0/05000170, prev 0/05000148, desc: ABORT 2026-11-21 15:00:00.000000 UTC
      rmgr: Transaction len (rec/tot):     66/    66, tx:        787, lsn: 1/00000028, prev 0/05000170, desc: COMMIT 2026-11-21 15:00:00.1 UTC; inval msgs: catcache 1
      """;

  @Test
  void commitsAloneCount() {
    assertThat(OrphanedWalReader.commits(DUMP))
        .containsExactly(
            new OrphanedWal.Commit(785, 0x05000148L), new OrphanedWal.Commit(787, 0x1_0000_0028L));
  }

  @Test
  void aSecondCopyDoesNotReplaceTheFirst(@TempDir Path folder) throws IOException {
    assertThat(OrphanedWalReader.unused(folder, "wal")).isEqualTo("wal.tar.gz");
    Files.createFile(folder.resolve("wal.tar.gz"));
    assertThat(OrphanedWalReader.unused(folder, "wal")).isEqualTo("wal-2.tar.gz");
    Files.createFile(folder.resolve("wal-2.tar.gz"));
    assertThat(OrphanedWalReader.unused(folder, "wal")).isEqualTo("wal-3.tar.gz");
  }

  @Test
  void theEndIsWhereTheLastMessageSays() {
    String said =
        """
        pg_waldump: first record is after 0/5000100, at 0/5000148, skipping over 72 bytes
        pg_waldump: error: error in WAL record at 0/5012340: invalid record length at 0/5012378: expected at least 24, got 0
        """;
    assertThat(OrphanedWalReader.end(said)).isEqualTo(0x5012378L);
    assertThat(OrphanedWalReader.end("pg_waldump: error: could not open file")).isZero();
  }
}
