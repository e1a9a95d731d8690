package io.drillyard.ledger;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes random events of any kind, so that the round trip is tested with every shape there is. */
final class Forge {
  private static final String[] TEXTS = {
    "",
    "n1",
    "routed@onprem",
    "a \"quoted\" \\ text",
    "two\nlines\t",
    "größe – ☃ 𝄞",
    "\u0000\u001f"
  };

  private final Random random;

  Forge(long seed) {
    this.random = new Random(seed);
  }

  /** One random event of that kind; what may be null is null half of the time. */
  Event event(Class<? extends Event> kind) {
    return (Event) record(kind);
  }

  private Object record(Class<?> type) {
    try {
      RecordComponent[] components = type.getRecordComponents();
      Class<?>[] types = new Class<?>[components.length];
      @Nullable Object[] values = new @Nullable Object[components.length];
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        boolean nullable = components[i].getAnnotatedType().isAnnotationPresent(Nullable.class);
        values[i] = nullable && random.nextBoolean() ? null : value(components[i].getGenericType());
      }
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] of = generic.getActualTypeArguments();
      if (generic.getRawType() == Map.class) {
        Map<Object, Object> map = new HashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          map.put(value(of[0]), value(of[1]));
        }
        return map;
      }
      List<Object> list = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        list.add(value(of[0]));
      }
      return list;
    }
    if (type == Interval.class) {
      long start = random.nextLong(1L << 50);
      return new Interval(start, start + random.nextLong(1L << 40));
    }
    if (type == String.class) {
      return TEXTS[random.nextInt(TEXTS.length)];
    }
    if (type == long.class || type == Long.class) {
      return random.nextBoolean() ? random.nextLong() : (long) random.nextInt(1000);
    }
    if (type == int.class || type == Integer.class) {
      return random.nextInt();
    }
    if (type == double.class || type == Double.class) {
      return random.nextBoolean() ? random.nextDouble() * 1e6 : (double) random.nextInt(1000);
    }
    if (type == boolean.class || type == Boolean.class) {
      return random.nextBoolean();
    }
    if (type instanceof Class<?> c && c.isEnum()) {
      return c.getEnumConstants()[random.nextInt(c.getEnumConstants().length)];
    }
    return record((Class<?>) type);
  }
}
