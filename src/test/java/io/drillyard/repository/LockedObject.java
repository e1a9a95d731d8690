package io.drillyard.repository;

import io.drillyard.HangLimit;
import io.drillyard.host.lab.TestLab;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * An object that was put under a lock, by the AWS SDK and not through {@link Repository}, which
 * never locks: what the harness says of it, and that nobody removes what is locked.
 */
final class LockedObject implements AutoCloseable {
  private final String bucket;
  private final S3Client client;

  LockedObject(RepositoryLocation at, Credentials.Keys keys) {
    CaTrust trust = CaTrust.in(String.valueOf(at.caCertificate()));
    this.bucket = at.bucket();
    this.client =
        S3Client.builder()
            .endpointOverride(at.endpoint())
            .region(Region.of(at.region()))
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(keys.accessKey(), keys.secretKey())))
            .overrideConfiguration(c -> c.apiCallTimeout(HangLimit.quietSeconds(1).duration()))
            .httpClient(
                UrlConnectionHttpClient.builder().tlsTrustManagersProvider(trust::managers).build())
            .build();
  }

  /** Tells what becomes of an object in each mode. */
  void tell(Repository view) {
    for (ObjectLockMode mode : List.of(ObjectLockMode.GOVERNANCE, ObjectLockMode.COMPLIANCE)) {
      String key = "locked/" + mode;
      Instant until = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
      String id = put(key, mode, until);
      ObjectRetention read = view.retention(key).orElseThrow();
      TestLab.tell(mode + " read", read.mode() + " " + until.equals(read.until()));
      view.delete(key);
      TestLab.tell(mode + " hidden", view.list("locked/" + mode));
      TestLab.tell(mode + " removal", status(() -> removeVersion(key, id)));
      view.revive(key);
      TestLab.tell(mode + " revived", new String(view.read(key), StandardCharsets.UTF_8));
      TestLab.tell(mode + " removal again", status(() -> removeVersion(key, id)));
      TestLab.tell(
          mode + " versions",
          view.versions(key).stream().filter(v -> v.id().equals(id) && v.current()).count());
    }
    // The control: a version that nobody locked goes.
    String free = "locked/not";
    view.put(free, new byte[] {1});
    String id = view.versions(free).getFirst().id();
    TestLab.tell("unlocked read", view.retention(free));
    TestLab.tell("unlocked removal", status(() -> removeVersion(free, id)));
    TestLab.tell("unlocked versions", view.versions(free));
  }

  private String put(String key, ObjectLockMode mode, Instant until) {
    return client
        .putObject(
            r -> r.bucket(bucket).key(key).objectLockMode(mode).objectLockRetainUntilDate(until),
            RequestBody.fromString("locked"))
        .versionId();
  }

  private void removeVersion(String key, String id) {
    client.deleteObject(r -> r.bucket(bucket).key(key).versionId(id));
  }

  private static String status(Runnable act) {
    try {
      act.run();
      return "done";
    } catch (S3Exception e) {
      return "%d %s".formatted(e.statusCode(), e.awsErrorDetails().errorMessage());
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
