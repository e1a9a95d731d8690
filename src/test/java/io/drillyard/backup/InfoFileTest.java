package io.drillyard.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Information files are read with their own digests, so that no altered byte passes. */
class InfoFileTest {
  @Test
  void anArchiveBelongsToADatabase() {
    DatabaseIdentity identity =
        DatabaseIdentity.of(InfoFile.parse("archive.info", Sample.text("archive.info")), "db");
    assertThat(identity.version()).isEqualTo("17");
    assertThat(identity.systemId()).matches("\\d{19}");
    assertThat(identity.archiveId()).isEqualTo("17-1");
  }

  @Test
  void backupsAreListedWithWhatARestoreNeeds() {
    BackupInfo info = Sample.backups();
    assertThat(info.backups())
        .extracting(BackupInfo.Backup::type)
        .containsExactly("full", "diff", "incr");
    BackupInfo.Backup last = info.backups().getLast();
    assertThat(last.references()).hasSize(2);
    assertThat(last.startLsn()).isEqualTo("0/C000028");
    assertThat(last.timeline()).isEqualTo(2);
    assertThat(info.after(info.backups().getFirst())).contains(info.backups().get(1));
    assertThat(info.after(last)).isEmpty();
  }

  @Test
  void aManifestNamesItsOwnBundlesAndForeignBackups() {
    BackupManifest manifest =
        BackupManifest.of(InfoFile.parse("backup.manifest", Sample.text("backup.manifest")));
    assertThat(manifest.label()).endsWith("I");
    assertThat(manifest.compression()).isEqualTo("zst");
    assertThat(manifest.references()).isNotEmpty();
    assertThat(manifest.bytes()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"archive.info", "backup.info", "backup.manifest"})
  void oneFlippedBitIsSeen(String name) {
    String text = Sample.text(name);
    for (int at = 0; at < text.length(); at += 7) {
      if (text.charAt(at) == '\n') {
        continue;
      }
      char flipped = (char) (text.charAt(at) ^ 4);
      String altered = text.substring(0, at) + flipped + text.substring(at + 1);
      assertThatThrownBy(() -> InfoFile.parse(name, altered))
          .as("byte " + at)
          .isInstanceOf(UnreadableException.class)
          .hasMessageContaining(name);
    }
  }

  @Test
  void aFileCutOffIsSeen() {
    String text = Sample.text("backup.info");
    assertThatThrownBy(() -> InfoFile.parse("backup.info", text.substring(0, text.length() / 2)))
        .isInstanceOf(UnreadableException.class);
    assertThatThrownBy(() -> InfoFile.parse("backup.info", ""))
        .isInstanceOf(UnreadableException.class);
  }
}
