package io.drillyard.repository;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a service account's key is changed for a token, as at Google: whoever signs with the
 * account's key gets it, and whoever signs with another gets none. On loopback, without TLS.
 */
final class TokenServer implements AutoCloseable {
  private static final String ACCOUNT = "reader@drillyard.iam.test";
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final KeyPair known;
  private final String token;

  private TokenServer(HttpServer server, KeyPair known, String token) {
    this.server = server;
    this.known = known;
    this.token = token;
  }

  /** Opens it; it hands out that token. */
  static TokenServer open(String token) throws IOException, GeneralSecurityException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    TokenServer office = new TokenServer(server, pair(), token);
    server.createContext("/token", office::answer);
    server.start();
    return office;
  }

  private static KeyPair pair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean signed = isSigned(body.replaceAll(".*assertion=", ""), known.getPublic());
    Map<String, Object> said =
        signed
            ? Map.of("access_token", token, "expires_in", 3600, "token_type", "Bearer")
            : Map.of("error", "invalid_grant", "error_description", "Invalid JWT Signature.");
    byte[] bytes = JSON.writeValueAsBytes(said);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(signed ? 200 : 400, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Of {@code header.claims.signature}. */
  private static boolean isSigned(String assertion, PublicKey key) {
    int end = assertion.lastIndexOf('.');
    if (end < 0) {
      return false;
    }
    try {
      Signature check = Signature.getInstance("SHA256withRSA");
      check.initVerify(key);
      check.update(assertion.substring(0, end).getBytes(StandardCharsets.US_ASCII));
      return check.verify(Base64.getUrlDecoder().decode(assertion.substring(end + 1)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  /** Writes the account's key file. */
  Path key(Path file) throws IOException {
    return write(file, known);
  }

  /** Writes a key file of the same account, with a key that the office does not know. */
  Path wrongKey(Path file) throws IOException, GeneralSecurityException {
    return write(file, pair());
  }

  private Path write(Path file, KeyPair pair) throws IOException {
    String pem =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pair.getPrivate().getEncoded());
    return Files.writeString(
        file,
        JSON.writeValueAsString(
            Map.of(
                "type",
                "service_account",
                "project_id",
                "drillyard",
                "private_key_id",
                "1",
                "private_key",
                "-----BEGIN PRIVATE KEY-----\n" + pem + "\n-----END PRIVATE KEY-----\n",
                "client_email",
                ACCOUNT,
                "client_id",
                "1",
                "token_uri",
                "http://127.0.0.1:%d/token".formatted(server.getAddress().getPort()))));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
