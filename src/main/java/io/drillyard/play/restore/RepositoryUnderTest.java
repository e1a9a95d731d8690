package io.drillyard.play.restore;

import io.drillyard.check.backup.AcknowledgedWrites;
import io.drillyard.check.backup.RestoreTerms;
import io.drillyard.check.backup.Rung;
import io.drillyard.check.backup.SandboxIsolationLook;
import io.drillyard.declaration.ExternalRepository;
import io.drillyard.declaration.RestorePolicy;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What all tests of one repository share.
 *
 * @param whileSourceRan what of every way was tried while the source was still there
 * @param sourceEnded when the source was switched off, after which it wrote nothing; null: it lives
 * @param versions of the programs
 * @param silence what it means that the store does not answer
 * @param path of the cluster whose backup a drill proves; null: no drill does
 */
record RepositoryUnderTest(
    RestorePolicy policy,
    StanzaReader vault,
    Sandbox sandbox,
    SandboxFirewall fence,
    List<SandboxIsolationLook.Way> whileSourceRan,
    String stanza,
    List<AcknowledgedWrites.Write> writes,
    @Nullable Instant sourceEnded,
    Map<String, String> versions,
    StoreSilenceCheck silence,
    @Nullable String path) {
  /** The same with another policy. */
  RepositoryUnderTest with(RestorePolicy other) {
    return new RepositoryUnderTest(
        other,
        vault,
        sandbox,
        fence,
        whileSourceRan,
        stanza,
        writes,
        sourceEnded,
        versions,
        silence,
        path);
  }

  /** The same with another sandbox. */
  RepositoryUnderTest with(Sandbox other) {
    return new RepositoryUnderTest(
        policy,
        vault,
        other,
        fence,
        whileSourceRan,
        stanza,
        writes,
        sourceEnded,
        versions,
        silence,
        path);
  }

  /** The same with what the source's clients were told by now. */
  RepositoryUnderTest with(List<AcknowledgedWrites.Write> more) {
    return new RepositoryUnderTest(
        policy,
        vault,
        sandbox,
        fence,
        whileSourceRan,
        stanza,
        more,
        sourceEnded,
        versions,
        silence,
        path);
  }

  /** True when somebody else goes on using the repository meanwhile. */
  boolean live() {
    return sourceEnded == null;
  }

  /**
   * What a test is asked for, and by what it is judged.
   *
   * @param name of the test
   * @param reference before which everything had to be in the repository
   */
  RestoreTerms terms(String name, long seed, Instant ordered, Instant reference) {
    ExternalRepository external = policy.external();
    Map<String, String> repository = new LinkedHashMap<>();
    repository.put(RestoreTerms.OWNER, external == null ? "lab" : "external");
    if (external != null) {
      repository.put(RestoreTerms.PLACE, external.place());
    }
    if (path != null) {
      repository.put(RestoreTerms.PLACE, path);
    }
    Map<String, String> contracts = policy.environment().contracts();
    return new RestoreTerms(
        name,
        policy.name(),
        policy.serves(),
        stanza,
        seed,
        policy.backup(),
        policy.target(),
        policy.timeline(),
        policy.rto(),
        policy.backupAge(),
        policy.freshness(),
        ordered,
        reference,
        live(),
        optional().stream().map(Rung::check).toList(),
        versions,
        repository,
        RestoreTestExclusions.of(policy),
        contracts.isEmpty() ? null : contracts);
  }

  /** Rungs without which a backup may still be proven. */
  private Set<Rung> optional() {
    Set<Rung> optional = EnumSet.of(Rung.SETTINGS);
    if (writes.isEmpty()) {
      optional.add(Rung.ACKNOWLEDGED);
    }
    if (policy.backupAge() == null) {
      optional.add(Rung.BACKUP_AGE);
    }
    if (policy.freshness() == null) {
      optional.add(Rung.FRESHNESS);
    }
    if (policy.rto() == null) {
      optional.add(Rung.RECOVERY_TIME);
    }
    if (path != null) {
      optional.add(Rung.UNCHANGED);
    }
    return optional;
  }

  /** What every object is like: by its bytes, or, of a repository in use, by the store's word. */
  Map<String, String> fingerprints() {
    return live() ? vault.tags() : vault.digests();
  }
}
