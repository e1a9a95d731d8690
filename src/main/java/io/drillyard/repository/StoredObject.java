package io.drillyard.repository;

/**
 * An object as a listing names it.
 *
 * @param key whole, from the bucket's root
 * @param bytes its size
 * @param tag the store's own words for this content (ETag, and when it was written, to the second):
 *     others after every write that came a second later
 */
public record StoredObject(String key, long bytes, String tag) {}
