package io.drillyard.check.backup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sandbox lacks is told from what is wrong with the data. */
class SandboxShortageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "FATAL:  could not access file \"pg_cron\": No such file or directory; postgresql-VERSION-cron",
        "ERROR:  could not load library \"/usr/lib/postgresql/17/lib/vector.so\": no; postgresql-VERSION-pgvector",
        "ERROR:  extension \"hypopg\" is not available; postgresql-VERSION-hypopg",
        "ERROR:  could not open extension control file \"/usr/share/postgresql/17/extension/own.control\": No such file or directory; 'own'",
        "ERROR:  could not access file \"$libdir/hll\": No such file or directory; postgresql-VERSION-hll",
        "FATAL:  resource manager with ID 142 not registered; 142",
        "FATAL:  extension \"timescaledb\" must be preloaded; node, preload",
        "ERROR:  pg_cron can only be loaded via shared_preload_libraries; node, preload",
        "ERROR: [041]: unable to write '/x': [28] No space left on device; volume is full",
        "ERROR:  out of shared memory HINT:  You might need to increase \"max_locks_per_transaction\".; table of locks",
        "ERROR:  out of memory; memory did not suffice",
        "PANIC:  could not resize shared memory segment \"/PostgreSQL.1\" to 8 bytes; memory did not suffice",
        "LOG:  out of file descriptors: Too many open files; limits on files"
      })
  void isOurs(String said, String part) {
    assertThat(SandboxShortage.in(said))
        .get()
        .extracting(l -> l.words("The dump"))
        .asString()
        .contains(part);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERROR:  invalid page in block 3 of relation base/5/16390",
        "ERROR:  could not open file \"base/5/16390\": No such file or directory",
        "ERROR:  could not access status of transaction 12345",
        "ERROR:  invalid memory alloc request size 18446744073709551613",
        "ERROR:  missing chunk number 0 for toast value 16402 in pg_toast_16390",
        "ERROR:  compressed pglz data is corrupt",
        "ERROR:  could not read blocks 3..3 in file \"base/5/16390\": read only 0 of 8192 bytes",
        "FATAL:  requested timeline 3 is not a child of this server's history",
        "FATAL:  could not access file \"base/5/1259\": No such file or directory",
        "ERROR:  division by zero"
      })
  void isTheDatas(String said) {
    assertThat(SandboxShortage.in(said)).isEmpty();
  }

  @Test
  void saysWhatCouldNotBeDone() {
    assertThat(
            SandboxShortage.in("ERROR:  extension \"unit\" is not available")
                .orElseThrow()
                .words("The dump"))
        .startsWith("The sandbox has no library or extension 'unit': the dump could not be done.")
        .contains("Remedy: ");
  }
}
