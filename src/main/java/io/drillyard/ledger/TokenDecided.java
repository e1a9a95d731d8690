package io.drillyard.ledger;

/**
 * Somebody tried to decide what becomes of a token, by an object that can be created only once:
 * whoever is first decides.
 *
 * @param at from asking to the answer
 * @param token its id
 * @param decision {@link #SPENT} or {@link #VOID}
 * @param key of the object
 * @param created the object was made by this very try; false: it was there, and others had decided
 */
public record TokenDecided(Interval at, String token, String decision, String key, boolean created)
    implements PromotionEvent {
  /** The one that follows is promoted: no way back from here. */
  public static final String SPENT = "spent";

  /** Nobody may be promoted by it any more. */
  public static final String VOID = "void";
}
