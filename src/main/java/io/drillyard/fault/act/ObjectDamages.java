package io.drillyard.fault.act;

import io.drillyard.fault.ObjectDamage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a stanza's objects are damaged. */
final class ObjectDamages {
  private ObjectDamages() {}

  /** Writes down what changes. */
  static void apply(ObjectDamage damage, StanzaObjects o) {
    switch (damage) {
      case SEGMENT_MISSING -> o.remove(middle(o));
      case SEGMENT_EMPTY -> o.write(middle(o), new byte[0]);
      case SEGMENT_TRUNCATED -> o.truncate(middle(o), 0.5);
      case SEGMENT_BIT_FLIPPED -> o.flip(middle(o));
      case SEGMENT_SWAPPED -> swap(o);
      case SEGMENT_RIVAL -> rival(o);
      case TAIL_MISSING -> tail(o);
      case HISTORY_MISSING -> o.remove(o.ending(".history"));
      case HISTORY_ALTERED -> history(o);
      case BACKUP_BIT_FLIPPED -> o.flip(o.bundles().get(0));
      case BACKUP_TRUNCATED -> o.truncate(o.bundles().get(0), 0.5);
      case BACKUP_FILE_MISSING -> o.remove(o.bundles().get(0));
      case PARENT_MISSING -> o.matching(".*/backup/[^/]+/[^/]+D/.*").forEach(o::remove);
      case MANIFEST_BIT_FLIPPED -> o.flip(o.ending("F/backup.manifest"));
      case MANIFEST_MISSING -> both(o, "F/backup.manifest");
      case ARCHIVE_INFO_BIT_FLIPPED -> o.flip(o.ending("/archive.info"));
      case ARCHIVE_INFO_MISSING -> both(o, "/archive.info");
      case BACKUP_INFO_BIT_FLIPPED -> o.flip(o.ending("/backup.info"));
      case WRONG_SYSTEM_IN_ARCHIVE -> system(o, List.of("/archive.info", "/archive.info.copy"));
      case WRONG_SYSTEM ->
          system(
              o,
              List.of("/archive.info", "/archive.info.copy", "/backup.info", "/backup.info.copy"));
      case ROLLED_BACK -> rollBack(o);
      case EVERYTHING_DELETED -> o.keys().forEach(o::remove);
    }
  }

  private static String middle(StanzaObjects objects) {
    List<String> segments = objects.segments();
    return segments.get(segments.size() / 2);
  }

  private static void both(StanzaObjects objects, String end) {
    objects.remove(objects.ending(end));
    objects.remove(objects.ending(end + ".copy"));
  }

  private static void tail(StanzaObjects objects) {
    List<String> segments = objects.segments();
    objects.remove(segments.getLast());
    objects.remove(segments.get(segments.size() - 2));
  }

  /** The digest in the name is of the content: nothing that looks at one object sees it. */
  private static void swap(StanzaObjects objects) {
    List<String> segments = objects.segments();
    String victim = middle(objects);
    String donor = segments.get(segments.indexOf(victim) - 1);
    String name = victim.substring(0, victim.lastIndexOf('/') + 25);
    objects.remove(victim);
    objects.write(name + donor.substring(donor.lastIndexOf('/') + 25), objects.read(donor));
  }

  private static void rival(StanzaObjects objects) {
    List<String> segments = objects.segments();
    String one = middle(objects);
    String donor = segments.get(segments.indexOf(one) - 1);
    String name = one.substring(0, one.lastIndexOf('/') + 25);
    objects.write(name + donor.substring(donor.lastIndexOf('/') + 25), objects.read(donor));
  }

  private static void history(StanzaObjects objects) {
    String key = objects.ending(".history");
    String text = new String(objects.read(key), StandardCharsets.UTF_8);
    Matcher fork = Pattern.compile("\t([0-9A-F]+)/([0-9A-F]+)\t").matcher(text);
    String altered =
        fork.replaceFirst(
            m -> {
              long low = Long.parseLong(m.group(2), 16) - 3 * (16L << 20);
              return "\t%s/%X\t".formatted(m.group(1), low);
            });
    objects.write(key, altered.getBytes(StandardCharsets.UTF_8));
  }

  private static void system(StanzaObjects objects, List<String> files) {
    for (String file : files) {
      String key = objects.ending(file);
      String text = new String(objects.read(key), StandardCharsets.UTF_8);
      Matcher id = Pattern.compile("db-system-id=(\\d+)").matcher(text);
      if (!id.find()) {
        throw new NoSuchElementException(key + " names no system");
      }
      // The same length, another number.
      String last = id.group(1).endsWith("7") ? "8" : "7";
      String other = id.group(1).substring(0, id.group(1).length() - 1) + last;
      objects.rewrite(key, id.group(1), other);
    }
  }

  private static void rollBack(StanzaObjects objects) {
    if (objects.past().isEmpty()) {
      throw new NoSuchElementException("nobody kept what the repository held earlier");
    }
    for (String key : objects.keys()) {
      byte[] then = objects.past().get(key);
      if (then == null) {
        objects.remove(key);
      } else if (!Arrays.equals(then, objects.read(key))) {
        objects.write(key, then);
      }
    }
  }
}
