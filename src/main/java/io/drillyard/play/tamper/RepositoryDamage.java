package io.drillyard.play.tamper;

import io.drillyard.check.backup.Rung;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A damage, the rung that has to catch it, and what it changes. */
public enum RepositoryDamage {
  /** The case that this tool exists for. */
  SEGMENT_MISSING(
      "one WAL segment in the middle of the archive is removed",
      Rung.CONTINUITY,
      o -> o.remove(middle(o))),
  /** A segment's object holds nothing. */
  SEGMENT_EMPTY(
      "one WAL segment in the middle holds no byte",
      Rung.CONTINUITY,
      o -> o.write(middle(o), new byte[0])),
  /** A segment ends early. */
  SEGMENT_TRUNCATED(
      "one WAL segment in the middle is cut to half its length",
      Rung.VERIFY,
      o -> o.truncate(middle(o), 0.5)),
  /** A segment with another bit. */
  SEGMENT_BIT_FLIPPED(
      "one bit of a WAL segment in the middle is flipped", Rung.VERIFY, o -> o.flip(middle(o))),
  /** Another segment under this one's name, its digest in the name. */
  SEGMENT_SWAPPED(
      "a WAL segment in the middle is replaced by its predecessor, with a digest that fits",
      Rung.TARGET,
      RepositoryDamage::swap),
  /** Two primaries archived. */
  SEGMENT_RIVAL(
      "a WAL segment is there twice, with two contents: two primaries archived into one stanza",
      Rung.CONTINUITY,
      RepositoryDamage::rival),
  /** The newest segments never arrived, or went. */
  TAIL_MISSING("the newest two WAL segments are gone", Rung.INFORMATION, RepositoryDamage::tail),
  /** A timeline without its history. */
  HISTORY_MISSING(
      "the history file of the second timeline is removed",
      Rung.CONTINUITY,
      o -> o.remove(o.ending(".history"))),
  /** A history that forks elsewhere. */
  HISTORY_ALTERED(
      "the history file says that the timeline was left three segments earlier",
      Rung.CONTINUITY,
      RepositoryDamage::history),
  /** A bit of a backup's bundle. */
  BACKUP_BIT_FLIPPED(
      "one bit of a file in the backup is flipped", Rung.VERIFY, o -> o.flip(o.bundles().get(0))),
  /** A bundle ends early. */
  BACKUP_TRUNCATED(
      "a bundle of the backup is cut to half its length",
      // pgbackrest verify does not come to an end on it.
      Rung.RESTORE,
      o -> o.truncate(o.bundles().get(0), 0.5)),
  /** A bundle is gone. */
  BACKUP_FILE_MISSING(
      "a bundle of the backup is removed", Rung.INFORMATION, o -> o.remove(o.bundles().get(0))),
  /** An incremental backup without what it stands on. */
  PARENT_MISSING(
      "the differential backup that an incremental one depends on is removed",
      Rung.INFORMATION,
      o -> o.matching(".*/backup/[^/]+/[^/]+D/.*").forEach(o::remove)),
  /** The manifest differs from its copy. */
  MANIFEST_BIT_FLIPPED(
      "one bit of the backup's manifest is flipped, its copy is whole",
      Rung.INFORMATION,
      o -> o.flip(o.ending("F/backup.manifest"))),
  /** Neither manifest can be read. */
  MANIFEST_MISSING(
      "the backup's manifest and its copy are removed",
      Rung.INFORMATION,
      o -> both(o, "F/backup.manifest")),
  /** The archive's information differs from its copy. */
  ARCHIVE_INFO_BIT_FLIPPED(
      "one bit of archive.info is flipped, its copy is whole",
      Rung.INFORMATION,
      o -> o.flip(o.ending("/archive.info"))),
  /** Both copies of the archive's information are gone. */
  ARCHIVE_INFO_MISSING(
      "archive.info and its copy are removed", Rung.INFORMATION, o -> both(o, "/archive.info")),
  /** The list of backups differs from its copy. */
  BACKUP_INFO_BIT_FLIPPED(
      "one bit of backup.info is flipped, its copy is whole",
      Rung.INFORMATION,
      o -> o.flip(o.ending("/backup.info"))),
  /** The archive belongs to another database. */
  WRONG_SYSTEM_IN_ARCHIVE(
      "archive.info and its copy name another system identifier, with checksums that fit",
      Rung.INFORMATION,
      o -> system(o, List.of("/archive.info", "/archive.info.copy"))),
  /** Everything belongs to another database. */
  WRONG_SYSTEM(
      "all information files name another system identifier, with checksums that fit",
      Rung.INFORMATION,
      o ->
          system(
              o,
              List.of("/archive.info", "/archive.info.copy", "/backup.info", "/backup.info.copy"))),
  /** Somebody put an old copy of the whole repository back. */
  ROLLED_BACK(
      "the whole repository is put back to what it was before the last backup",
      Rung.INFORMATION,
      RepositoryDamage::rollBack);

  private final String words;
  private final Rung rung;

  // A method of this class without state; the checker cannot know.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Consumer<StanzaObjects> act;

  RepositoryDamage(String words, Rung rung, Consumer<StanzaObjects> act) {
    this.words = words;
    this.rung = rung;
    this.act = act;
  }

  /** What is done, for people. */
  public String words() {
    return words;
  }

  /** The rung that has to catch it. */
  public Rung rung() {
    return rung;
  }

  /** Its name on a command line. */
  public String option() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The tampering of that name. */
  public static RepositoryDamage named(String option) {
    return Arrays.stream(values())
        .filter(t -> t.option().equals(option))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no tampering is called '" + option + "'"));
  }

  /** Writes down what changes. */
  public void apply(StanzaObjects objects) {
    act.accept(objects);
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
