package io.drillyard.play.restore;

import io.drillyard.host.Command;
import io.drillyard.host.HostException;

/**
 * A restore with {@code --delta} over an earlier one's files, of which one is altered without a
 * trace in its size and time, one is gone, and one belongs to nobody.
 */
final class DeltaRestoreTest {
  private DeltaRestoreTest() {}

  /** Leaves them; a test of what it returns restores the backup over them. */
  static RepositoryUnderTest spoilt(RepositoryUnderTest setting) {
    String label = setting.vault().held().getFirst().label();
    if (!setting.sandbox().restore(label).ok()) {
      throw new HostException("backup " + label + " was not restored");
    }
    spoil(setting.sandbox());
    return setting.with(setting.sandbox().keepingWhatIsThere());
  }

  private static void spoil(Sandbox sandbox) {
    String script =
        """
        set -e; cd %s/base
        set -- $(find . -type f -size +64k -name '[0-9]*' | sort | head -n 2)
        [ $# = 2 ]
        before=$(sha1sum < "$1"); cp -p "$1" /tmp/as-it-was
        printf 'spoilt' | dd of="$1" bs=1 seek=9000 conv=notrunc 2>/dev/null
        touch -r /tmp/as-it-was "$1"; rm /tmp/as-it-was
        [ "$before" != "$(sha1sum < "$1")" ]
        rm "$2"
        echo nobody > 1/99999999
        """
            .formatted(Sandbox.data(sandbox.version()));
    sandbox.host().run(Command.of("bash", "-c", script).as("postgres"));
  }
}
