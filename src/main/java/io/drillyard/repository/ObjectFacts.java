package io.drillyard.repository;

import java.time.Instant;

/**
 * What a store says of one object.
 *
 * @param bytes its size
 * @param modified when it was written, by the store's clock
 */
public record ObjectFacts(String key, long bytes, Instant modified) {}
