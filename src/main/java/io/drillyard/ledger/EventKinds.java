package io.drillyard.ledger;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What each kind of {@link Event} is called in a ledger: mixed into it, for JSON alone. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Event.Opened.class, name = "opened"),
  @JsonSubTypes.Type(value = Event.Planned.class, name = "planned"),
  @JsonSubTypes.Type(value = Event.Phase.class, name = "phase"),
  @JsonSubTypes.Type(value = Event.Topology.class, name = "topology"),
  @JsonSubTypes.Type(value = Event.Write.class, name = "write"),
  @JsonSubTypes.Type(value = Event.Probed.class, name = "probed"),
  @JsonSubTypes.Type(value = Event.SyncWait.class, name = "sync-wait"),
  @JsonSubTypes.Type(value = Event.Standbys.class, name = "standbys"),
  @JsonSubTypes.Type(value = Event.Relayed.class, name = "relayed"),
  @JsonSubTypes.Type(value = Event.LeaderKey.class, name = "leader-key"),
  @JsonSubTypes.Type(value = PatroniSeen.class, name = "patroni"),
  @JsonSubTypes.Type(value = Event.HistorySeen.class, name = "history"),
  @JsonSubTypes.Type(value = HistoryUnread.class, name = "history-unread"),
  @JsonSubTypes.Type(value = ArchiverSeen.class, name = "archiver"),
  @JsonSubTypes.Type(value = Event.SettingSeen.class, name = "setting"),
  @JsonSubTypes.Type(value = Event.Injected.class, name = "injected"),
  @JsonSubTypes.Type(value = Event.Reachability.class, name = "reachability"),
  @JsonSubTypes.Type(value = Event.Healed.class, name = "healed"),
  @JsonSubTypes.Type(value = Event.Witnessed.class, name = "witnessed"),
  @JsonSubTypes.Type(value = Event.Action.class, name = "action"),
  @JsonSubTypes.Type(value = Event.Awaited.class, name = "awaited"),
  @JsonSubTypes.Type(value = Event.RowsRead.class, name = "rows-read"),
  @JsonSubTypes.Type(value = OrphanedWal.class, name = "orphaned-wal"),
  @JsonSubTypes.Type(value = RepositoryListed.class, name = "repository"),
  @JsonSubTypes.Type(value = Event.WallClock.class, name = "wall-clock"),
  @JsonSubTypes.Type(value = Event.Stalled.class, name = "stalled"),
  @JsonSubTypes.Type(value = Event.Note.class, name = "note"),
  @JsonSubTypes.Type(value = Event.Facts.class, name = "facts"),
  @JsonSubTypes.Type(value = Event.Closed.class, name = "closed"),
  @JsonSubTypes.Type(value = EtcdLeaderSeen.class, name = "etcd-leader"),
  @JsonSubTypes.Type(value = OrderAnswered.class, name = "order-answered"),
  @JsonSubTypes.Type(value = ServicesSeen.class, name = "services"),
  @JsonSubTypes.Type(value = WalSwitched.class, name = "wal-switched"),
  @JsonSubTypes.Type(value = BackupsSeen.class, name = "backups"),
  @JsonSubTypes.Type(value = ClusterRebuilt.class, name = "rebuilt"),
  @JsonSubTypes.Type(value = EpisodeBegan.class, name = "episode"),
  @JsonSubTypes.Type(value = GateAsked.class, name = "gate"),
  @JsonSubTypes.Type(value = SlotConsumed.class, name = "slot-consumed"),
  @JsonSubTypes.Type(value = RestoreOrdered.class, name = "restore-ordered"),
  @JsonSubTypes.Type(value = RungLooked.class, name = "rung"),
  @JsonSubTypes.Type(value = RungUntried.class, name = "rung-untried"),
  @JsonSubTypes.Type(value = RestoreControl.class, name = "restore-control"),
})
interface EventKinds {}
