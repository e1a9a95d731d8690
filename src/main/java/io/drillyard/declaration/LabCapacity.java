package io.drillyard.declaration;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * What a member of the lab has not got: the memory and the volumes of a real machine. Parameters
 * that ask for more are given what there is, and that is said; a server that cannot start because
 * of its size shows nothing of failover.
 */
public final class LabCapacity {
  /**
   * A value in place of the declared one.
   *
   * @param value that the lab's members get
   * @param reason in words
   */
  public record Reduced(String value, String reason) {}

  /** The most of a parameter, in bytes, or as a number where it has no unit. */
  private static final Map<String, Long> MOST =
      Map.of(
          "shared_buffers", 128L << 20,
          "wal_buffers", 16L << 20,
          "min_dynamic_shared_memory", 16L << 20,
          "temp_buffers", 64L << 20,
          "max_stack_depth", 7L << 20,
          "max_connections", 1_000L,
          "max_prepared_transactions", 1_000L);

  /** Of the volume that WAL lies on, one part in so many. */
  private static final Map<String, Integer> OF_VOLUME =
      Map.of("max_wal_size", 2, "min_wal_size", 4, "wal_keep_size", 4);

  private static final Map<String, Long> UNITS =
      Map.of("8kB", 8L << 10, "kB", 1L << 10, "MB", 1L << 20, "B", 1L);

  private final PostgresParameters parameters;
  private final long walVolume;

  /**
   * Of a node.
   *
   * @param walVolume bytes of the volume that WAL lies on; 0: not limited
   */
  public LabCapacity(PostgresParameters parameters, long walVolume) {
    this.parameters = parameters;
    this.walVolume = walVolume;
  }

  /** Of an environment's members. */
  public static LabCapacity of(String image, Environment.Storage storage) {
    long data = storage.limits().getOrDefault("data", 0L);
    return new LabCapacity(
        NodeImage.of(image).parameters(), storage.limits().getOrDefault("wal", data));
  }

  /** What a parameter is reduced to; empty where its value fits. */
  public Optional<Reduced> reduce(String name, String raw) {
    PostgresParameter parameter = parameters.find(name);
    BigDecimal amount = parameter == null ? null : parameter.amount(raw);
    if (parameter == null) {
      return Optional.empty();
    }
    if (parameter.name().equals("huge_pages")) {
      return Boolean.TRUE.equals(PostgresParameter.bool(raw))
          ? Optional.of(new Reduced("try", "a lab's member has no huge pages"))
          : Optional.empty();
    }
    Long unit = UNITS.get(parameter.unit());
    long most = most(parameter.name());
    if (amount == null || most == 0) {
      return Optional.empty();
    }
    BigDecimal asked = amount.multiply(BigDecimal.valueOf(unit == null ? 1 : unit));
    return asked.compareTo(BigDecimal.valueOf(most)) <= 0
        ? Optional.empty()
        : Optional.of(
            new Reduced(
                unit == null ? Long.toString(most) : (most >> 10) + "kB",
                OF_VOLUME.containsKey(parameter.name())
                    ? "its WAL lies on a volume of " + (walVolume >> 20) + " MiB"
                    : "a lab's member has no more room"));
  }

  private long most(String name) {
    Integer part = OF_VOLUME.get(name);
    return part == null ? MOST.getOrDefault(name, 0L) : walVolume / part;
  }
}
