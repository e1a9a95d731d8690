package io.drillyard.ledger;

import java.util.Map;

/** A repository, by endpoint and bucket: its objects by key, with size and the store's tag. */
public record RepositoryListed(Interval at, String repository, Map<String, String> objects)
    implements Event.Apart {}
