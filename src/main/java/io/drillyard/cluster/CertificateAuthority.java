package io.drillyard.cluster;

import io.drillyard.host.Command;
import io.drillyard.host.Host;
import java.time.Duration;

/**
 * A CA of the lab's own.
 *
 * @param host on which it signs
 * @param folder of its key and of everything that it signs; nobody but root reads it
 * @param days that its certificates are valid for
 */
record CertificateAuthority(Host host, String folder, int days) {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Makes {@code ca.key} and {@code ca.crt}. */
  static CertificateAuthority make(Host host, String folder, int days, String subject) {
    host.run(
        Command.sh(
                """
                set -e; mkdir -p -m 700 %s; cd %s
                openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days %d \\
                  -subj %s -keyout ca.key -out ca.crt 2>/dev/null
                """
                    .formatted(folder, folder, days, Command.quoted(subject)))
            .within(LIMIT));
    return new CertificateAuthority(host, folder, days);
  }

  /**
   * Makes {@code NAME.key}, and {@code NAME.crt} for it.
   *
   * @param extensions lines of openssl's extension file, such as {@code subjectAltName=DNS:x}
   */
  void sign(String name, String subject, String... extensions) {
    host.run(
        Command.sh(
                """
                set -e; cd %1$s
                openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \\
                  -subj %3$s -keyout %2$s.key -out %2$s.csr 2>/dev/null
                openssl x509 -req -in %2$s.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days %4$d \\
                  -extfile <(echo %5$s) -out %2$s.crt 2>/dev/null
                """
                    .formatted(
                        folder,
                        name,
                        Command.quoted(subject),
                        days,
                        Command.quoted(String.join("\n", extensions))))
            .within(LIMIT));
  }

  /** A file of its folder. */
  String read(String name) {
    return host.read(folder + "/" + name);
  }
}
