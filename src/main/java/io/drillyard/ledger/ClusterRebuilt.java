package io.drillyard.ledger;

/**
 * A cluster was made anew on its hosts: its next incarnation began.
 *
 * @param at from before its hosts were wiped until every member streams
 * @param cluster Patroni scope
 * @param incarnation from 2
 * @param path in the bucket that it will archive to
 * @param formerPath that the one before archived to, and nobody may write to any more
 */
public record ClusterRebuilt(
    Interval at, String cluster, int incarnation, String path, String formerPath)
    implements Event.Apart {}
