package io.drillyard.declaration;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * Holds a file against its JSON schema and says what is wrong in words, with line and remedy.
 *
 * <p>The remedies stand in the schemas, beside the rules: {@code x-remedy} for a value, {@code
 * x-key-remedy} for a key.
 */
final class SchemaCheck {
  private static final Map<String, SchemaCheck> LOADED = new ConcurrentHashMap<>();

  private final Schema schema;
  private final JsonNode document;

  private SchemaCheck(Schema schema) {
    this.schema = schema;
    this.document = schema.getSchemaNode();
  }

  /** The check against {@code /schema/NAME.schema.json}; each schema is read once. */
  static SchemaCheck of(String name) {
    return LOADED.computeIfAbsent(name, SchemaCheck::load);
  }

  private static SchemaCheck load(String name) {
    String resource = "/schema/" + name + ".schema.json";
    try (InputStream in = SchemaCheck.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("not in the jar: " + resource);
      }
      return new SchemaCheck(
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(in, InputFormat.JSON));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a problem for every place that breaks the schema. */
  void check(YamlNode root, DeclarationProblems problems) {
    Set<String> told = new HashSet<>();
    for (Error error : schema.validate(root.json())) {
      YamlNode node = find(root, error.getInstanceLocation());
      // A value of the wrong type also breaks patterns and enums; once is enough for the reader.
      boolean key = error.getProperty() != null;
      if (key || told.add(error.getInstanceLocation().toString())) {
        tell(error, node, problems);
      }
    }
  }

  private void tell(Error error, YamlNode node, DeclarationProblems problems) {
    JsonNode rule = rule(error.getSchemaLocation().getFragment());
    String name = name(error.getInstanceLocation());
    String property = error.getProperty();
    switch (error.getKeyword()) {
      case "additionalProperties" -> {
        Collection<String> known = rule.path("properties").propertyNames();
        String remedy = rule.path("x-key-remedy").asString("");
        problems.error(
            node.get(property),
            "unknown key '" + property + "'",
            remedy.isEmpty() ? NameSuggestion.remedy(property, known) : remedy);
      }
      case "required" ->
          problems.error(node, "missing key '" + property + "'" + in(name), addKey(rule, property));
      case "enum" ->
          problems.error(
              node,
              "'" + node.raw() + "' is not a value of '" + name + "'",
              NameSuggestion.remedy(
                  node.raw(), rule.path("enum").valueStream().map(JsonNode::asString).toList()));
      default -> tellValue(error, rule, node, name, problems);
    }
  }

  private static void tellValue(
      Error error, JsonNode rule, YamlNode node, String name, DeclarationProblems problems) {
    boolean scalar = node.kind() == YamlNode.Kind.SCALAR;
    String location = error.getSchemaLocation().toString();
    if (scalar && node.value() == null) {
      problems.error(node, "'" + name + "' has no value", remedy(rule, name));
    } else if (scalar && location.contains("/$defs/duration")) {
      problems.error(
          node, "'" + name + "': " + Durations.complaint(node.raw()), Durations.remedy(node.raw()));
    } else if (scalar && location.contains("/$defs/rpo")) {
      problems.error(
          node,
          "'" + name + "': '" + node.raw() + "' is neither transactions nor a time above zero",
          remedy(rule, name));
    } else {
      String subject = name.isEmpty() ? "the file" : "'" + name + "'";
      String given = scalar ? " '" + node.raw() + "'" : "";
      problems.error(node, subject + given + " " + words(error, rule), remedy(rule, name));
    }
  }

  /** What the rule asks for, where the validator's own words would need a glossary. */
  private static String words(Error error, JsonNode rule) {
    return switch (error.getKeyword()) {
      case "pattern" -> "has not the right form";
      case "type" ->
          switch (rule.path("type").asString("")) {
            case "object" -> "must hold keys and values";
            case "array" -> "must be a list";
            case "integer" -> "must be a whole number";
            case "number" -> "must be a number";
            case "boolean" -> "must be true or false";
            case "string" -> "must be a text";
            // A list of types.
            default ->
                rule.path("type").isArray() ? "must be a text or a number" : error.getMessage();
          };
      default -> error.getMessage();
    };
  }

  private static String remedy(JsonNode rule, String name) {
    String remedy = rule.path("x-remedy").asString("");
    if (!remedy.isEmpty()) {
      return remedy;
    }
    if (name.isEmpty()) {
      return "Write keys and values; see the shipped files";
    }
    return switch (rule.path("type").asString("")) {
      case "object" -> "Write " + name + ": and, indented below it, keys and values";
      case "array" -> "Write a list: " + name + ": [a, b]";
      default -> "Write what its description asks for: " + rule.path("description").asString(name);
    };
  }

  private String addKey(JsonNode rule, String property) {
    JsonNode wanted = rule.path("properties").path(property);
    String description = wanted.path("description").asString("");
    String ref = wanted.path("$ref").asString("");
    if (description.isEmpty() && !ref.isEmpty()) {
      description = document.at(ref.substring(1)).path("description").asString("");
    }
    return "Add " + property + ": " + (description.isEmpty() ? "" : "(" + description + ")");
  }

  /** The schema object that the violated keyword stands in. */
  private JsonNode rule(NodePath keyword) {
    JsonNode node = document;
    for (int i = 0; i < keyword.getNameCount() - 1; i++) {
      Object element = keyword.getElement(i);
      node = element instanceof Integer index ? node.path(index) : node.path(element.toString());
    }
    return node;
  }

  private static YamlNode find(YamlNode root, NodePath path) {
    YamlNode node = root;
    for (int i = 0; i < path.getNameCount(); i++) {
      Object element = path.getElement(i);
      node =
          node.kind() == YamlNode.Kind.LIST
              ? node.items().get(Integer.parseInt(element.toString()))
              : node.get(element.toString());
    }
    return node;
  }

  /** The nearest key above a value: for the second member it is {@code members}. */
  private static String name(NodePath path) {
    for (int i = path.getNameCount() - 1; i >= 0; i--) {
      String element = path.getElement(i).toString();
      if (!element.chars().allMatch(Character::isDigit)) {
        return element;
      }
    }
    return "";
  }

  private static String in(String name) {
    return name.isEmpty() ? "" : " in '" + name + "'";
  }
}
