package io.drillyard.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Another member of an etcd cluster leads, or one was seen to lead for the first time.
 *
 * @param cluster Patroni scope that keeps its keys there
 * @param host of the member
 * @param term raft's; the highest is the newest
 * @param members of that etcd cluster, as it is declared; null in ledgers that do not tell
 */
public record EtcdLeaderSeen(
    Interval at, String cluster, String host, long term, @Nullable Integer members)
    implements Event.Apart {}
