package io.drillyard.target;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;

/** How much may be lost, in acknowledged transactions or in time. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "unit")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Rpo.Transactions.class, name = "transactions"),
  @JsonSubTypes.Type(value = Rpo.Time.class, name = "time"),
})
public sealed interface Rpo {
  /** At most so many acknowledged transactions. */
  record Transactions(long most) implements Rpo {}

  /** At most the acknowledged transactions of so long a time. */
  record Time(Duration most) implements Rpo {}
}
