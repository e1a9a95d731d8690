package io.drillyard.repository;

import java.util.Set;

/** The answers by which an S3 store says that nothing is locked; they come as errors. */
final class S3Locks {
  private static final Set<String> NONE =
      Set.of(
          "ObjectLockConfigurationNotFoundError",
          "NoSuchObjectLockConfiguration",
          "InvalidBucketObjectLockConfiguration",
          "NoSuchObjectLockConfigurationError");

  private S3Locks() {}

  /** True when this error says: no lock. */
  static boolean none(String code, String message) {
    return NONE.contains(code)
        || (code.equals("InvalidRequest") && message.contains("missing Object Lock"));
  }
}
