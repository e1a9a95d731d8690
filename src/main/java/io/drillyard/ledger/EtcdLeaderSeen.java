package io.drillyard.ledger;

/**
 * Another member of an etcd cluster leads, or one was seen to lead for the first time.
 *
 * @param cluster Patroni scope that keeps its keys there
 * @param host of the member
 * @param term raft's; the highest is the newest
 */
public record EtcdLeaderSeen(Interval at, String cluster, String host, long term)
    implements Event.Apart {}
