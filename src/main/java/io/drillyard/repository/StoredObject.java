package io.drillyard.repository;

/**
 * An object as a listing names it.
 *
 * @param key whole, from the bucket's root
 * @param bytes its size
 */
public record StoredObject(String key, long bytes) {}
