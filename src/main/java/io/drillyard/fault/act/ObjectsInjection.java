package io.drillyard.fault.act;

import io.drillyard.cluster.ObjectStore;
import io.drillyard.fault.ObjectDamage;
import io.drillyard.host.HostException;
import io.drillyard.repository.Repository;
import io.drillyard.repository.RepositoryException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Objects of a store that are other than they were; what they were like is kept meanwhile. */
final class ObjectsInjection implements Injection {
  private final ObjectDamage damage;
  private final ObjectStore store;
  private final String prefix;
  private final Map<String, byte[]> past;
  private final Map<String, byte @Nullable []> before = new LinkedHashMap<>();
  private final Map<String, byte @Nullable []> damaged = new LinkedHashMap<>();

  /**
   * Nothing has happened yet.
   *
   * @param prefix of the objects that it may touch
   * @param past what the store held earlier; empty: nobody knows
   */
  ObjectsInjection(
      ObjectDamage damage, ObjectStore store, String prefix, Map<String, byte[]> past) {
    this.damage = damage;
    this.store = store;
    this.prefix = prefix;
    this.past = past;
  }

  @Override
  public List<String> targets() {
    return List.of(store.state().host());
  }

  @Override
  public String undo() {
    return damage == ObjectDamage.EVERYTHING_DELETED
        ? "every object below %s is brought back from the store's versions".formatted(prefix)
        : "every object that was changed below %s gets its former bytes".formatted(prefix);
  }

  @Override
  public void apply(Runnable inForce) {
    try (Repository view = store.view()) {
      Set<String> keys = new LinkedHashSet<>(view.list(prefix));
      StanzaObjects objects = StanzaObjects.of(List.copyOf(keys), view::read, past);
      try {
        ObjectDamages.apply(damage, objects);
      } catch (NoSuchElementException e) {
        throw new HostException("%s: %s".formatted(damage.words(), e.getMessage()), e);
      }
      if (objects.changes().isEmpty()) {
        throw new HostException(damage.words() + ": there is nothing to change");
      }
      for (String key : objects.changes().keySet()) {
        before.put(
            key,
            keys.contains(key) && damage != ObjectDamage.EVERYTHING_DELETED
                ? view.read(key)
                : null);
      }
      damaged.putAll(objects.changes());
      write(view, damaged);
    }
    if (holding(damaged) < damaged.size()) {
      throw new HostException(damage.words() + ": the store holds what it held before");
    }
  }

  @Override
  public void heal(Runnable gone) {
    try (Repository view = store.view()) {
      if (damage == ObjectDamage.EVERYTHING_DELETED) {
        before.keySet().forEach(view::revive);
      } else {
        write(view, before);
      }
    }
  }

  private static void write(Repository view, Map<String, byte @Nullable []> changes) {
    changes.forEach(
        (key, bytes) -> {
          if (bytes == null) {
            view.delete(key);
          } else {
            view.put(key, bytes);
          }
        });
  }

  /** How many of these the store holds so. */
  private int holding(Map<String, byte @Nullable []> wanted) {
    int same = 0;
    try (Repository view = store.view()) {
      for (Map.Entry<String, byte @Nullable []> each : wanted.entrySet()) {
        byte[] bytes = each.getValue();
        byte[] there = there(view, each.getKey());
        if (bytes == null ? there == null : there != null && Arrays.equals(bytes, there)) {
          same++;
        }
      }
    }
    return same;
  }

  private static byte @Nullable [] there(Repository view, String key) {
    try {
      return view.read(key);
    } catch (RepositoryException e) {
      if (e.kind() == RepositoryException.Kind.NOT_FOUND) {
        return null;
      }
      throw e;
    }
  }

  @Override
  public List<Sight> look(boolean expected) {
    int there;
    try {
      there = holding(damaged);
    } catch (RepositoryException e) {
      throw new HostException("the store was not read: " + e.getMessage(), e);
    }
    // Half of it is neither: it is told as whichever of the two the drill cannot use.
    boolean holds = expected ? there == damaged.size() && there > 0 : there > 0;
    return List.of(
        new Sight(
            holds,
            "the object store on " + store.state().host(),
            "%d of %d objects are as the damage left them".formatted(there, damaged.size())));
  }
}
