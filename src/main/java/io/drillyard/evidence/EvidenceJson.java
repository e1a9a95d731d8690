package io.drillyard.evidence;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.drillyard.check.Finding;
import io.drillyard.check.backup.Rung;
import io.drillyard.check.repeat.BaselineRegression;
import io.drillyard.check.repeat.RepeatDistribution;
import io.drillyard.check.repeat.RunSample;
import io.drillyard.declaration.Disruption;
import io.drillyard.declaration.FailoverMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code evidence.json}: the machine's copy of a run's record.
 *
 * <p>Its shape is {@code schema/evidence.schema.json}. Durations are ISO-8601 strings; an upper
 * bound that was never seen is {@code null}, since JSON knows no infinity.
 */
public final class EvidenceJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .addMixIn(Finding.class, FindingNames.class)
          .addMixIn(Finding.Measured.class, OpenEnd.class)
          .addMixIn(RunSample.class, OpenEnd.class)
          .addMixIn(RepeatDistribution.class, WithoutStatement.class)
          .addMixIn(BaselineRegression.class, WithoutStatement.class)
          .addMixIn(Disruption.class, Word.class)
          .addMixIn(FailoverMode.class, Word.class)
          .addMixIn(Rung.class, RungName.class)
          .build();

  private EvidenceJson() {}

  /** The record as JSON text. */
  public static String write(Evidence evidence) {
    return MAPPER.writeValueAsString(evidence) + "\n";
  }

  /** A part of a record as it stands in the file, for comparison. */
  public static String part(@Nullable Object part) {
    return MAPPER.writeValueAsString(part);
  }

  /**
   * Reads a stored record.
   *
   * @throws EvidenceException when it is missing, cut off, not evidence, or of a newer format
   */
  public static Evidence read(Path file) {
    try {
      return read(Files.readString(file), file.toString());
    } catch (NoSuchFileException e) {
      throw new EvidenceException(
          file.toString(), "no such file", "Name the folder of a run: reports/<run>", e);
    } catch (IOException e) {
      throw new EvidenceException(
          file.toString(), "cannot be read: " + e, "Check that the file is readable", e);
    }
  }

  /**
   * Reads a record from text.
   *
   * @param name of its source, for errors
   */
  static Evidence read(String json, String name) {
    try {
      JsonNode tree = MAPPER.readTree(json);
      JsonNode format = tree.path("format");
      if (!format.isIntegralNumber()) {
        throw new EvidenceException(
            name, "is not Drillyard evidence: it states no format", "Name a run's evidence.json");
      }
      if (format.asInt() > Evidence.FORMAT) {
        throw new EvidenceException(
            name,
            "has format " + format.asInt() + ", this version reads up to " + Evidence.FORMAT,
            "Read it with the Drillyard that wrote it, or a newer one");
      }
      Evidence evidence = MAPPER.treeToValue(tree, Evidence.class);
      evidence.restoreTests().forEach(t -> whole(t, name));
      return evidence.format() > 1 ? evidence : coded(evidence);
    } catch (JacksonException e) {
      throw unreadable(name, e);
    }
  }

  /** What a reader relies on is missed here, and not when it is asked for. */
  static void whole(RestoreTest test, String name) {
    boolean there =
        Stream.of(
                test.name(),
                test.policy(),
                test.serves(),
                test.stanza(),
                test.verdict(),
                test.started(),
                test.finished(),
                test.end(),
                test.backup(),
                test.target(),
                test.ladder(),
                test.partsMs(),
                test.versions(),
                test.notChecked(),
                test.observations())
            .allMatch(Objects::nonNull);
    try {
      if (there) {
        Instant.parse(test.started());
        Instant.parse(test.finished());
      }
    } catch (DateTimeException e) {
      there = false;
    }
    if (!there) {
      throw new EvidenceException(
          name,
          "holds a restore test, '" + test.name() + "', that lacks what every one has",
          "Take the run from where it was made");
    }
  }

  /** Records of format 1 tell in sentences what was not checked. */
  private static Evidence coded(Evidence evidence) {
    return evidence.with(
        evidence.verdict(),
        evidence.drills().stream()
            .map(d -> d.withNotChecked(NotCheckedSentences.codes(d.notChecked())))
            .toList(),
        evidence.study());
  }

  private static EvidenceException unreadable(String name, JacksonException e) {
    int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
    return new EvidenceException(
        line > 0 ? name + ":" + line : name,
        "is cut off or damaged: " + e.getOriginalMessage(),
        "The ledgers beside it are the source; judge the run again, or restore the file",
        e);
  }

  /**
   * A finding's {@code check} is called {@code name} for readers of the file. Its sentences are
   * neither written nor read: they follow from the ledger.
   */
  interface FindingNames {
    @JsonProperty("name")
    String check();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable String code();

    @JsonIgnore
    @Nullable String target();

    @JsonIgnore
    String summary();

    @JsonIgnore
    List<String> details();
  }

  /** An upper bound may be open. */
  interface OpenEnd {
    @JsonSerialize(using = NullWhenInfinite.class)
    @JsonDeserialize(using = InfiniteWhenNull.class)
    double upper();
  }

  /** What repeats or a comparison come to is said anew by every reader. */
  interface WithoutStatement {
    @JsonIgnore
    String statement();
  }

  /** Enumerations are written as the words that declarations use. */
  interface Word {
    @JsonValue
    String word();
  }

  /** Rungs are written by their names in reports. */
  interface RungName {
    @JsonValue
    String check();
  }

  /** Writes an unbounded value as null. */
  static final class NullWhenInfinite extends ValueSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator out, SerializationContext context) {
      if (value.isInfinite() || value.isNaN()) {
        out.writeNull();
      } else {
        out.writeNumber(value);
      }
    }
  }

  /** Reads null as unbounded. */
  static final class InfiniteWhenNull extends ValueDeserializer<Double> {
    @Override
    public Double deserialize(JsonParser in, DeserializationContext context) {
      return in.getDoubleValue();
    }

    @Override
    public @Nullable Object getNullValue(DeserializationContext context) {
      return Double.POSITIVE_INFINITY;
    }
  }
}
