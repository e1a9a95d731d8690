package io.drillyard.cli;

import java.time.Duration;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Answers for programs. */
final class JsonOutput {
  private JsonOutput() {}

  /** Indented JSON; durations as ISO-8601. */
  static String of(Object value) {
    SimpleModule module = new SimpleModule();
    module.addSerializer(Duration.class, new DurationText());
    return JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .addModule(module)
        .build()
        .writeValueAsString(value);
  }

  private static final class DurationText extends StdSerializer<Duration> {
    DurationText() {
      super(Duration.class);
    }

    @Override
    public void serialize(Duration value, JsonGenerator out, SerializationContext context) {
      out.writeString(value.toString());
    }
  }
}
