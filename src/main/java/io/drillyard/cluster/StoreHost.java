package io.drillyard.cluster;

import io.drillyard.declaration.Environment;
import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.repository.RepositoryLocation;
import io.drillyard.repository.StoreType;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What every store's server has on its host: certificates of a CA of this run, an environment that
 * holds its keys, services, and somebody who administers it.
 *
 * @param caCertificate PEM
 */
record StoreHost(
    Host host, Environment.RepositoryState state, RunSecrets secrets, String caCertificate) {
  /** Keys, certificates and settings; nobody but root reads it. */
  static final String FOLDER = "/etc/drillyard/store";

  /** Where the bytes lie. */
  static final String OBJECTS = ObjectStore.OBJECTS;

  private static final Duration ANSWERS = Duration.ofSeconds(30);

  /** Makes the CA and the server's certificate. */
  static StoreHost prepare(Host host, Environment.RepositoryState state, RunSecrets secrets) {
    host.run(Command.of("mkdir", "-p", "-m", "700", OBJECTS));
    CertificateAuthority ca = CertificateAuthority.make(host, FOLDER, 2, "/CN=Drillyard lab CA");
    ca.sign("server", "/CN=" + state.endpoint(), "subjectAltName=DNS:" + state.endpoint());
    return new StoreHost(host, state, secrets, ca.read("ca.crt"));
  }

  /** Writes the variables that its services and {@link #administer} get. */
  void environment(Map<String, String> variables) {
    StringBuilder text = new StringBuilder();
    variables.forEach((name, value) -> text.append(name).append("='").append(value).append("'\n"));
    host.write(FOLDER + "/env", text.toString(), "root", "0600");
  }

  /** Installs a service and starts it. */
  HostService serve(String name, String line) {
    String whole = "set -a; . %s/env; exec %s".formatted(FOLDER, line);
    HostService service = new HostService(host, name, "root", List.of("bash", "-c", whole));
    service.install();
    return service;
  }

  /** Over standard input, so that no key stands on a shell's command line. */
  CommandResult administer(String script) {
    return host.attempt(
        Command.of("bash", "-s")
            .reading("set -a; . %s/env\n%s\n".formatted(FOLDER, script))
            .within(ANSWERS));
  }

  /** The same; a failure says what was wanted, without a secret. */
  String must(String what, String script) {
    CommandResult result = administer(script);
    if (!result.ok()) {
      throw new HostException(
          "object store on %s: %s failed: %s"
              .formatted(host.name(), what, secrets.redact(result.tail())));
    }
    return result.stdout();
  }

  /** Returns when a script succeeds; else tells the end of a service's log. */
  void await(String what, String script, HostService service) {
    BoundedWait.until(
        what,
        ANSWERS,
        () -> administer(script).ok(),
        () ->
            secrets.redact(
                host.attempt(Command.of("tail", "-n", "8", "/var/log/" + service.name() + ".log"))
                    .stdout()));
  }

  /** Returns when somebody listens at a port. */
  void awaitPort(int port, HostService service) {
    await(
        "%s: somebody listens at port %d".formatted(host.name(), port),
        "exec 3<>/dev/tcp/127.0.0.1/" + port,
        service);
  }

  /** The place of the bucket behind a port. */
  RepositoryLocation location(int port) {
    return new RepositoryLocation(
        StoreType.of(state.type()),
        URI.create("https://" + state.endpoint() + ":" + port),
        state.region(),
        state.bucket(),
        caCertificate);
  }

  /** The key of an account; the same within a run. */
  String key(String account) {
    return secrets.of("object store key of " + account);
  }
}
