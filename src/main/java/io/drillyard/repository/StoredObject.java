package io.drillyard.repository;

/**
 * An object as a listing names it.
 *
 * @param key whole, from the bucket's root
 * @param bytes its size
 * @param tag the store's own words for this content (ETag, and when it was written): others after
 *     every write
 */
public record StoredObject(String key, long bytes, String tag) {}
