package io.drillyard.check.backup;

import io.drillyard.check.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every object of the repository was like before and after.
 *
 * @param after null when it could not be listed again
 * @param problem why not; null when it could
 * @param information what is wrong with the information files afterwards, of a repository in use
 */
public record UnchangedLook(
    Listing before, @Nullable Listing after, @Nullable String problem, List<String> information)
    implements RungLook {
  /**
   * What every object was like: too much for a ledger, so it lies beside it.
   *
   * @param file its name
   * @param sha256 of its bytes, in hexadecimal digits
   */
  public record Listing(String file, String sha256) {}

  @Override
  public Finding judge(RungLooks test) {
    if (after == null) {
      return RungFindings.undetermined(Rung.UNCHANGED, String.valueOf(problem));
    }
    return test.terms().live()
        ? RepositoryDifference.judgeLive(test.listing(before), test.listing(after), information)
        : RepositoryDifference.judge(test.listing(before), test.listing(after));
  }
}
