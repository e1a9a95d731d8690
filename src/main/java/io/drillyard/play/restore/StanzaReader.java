package io.drillyard.play.restore;

import io.drillyard.backup.ArchiveListing;
import io.drillyard.backup.BackupInfo;
import io.drillyard.backup.BackupManifest;
import io.drillyard.backup.DatabaseIdentity;
import io.drillyard.backup.EncryptedFile;
import io.drillyard.backup.InfoFile;
import io.drillyard.backup.TimelineHistory;
import io.drillyard.backup.UnreadableException;
import io.drillyard.check.backup.BackupPurgePlan;
import io.drillyard.check.backup.InformationLook;
import io.drillyard.host.HostException;
import io.drillyard.repository.Repository;
import io.drillyard.repository.RepositoryException;
import io.drillyard.repository.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A stanza in a repository, read without pgBackRest. Never writes. */
public final class StanzaReader {
  private final Repository repository;
  private final String root;
  private final String stanza;
  private final @Nullable String passphrase;

  /** Of a stanza that is not encrypted. */
  public StanzaReader(Repository repository, String path, String stanza) {
    this(repository, path, stanza, null);
  }

  /**
   * Of a stanza.
   *
   * @param path in the bucket, as pgBackRest's {@code repo-path}
   * @param passphrase that it is encrypted with; null: it is not
   */
  public StanzaReader(
      Repository repository, String path, String stanza, @Nullable String passphrase) {
    this.repository = repository;
    this.passphrase = passphrase;
    this.root = path.replaceAll("^/+", "").replaceAll("/+$", "");
    this.stanza = stanza;
  }

  /** What everything of this stanza's repository begins with. */
  public String root() {
    return root.isEmpty() ? "" : root + "/";
  }

  /** Every object with its size. */
  public Map<String, Long> sizes() {
    Map<String, Long> sizes = new TreeMap<>();
    repository.objects(root()).forEach(o -> sizes.put(o.key(), o.bytes()));
    return sizes;
  }

  /** Every object with the digest of its bytes: reads all of them. */
  public Map<String, String> digests() {
    Map<String, String> digests = new TreeMap<>();
    for (StoredObject object : repository.objects(root())) {
      digests.put(object.key(), repository.digest(object.key()));
    }
    return digests;
  }

  /** Every object with the store's own word for its content: reads a listing alone. */
  public Map<String, String> tags() {
    Map<String, String> tags = new TreeMap<>();
    repository.objects(root()).forEach(o -> tags.put(o.key(), o.bytes() + " " + o.tag()));
    return tags;
  }

  /** Reads and compares all information of the stanza. */
  public InformationLook look(Map<String, Long> sizes) {
    List<String> problems = new ArrayList<>();
    InfoFile archiveInfo = information("archive/" + stanza + "/archive.info", passphrase, problems);
    InfoFile backupInfo = information("backup/" + stanza + "/backup.info", passphrase, problems);
    BackupInfo backups = null;
    Map<Long, TimelineHistory> histories = new LinkedHashMap<>();
    Map<String, BackupManifest> manifests = new LinkedHashMap<>();
    ArchiveListing archive = null;
    try {
      if (backupInfo != null) {
        backups = BackupInfo.of(backupInfo);
        for (BackupInfo.Backup backup : backups.backups()) {
          manifest(
              backup,
              BackupInfo.systems(backupInfo)
                  .getOrDefault(backup.databaseId(), backups.database().systemId()),
              backups,
              inner(backupInfo),
              sizes,
              manifests,
              problems);
        }
      }
      if (archiveInfo != null && backups != null) {
        DatabaseIdentity identity = DatabaseIdentity.of(archiveInfo, "db");
        if (!identity.equals(backups.database())) {
          problems.add(
              "archive.info is of system %s (PostgreSQL %s), backup.info of system %s (PostgreSQL %s)"
                  .formatted(
                      identity.systemId(),
                      identity.version(),
                      backups.database().systemId(),
                      backups.database().version()));
        }
      }
      if (backups != null && !backups.backups().isEmpty()) {
        archive = archive(backups, inner(archiveInfo), sizes, histories, problems);
      }
    } catch (UnreadableException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    return new InformationLook(
        backups,
        archive,
        histories,
        List.copyOf(problems),
        backups == null ? List.of() : unknownBackups(sizes, backups),
        null);
  }

  /**
   * The stanza's list of backups alone; null when it cannot be used.
   *
   * @param problems takes what is wrong with it or with the archive's information
   */
  @Nullable BackupInfo backups(List<String> problems) {
    InfoFile archiveInfo = information("archive/" + stanza + "/archive.info", passphrase, problems);
    InfoFile backupInfo = information("backup/" + stanza + "/backup.info", passphrase, problems);
    if (archiveInfo == null || backupInfo == null) {
      return null;
    }
    try {
      return BackupInfo.of(backupInfo);
    } catch (UnreadableException e) {
      problems.add(String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** Why the information files cannot be relied upon now; empty when they can. */
  List<String> sound() {
    List<String> problems = new ArrayList<>();
    try {
      backups(problems);
    } catch (RepositoryException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    return problems;
  }

  /** The stanza's backups, the oldest first; a failure when none can be told. */
  List<BackupInfo.Backup> held() {
    BackupInfo info = backups(new ArrayList<>());
    if (info == null || info.backups().isEmpty()) {
      throw new HostException("stanza " + stanza + ": there is no backup to be restored");
    }
    return info.backups();
  }

  /** Both copies must be whole and say the same; pgBackRest is content with either. */
  private @Nullable InfoFile information(
      String name, @Nullable String pass, List<String> problems) {
    String first = text(name, pass, problems);
    String second = text(name + ".copy", pass, problems);
    InfoFile usable = null;
    for (Map.Entry<String, @Nullable String> copy :
        List.of(entry(name, first), entry(name + ".copy", second))) {
      String content = copy.getValue();
      if (content == null) {
        continue;
      }
      try {
        InfoFile parsed = InfoFile.parse(copy.getKey(), content);
        usable = usable == null ? parsed : usable;
      } catch (UnreadableException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    if (first != null && second != null && !first.equals(second)) {
      problems.add(name + " and its copy differ");
    }
    return usable;
  }

  /** What is not there is a fault of the repository; what did not answer is not known to be one. */
  private static String absent(String name, RepositoryException e) {
    return switch (e.kind()) {
      case NOT_FOUND -> name + " is missing";
      case CORRUPT, DENIED -> name + " cannot be read: " + e.getMessage();
      case THROTTLED, UNREACHABLE, FAILED, EXISTS -> throw e;
    };
  }

  private static Map.Entry<String, @Nullable String> entry(String name, @Nullable String text) {
    return new java.util.AbstractMap.SimpleImmutableEntry<>(name, text);
  }

  /** The passphrase of what an information file is about, which it holds itself; null: none. */
  private static @Nullable String inner(@Nullable InfoFile information) {
    return information == null || !information.section("cipher").containsKey("cipher-pass")
        ? null
        : information.value("cipher", "cipher-pass").asString();
  }

  private @Nullable String text(String name, @Nullable String pass, List<String> problems) {
    try {
      return plain(name, repository.read(root() + name), pass);
    } catch (RepositoryException e) {
      problems.add(absent(name, e));
      return null;
    } catch (UnreadableException e) {
      problems.add(String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** What is declared to be encrypted and is not was put there by somebody else. */
  private static String plain(String name, byte[] content, @Nullable String pass) {
    if (pass == null && EncryptedFile.is(content)) {
      throw new UnreadableException(
          name + " is encrypted, and no passphrase is declared (cipher_pass)");
    }
    if (pass != null && !EncryptedFile.is(content)) {
      throw new UnreadableException(name + " is not encrypted, although it has to be");
    }
    return new String(
        pass == null ? content : EncryptedFile.open(name, content, pass), StandardCharsets.UTF_8);
  }

  private void manifest(
      BackupInfo.Backup backup,
      String system,
      BackupInfo backups,
      @Nullable String pass,
      Map<String, Long> sizes,
      Map<String, BackupManifest> manifests,
      List<String> problems) {
    String folder = "backup/" + stanza + "/" + backup.label() + "/";
    InfoFile information = information(folder + "backup.manifest", pass, problems);
    if (information == null) {
      return;
    }
    BackupManifest manifest = BackupManifest.of(information);
    manifests.put(backup.label(), manifest);
    if (!manifest.label().equals(backup.label())) {
      problems.add("the manifest of %s says it is %s".formatted(backup.label(), manifest.label()));
    }
    if (!manifest.database().systemId().equals(system)) {
      problems.add(
          "the manifest of %s is of system %s"
              .formatted(backup.label(), manifest.database().systemId()));
    }
    for (String reference : manifest.references()) {
      if (backups.backup(reference).isEmpty()) {
        problems.add("%s needs %s, which is not there".formatted(backup.label(), reference));
      }
    }
    for (int bundle : manifest.bundles()) {
      if (!sizes.containsKey(root() + folder + "bundle/" + bundle)) {
        problems.add("%s: bundle %d is missing".formatted(backup.label(), bundle));
      }
    }
    String ending = manifest.compression().equals("none") ? "" : "." + manifest.compression();
    for (String file : manifest.single()) {
      String stored = file.endsWith(BackupManifest.BLOCKS) ? file : file + ending;
      if (!sizes.containsKey(root() + folder + stored)) {
        problems.add("%s: %s is missing".formatted(backup.label(), file));
      }
    }
  }

  /** Folders of backups that the information does not know: one under way, or given up. */
  private List<String> unknownBackups(Map<String, Long> sizes, BackupInfo backups) {
    Set<String> labels = new TreeSet<>();
    String folder = root() + "backup/" + stanza + "/";
    for (String key : sizes.keySet()) {
      if (key.startsWith(folder) && key.indexOf('/', folder.length()) > 0) {
        String label = key.substring(folder.length(), key.indexOf('/', folder.length()));
        if (BackupPurgePlan.isLabel(label) && backups.backup(label).isEmpty()) {
          labels.add(label);
        }
      }
    }
    return List.copyOf(labels);
  }

  private ArchiveListing archive(
      BackupInfo backups,
      @Nullable String pass,
      Map<String, Long> sizes,
      Map<Long, TimelineHistory> histories,
      List<String> problems) {
    String folder = root() + "archive/" + stanza + "/" + backups.database().archiveId() + "/";
    ArchiveListing archive = ArchiveListing.of(backups, sizes, folder);
    archive.strange().forEach(key -> problems.add("the archive holds a strange object: " + key));
    for (long timeline : archive.histories()) {
      String name = "%08X.history".formatted(timeline);
      try {
        String text = plain(name, repository.read(folder + name), pass);
        histories.put(timeline, TimelineHistory.parse(timeline, text));
      } catch (RepositoryException e) {
        problems.add(absent(name, e));
      } catch (UnreadableException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    return archive;
  }
}
