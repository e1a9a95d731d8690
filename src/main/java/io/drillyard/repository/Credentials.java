package io.drillyard.repository;

/** An access key and its secret; never printed. */
public record Credentials(String accessKey, String secretKey) {
  @Override
  public String toString() {
    return "Credentials[" + accessKey + "]";
  }
}
