package io.drillyard.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.io.OutputStream;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Events as JSON: one object, nulls left out, the kind first.
 *
 * <p>What {@link Event} does not mark as nullable must be there: a line that lacks a property is
 * refused rather than read as zero.
 */
final class LedgerJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .changeDefaultPropertyInclusion(
              all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
          .addMixIn(Event.class, EventKinds.class)
          .annotationIntrospector(new RequiredUnlessNullable())
          .addMixIn(Event.class, EventKinds.class)
          .addModule(new SimpleModule().addDeserializer(String.class, new SharedStrings()))
          .build();

  static final ObjectWriter WRITER = MAPPER.writerFor(Event.class);
  static final ObjectReader READER = MAPPER.readerFor(Event.class);

  private LedgerJson() {}

  /** Writes one event and its line end; does not flush. */
  static void writeLine(OutputStream out, Event event) throws java.io.IOException {
    WRITER.writeValue(out, event);
    out.write('\n');
  }

  /** Makes every creator parameter required whose record component is not marked nullable. */
  private static final class RequiredUnlessNullable extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
      return nonNullComponent(member) ? Boolean.TRUE : super.hasRequiredMarker(config, member);
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
      return nonNullComponent(annotated)
          ? JsonSetter.Value.forValueNulls(Nulls.FAIL)
          : super.findSetterInfo(config, annotated);
    }

    private static boolean nonNullComponent(Annotated annotated) {
      if (!(annotated instanceof AnnotatedParameter parameter)) {
        return false;
      }
      RecordComponent @Nullable [] components = parameter.getDeclaringClass().getRecordComponents();
      return components != null
          && parameter.getIndex() < components.length
          && !components[parameter.getIndex()]
              .getAnnotatedType()
              .isAnnotationPresent(Nullable.class);
    }
  }

  /**
   * Gives equal short strings one instance: a million writes name a handful of writers, sites and
   * members, and must fit in a small heap.
   */
  private static final class SharedStrings extends StdScalarDeserializer<String> {
    private static final int SLOTS = 1024;
    private static final int LONGEST = 32;
    // Races are harmless: a lost entry costs one more instance.
    private final @Nullable String[] slots = new @Nullable String[SLOTS];

    SharedStrings() {
      super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
      String text = parser.getString();
      if (text == null || !parser.hasToken(tools.jackson.core.JsonToken.VALUE_STRING)) {
        return (String) context.handleUnexpectedToken(getValueType(context), parser);
      }
      if (text.length() > LONGEST) {
        return text;
      }
      int slot = text.hashCode() & (SLOTS - 1);
      String known = slots[slot];
      if (text.equals(known)) {
        return known;
      }
      slots[slot] = text;
      return text;
    }
  }
}
