package io.drillyard.declaration;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads a YAML file into nodes that know their lines. Jackson's own tree keeps no places. */
public final class YamlReader {
  /** More than any declaration needs, and few enough for aliases that multiply to be harmless. */
  private static final int MOST_NODES = 20_000;

  private static final int DEEPEST = 40;
  private static final long LARGEST_FILE = 1 << 20;

  private final String file;
  private final DeclarationProblems problems;
  private int nodes;

  private YamlReader(String file, DeclarationProblems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** The file's root; an absent node, with the reason among the problems, if it cannot be read. */
  public static YamlNode read(Path path, DeclarationProblems problems) {
    return new YamlReader(path.toString(), problems).root(path);
  }

  private YamlNode root(Path path) {
    YamlNode nothing = YamlNode.absent(file, 1, 1);
    try {
      if (Files.size(path) > LARGEST_FILE) {
        problems.wholeFile(file, "the file is larger than 1 MiB", "Split it");
        return nothing;
      }
      LoadSettings settings =
          LoadSettings.builder()
              .setLabel(file)
              .setSchema(new CoreSchema())
              // Told here, with its place.
              .setAllowNonScalarKeys(true)
              .build();
      Optional<Node> root = new Compose(settings).composeString(Files.readString(path));
      if (root.isEmpty()) {
        problems.at(file, 1, 1, "the file declares nothing", "See the shipped files for the shape");
        return nothing;
      }
      return convert(root.get(), null, 0);
    } catch (MarkedYamlEngineException e) {
      Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
      String remedy = "Check the indentation, colons and quotes at this line and the one before";
      problems.at(file, line(mark), column(mark), "not YAML: " + e.getProblem(), remedy);
      return nothing;
    } catch (YamlEngineException e) {
      problems.at(file, 1, 1, "not YAML: " + firstLine(e), "Write plain YAML 1.2 without aliases");
      return nothing;
    } catch (CharacterCodingException e) {
      problems.wholeFile(file, "not encoded in UTF-8", "Save the file as UTF-8");
      return nothing;
    } catch (IOException e) {
      problems.wholeFile(
          file, "cannot be read (" + firstLine(e) + ")", "Check path and permissions");
      return nothing;
    }
  }

  private YamlNode convert(Node node, @Nullable Node key, int depth) {
    if (++nodes > MOST_NODES || depth > DEEPEST) {
      throw new YamlEngineException("too many or too deeply nested values");
    }
    Mark start = node.getStartMark().orElse(null);
    Mark keyStart = key == null ? start : key.getStartMark().orElse(null);
    boolean scalar = node instanceof ScalarNode;
    int line = line(keyStart);
    int column = column(scalar && line(start) == line ? start : keyStart);
    return switch (node) {
      case ScalarNode s -> {
        Object value = value(s);
        // YAML also writes True and TRUE; nobody further down should have to know.
        String raw = value instanceof Boolean b ? b.toString() : s.getValue();
        yield new YamlNode(
            file, line, column, YamlNode.Kind.SCALAR, raw, value, Map.of(), List.of());
      }
      case SequenceNode list -> {
        List<YamlNode> items = new ArrayList<>();
        for (Node item : list.getValue()) {
          items.add(convert(item, null, depth + 1));
        }
        yield new YamlNode(file, line, column, YamlNode.Kind.LIST, "", null, Map.of(), items);
      }
      case MappingNode map -> {
        Map<String, YamlNode> fields = fields(map, depth);
        yield new YamlNode(file, line, column, YamlNode.Kind.MAP, "", null, fields, List.of());
      }
      default -> throw new YamlEngineException("unexpected node " + node.getNodeType());
    };
  }

  private Map<String, YamlNode> fields(MappingNode map, int depth) {
    Map<String, YamlNode> fields = new LinkedHashMap<>();
    for (NodeTuple tuple : map.getValue()) {
      Mark mark = tuple.getKeyNode().getStartMark().orElse(null);
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.at(file, line(mark), column(mark), "a key must be a word", "Write key: value");
        continue;
      }
      YamlNode value = convert(tuple.getValueNode(), key, depth + 1);
      YamlNode first = fields.putIfAbsent(key.getValue(), value);
      if (first != null) {
        problems.at(
            file,
            line(mark),
            column(mark),
            "key '" + key.getValue() + "' stands twice, first at line " + first.line(),
            "Delete one of the two, or give it a name of its own");
      }
    }
    return fields;
  }

  private static @Nullable Object value(ScalarNode scalar) {
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.NULL)) {
      return null;
    }
    if (tag.equals(Tag.BOOL)) {
      return Boolean.valueOf(text);
    }
    try {
      if (tag.equals(Tag.INT)) {
        return Long.valueOf(text.replaceFirst("^\\+", ""));
      }
      if (tag.equals(Tag.FLOAT)) {
        double d = Double.parseDouble(text);
        return Double.isFinite(d) ? d : text;
      }
    } catch (NumberFormatException e) {
      // Hexadecimal, octal or .inf: nothing here is declared that way, so it stays a text and the
      // schema refuses it wherever a number is wanted.
      return text;
    }
    return text;
  }

  private static int line(@Nullable Mark mark) {
    return mark == null ? 1 : mark.getLine() + 1;
  }

  private static int column(@Nullable Mark mark) {
    return mark == null ? 1 : mark.getColumn() + 1;
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
