package io.drillyard.declaration;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network of the lab: addresses as numbers, which is all that the checks need.
 *
 * @param base first address
 * @param bits length of the prefix
 */
record Ipv4(long base, int bits) {
  /** Reserved for benchmarking (RFC 2544): nothing real answers there. */
  static final Ipv4 LAB = new Ipv4(0xC612_0000L, 15);

  /** The harness's own way to the hosts, which no fault touches. */
  static final Ipv4 MANAGEMENT = new Ipv4(0xC613_FF00L, 24);

  static final Pattern ANYWHERE =
      Pattern.compile("(?<![0-9.])(?:[0-9]{1,3}\\.){3}[0-9]{1,3}(?![0-9.])");

  private static final Pattern ADDRESS =
      Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})");

  /** The address as a number, if the text is one. */
  static Optional<Long> address(String text) {
    Matcher m = ADDRESS.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    long address = 0;
    for (int i = 1; i <= 4; i++) {
      int part = Integer.parseInt(m.group(i));
      // A leading zero means octal to some programs: refused, rather than guessed.
      if (part > 255 || (m.group(i).length() > 1 && m.group(i).startsWith("0"))) {
        return Optional.empty();
      }
      address = address << 8 | part;
    }
    return Optional.of(address);
  }

  /** The network, if the text is one and its host part is zero. */
  static Optional<Ipv4> network(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("[0-9]|[12][0-9]|3[0-2]")) {
      return Optional.empty();
    }
    int bits = Integer.parseInt(text.substring(slash + 1));
    return address(text.substring(0, slash))
        .filter(a -> (a & mask(bits)) == a)
        .map(a -> new Ipv4(a, bits));
  }

  boolean contains(long address) {
    return (address & mask(bits)) == base;
  }

  boolean contains(Ipv4 other) {
    return other.bits >= bits && contains(other.base);
  }

  boolean overlaps(Ipv4 other) {
    return contains(other) || other.contains(this);
  }

  private static long mask(int bits) {
    return 0xFFFF_FFFFL << (32 - bits) & 0xFFFF_FFFFL;
  }
}
