package io.drillyard.repository;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What keeps an object from being deleted.
 *
 * @param mode the store's own word, such as {@code GOVERNANCE}
 * @param until when it ends; null: not by itself
 */
public record ObjectRetention(String mode, @Nullable Instant until) {}
