package io.drillyard.restore.play;

import io.drillyard.check.Finding;
import io.drillyard.restore.judge.Acknowledged;
import io.drillyard.target.RestorePolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all tests of one repository share.
 *
 * @param whileSourceRan how the fence held while the source was still there
 * @param sourceEnded when the source was switched off, after which it wrote nothing; null: it lives
 * @param versions of the programs
 */
record Setting(
    RestorePolicy policy,
    Vault vault,
    Sandbox sandbox,
    Fence fence,
    Finding whileSourceRan,
    String stanza,
    List<Acknowledged.Write> writes,
    @Nullable Instant sourceEnded,
    Map<String, String> versions) {
  /** True when somebody else goes on using the repository meanwhile. */
  boolean live() {
    return sourceEnded == null;
  }

  /** What every object is like: by its bytes, or, of a repository in use, by the store's word. */
  Map<String, String> fingerprints() {
    return live() ? vault.tags() : vault.digests();
  }
}
