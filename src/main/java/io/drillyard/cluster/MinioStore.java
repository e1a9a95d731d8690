package io.drillyard.cluster;

import io.drillyard.declaration.Environment;
import io.drillyard.repository.Credentials;
import io.drillyard.repository.Repositories;
import io.drillyard.repository.Repository;
import java.util.Map;

/** A MinIO store. Who may only read has an account with a policy that says so. */
final class MinioStore implements ObjectStore {
  private static final String ROOT = "drillyard-root";
  private static final String MC = "/opt/servers-minio/mc --config-dir /run/mc --quiet ";

  private final StoreHost on;

  private MinioStore(StoreHost on) {
    this.on = on;
  }

  static MinioStore start(StoreHost on) {
    Environment.RepositoryState state = on.state();
    on.environment(
        Map.of(
            "MINIO_ROOT_USER",
            ROOT,
            "MINIO_ROOT_PASSWORD",
            on.key(ROOT),
            "MINIO_REGION",
            state.region(),
            "MINIO_BROWSER",
            "off",
            "MINIO_UPDATE",
            "off",
            "SSL_CERT_FILE",
            StoreHost.FOLDER + "/ca.crt",
            "MC_HOST_lab",
            "https://%s:%s@%s:%d".formatted(ROOT, on.key(ROOT), state.endpoint(), state.port())));
    on.must(
        "laying out its certificates",
        "set -e; mkdir -p -m 700 %1$s/certs; cp %1$s/server.crt %1$s/certs/public.crt; cp %1$s/server.key %1$s/certs/private.key"
            .formatted(StoreHost.FOLDER));
    HostService service =
        on.serve(
            "20-object-store",
            "/opt/servers-minio/minio server --address :%d --certs-dir %s/certs --quiet %s"
                .formatted(state.port(), StoreHost.FOLDER, StoreHost.OBJECTS));
    on.await("the object store answers", MC + "ready lab", service);
    MinioStore store = new MinioStore(on);
    on.must(
        "making the bucket",
        "set -e\n%1$s mb %2$s lab/%3$s\n%4$s\n%5$s"
            .formatted(
                MC,
                state.versions() ? "--with-lock" : "",
                state.bucket(),
                store.policy("writing", "\"s3:*\""),
                store.policy(
                    "reading",
                    "\"s3:GetObject\", \"s3:GetObjectVersion\", \"s3:ListBucket\","
                        + " \"s3:ListBucketVersions\", \"s3:GetBucketLocation\"")));
    return store;
  }

  private String policy(String name, String actions) {
    return """
        cat > /run/mc/%1$s.json <<'END'
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": [%2$s],
         "Resource": ["arn:aws:s3:::%3$s", "arn:aws:s3:::%3$s/*"]}]}
        END
        %4$s admin policy create lab %1$s /run/mc/%1$s.json"""
        .formatted(name, actions, on.state().bucket(), MC);
  }

  @Override
  public Environment.RepositoryState state() {
    return on.state();
  }

  @Override
  public String caCertificate() {
    return on.caCertificate();
  }

  @Override
  public Credentials grant(String account) {
    return account(account, "writing");
  }

  private Credentials account(String account, String policy) {
    on.must(
        "making the account " + account,
        """
        set -e
        printf '%%s\\n%%s\\n' '%1$s' '%2$s' | %3$s admin user add lab
        %3$s admin policy attach lab %4$s --user '%1$s'
        """
            .formatted(account, on.key(account), MC, policy));
    return new Credentials.Keys(account, on.key(account));
  }

  @Override
  public void revoke(String account) {
    on.must(
        "revoking the account " + account, MC + "admin user remove lab '%s'".formatted(account));
  }

  @Override
  public ReadOnlyEndpoint openReadOnly(String account) {
    return new ReadOnlyEndpoint(on.state().port(), account(account + "-reading", "reading"));
  }

  @Override
  public Repository view(Credentials credentials, int port) {
    return Repositories.open(on.location(port), credentials);
  }

  @Override
  public Repository view() {
    return view(new Credentials.Keys(ROOT, on.key(ROOT)), on.state().port());
  }
}
