package io.drillyard.fault.act;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.backup.BackupInfo;
import io.drillyard.backup.DatabaseIdentity;
import io.drillyard.backup.InfoFile;
import io.drillyard.backup.Sample;
import io.drillyard.fault.ObjectDamage;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every damage changes something, and knows how to hide where it should. */
class ObjectDamagesTest {
  private static final String ARCHIVE = "p/archive/demo/";
  private static final String SUM = "906db2b5ab9bdc1e84468035133ab1b05def49f";

  private static Map<String, byte[]> repository(int segments) {
    Map<String, byte[]> all = new LinkedHashMap<>();
    for (String copy : List.of("", ".copy")) {
      all.put(ARCHIVE + "archive.info" + copy, bytes(Sample.text("archive.info")));
      all.put("p/backup/demo/backup.info" + copy, bytes(Sample.text("backup.info")));
      all.put("p/backup/demo/2F/backup.manifest" + copy, bytes(Sample.text("backup.manifest")));
    }
    all.put("p/backup/demo/2F/bundle/1", new byte[1000]);
    all.put("p/backup/demo/2F_3D/bundle/1", new byte[500]);
    all.put(ARCHIVE + "17-1/00000002.history", bytes("1\t0/90000A0\tno target\n"));
    for (int n = 1; n <= segments; n++) {
      String name = "%08X%08X%08X".formatted(1, 0, n);
      all.put(
          ARCHIVE + "17-1/0000000100000000/" + name + "-" + SUM + n % 10 + ".zst",
          ("segment " + n).getBytes(StandardCharsets.UTF_8));
    }
    return all;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static StanzaObjects applied(ObjectDamage damage) {
    Map<String, byte[]> all = repository(9);
    StanzaObjects objects =
        StanzaObjects.of(
            List.copyOf(all.keySet()), k -> Objects.requireNonNull(all.get(k)), repository(5));
    ObjectDamages.apply(damage, objects);
    return objects;
  }

  @ParameterizedTest
  @EnumSource(ObjectDamage.class)
  void everyDamageChangesSomething(ObjectDamage damage) {
    assertThat(applied(damage).changes()).isNotEmpty();
  }

  @Test
  void aForgedIdentityHasAChecksumThatFits() {
    var changes = applied(ObjectDamage.WRONG_SYSTEM).changes();
    assertThat(changes).hasSize(4);
    byte[] archive = Objects.requireNonNull(changes.get(ARCHIVE + "archive.info"));
    byte[] backup = Objects.requireNonNull(changes.get("p/backup/demo/backup.info"));
    DatabaseIdentity forged =
        DatabaseIdentity.of(
            InfoFile.parse("archive.info", new String(archive, StandardCharsets.UTF_8)), "db");
    BackupInfo backups =
        BackupInfo.of(InfoFile.parse("backup.info", new String(backup, StandardCharsets.UTF_8)));
    assertThat(forged).isEqualTo(backups.database());
    assertThat(forged.systemId()).isNotEqualTo(Sample.backups().database().systemId());
    assertThat(backups.backups()).isEqualTo(Sample.backups().backups());
  }

  @Test
  void aRollBackLeavesExactlyThePast() {
    Map<String, byte[]> now = repository(9);
    applied(ObjectDamage.ROLLED_BACK)
        .changes()
        .forEach(
            (key, content) -> {
              if (content == null) {
                now.remove(key);
              } else {
                now.put(key, content);
              }
            });
    assertThat(now.keySet()).isEqualTo(repository(5).keySet());
  }

  @Test
  void aSwappedSegmentHasTheNameOfOneAndTheDigestOfAnother() {
    var changes = applied(ObjectDamage.SEGMENT_SWAPPED).changes();
    assertThat(changes).hasSize(2);
    assertThat(changes.keySet())
        .anyMatch(k -> k.endsWith("00000005-" + SUM + "5.zst"))
        .anyMatch(k -> k.endsWith("00000005-" + SUM + "4.zst"));
  }
}
