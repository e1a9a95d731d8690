package io.drillyard.declaration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A value in a YAML file that knows where it stands.
 *
 * <p>What is absent is a node too, standing where its parent stands: semantic checks can then run
 * over files that break the schema, so that all problems are told at once.
 *
 * @param file as shown to people
 * @param line of its key, or of the value itself in a list; from 1
 * @param column of the value if it is a scalar, otherwise of its key; from 1
 * @param raw a scalar's text as written, without quotes; empty for the others
 * @param value a scalar's value: String, Long, Double, Boolean or null
 */
public record YamlNode(
    String file,
    int line,
    int column,
    Kind kind,
    String raw,
    @Nullable Object value,
    Map<String, YamlNode> fields,
    List<YamlNode> items) {

  /** What a node is. */
  public enum Kind {
    MAP,
    LIST,
    SCALAR,
    ABSENT
  }

  /** Where a file is that could not be read, or a key that is not there. */
  public static YamlNode absent(String file, int line, int column) {
    return new YamlNode(file, line, column, Kind.ABSENT, "", null, Map.of(), List.of());
  }

  public boolean present() {
    return kind != Kind.ABSENT;
  }

  /** The value of that key; an absent node if there is none. */
  public YamlNode get(String key) {
    YamlNode field = fields.get(key);
    return field != null ? field : absent(file, line, column);
  }

  /** The value at the end of that path of keys. */
  public YamlNode at(String... path) {
    YamlNode node = this;
    for (String key : path) {
      node = node.get(key);
    }
    return node;
  }

  /** The texts of a list's scalars. */
  public List<String> texts() {
    return items.stream().map(YamlNode::raw).toList();
  }

  /** The text as written, or the default if the key is not there. */
  public String text(String otherwise) {
    return present() ? raw : otherwise;
  }

  /** A whole number, or the default if this is none. */
  public long number(long otherwise) {
    return switch (value) {
      case Long n -> n;
      // 8.0 is an integer to a JSON schema.
      case Double d when d % 1 == 0 -> d.longValue();
      case null, default -> otherwise;
    };
  }

  /** This node and all below it. */
  public List<YamlNode> all() {
    List<YamlNode> all = new ArrayList<>(List.of(this));
    fields.values().forEach(f -> all.addAll(f.all()));
    items.forEach(i -> all.addAll(i.all()));
    return all;
  }

  /** Maps, lists and scalars of the Java library, for what is passed through as it is. */
  public @Nullable Object plain() {
    return switch (kind) {
      case MAP -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        fields.forEach((key, field) -> map.put(key, field.plain()));
        yield map;
      }
      case LIST -> {
        List<@Nullable Object> list = new ArrayList<>();
        items.forEach(i -> list.add(i.plain()));
        yield list;
      }
      case SCALAR -> value;
      case ABSENT -> null;
    };
  }

  /** The same for the schema validator. */
  JsonNode json() {
    JsonNodeFactory factory = JsonNodeFactory.instance;
    return switch (kind) {
      case MAP -> {
        ObjectNode map = factory.objectNode();
        fields.forEach((key, field) -> map.set(key, field.json()));
        yield map;
      }
      case LIST -> {
        ArrayNode list = factory.arrayNode();
        items.forEach(i -> list.add(i.json()));
        yield list;
      }
      case SCALAR ->
          switch (value) {
            case Boolean b -> factory.booleanNode(b);
            case Long n -> factory.numberNode(n);
            case Double d -> factory.numberNode(d);
            case null -> factory.nullNode();
            default -> factory.stringNode(raw);
          };
      case ABSENT -> factory.nullNode();
    };
  }
}
