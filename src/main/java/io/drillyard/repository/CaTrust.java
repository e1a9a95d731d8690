package io.drillyard.repository;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Trust in one CA and in no other, in the shapes that the clients take. */
final class CaTrust {
  private final KeyStore store;
  private final TrustManager[] managers;

  private CaTrust(KeyStore store, TrustManager[] managers) {
    this.store = store;
    this.managers = managers;
  }

  /** In the CA of this certificate, PEM. */
  static CaTrust in(String caCertificate) {
    try {
      Certificate ca =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(caCertificate.getBytes(StandardCharsets.UTF_8)));
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry("ca", ca);
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return new CaTrust(store, factory.getTrustManagers());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("not a usable CA certificate: " + e.getMessage(), e);
    }
  }

  KeyStore store() {
    return store;
  }

  TrustManager[] managers() {
    return managers.clone();
  }

  X509TrustManager manager() {
    for (TrustManager manager : managers) {
      if (manager instanceof X509TrustManager found) {
        return found;
      }
    }
    throw new IllegalStateException("this JVM has no X.509 trust manager");
  }

  SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
