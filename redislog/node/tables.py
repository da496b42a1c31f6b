"""The transition tables: ALL that affects the state of a server is here.

Two rules.

1. An event changes the phase of a link only by a row of `UPSTREAM` or `DOWNSTREAM`, the role only by a row
   of `ROLES` or by the role letter of its line, the process only by a row of `RUNS`.
2. An event that its row does not expect in the present phase is a *gap in the log*. It is recorded, the
   phase becomes what the event says, and nothing is raised.

The upstream link of a replica goes ::

    connect -> connecting -> handshake -> psync -> wait_bgsave -> transfer -> loading -> connected

and back to ``connect`` on loss; a partial resync goes from ``psync`` to ``connected``. A primary has no
upstream link, ``none``. A downstream replica of a primary goes ``wait_bgsave -> send_bulk -> online -> gone``,
for a partial resync straight to ``online``.

The words are those of Redis (``replication.c``: ``REPL_STATE_*``, ``SLAVE_STATE_*``, and the ``ROLE`` command).
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from redislog.node.exits import AT_START, GIVES_UP

LinkPhase = Literal[
    "none",
    "connect",
    "connecting",
    "handshake",
    "psync",
    "wait_bgsave",
    "transfer",
    "loading",
    "connected",
]
ReplicaPhase = Literal["wait_bgsave", "send_bulk", "online", "gone"]
Role = Literal["primary", "replica", "unknown"]
LinkWord = Literal["connect", "connecting", "handshake", "sync", "connected", "unknown"]

LINK_WORD: dict[LinkPhase, LinkWord] = {
    "connect": "connect",
    "connecting": "connecting",
    "handshake": "handshake",
    "psync": "handshake",
    "wait_bgsave": "sync",
    "transfer": "sync",
    "loading": "sync",
    "connected": "connected",
}
"""What the ``ROLE`` command calls a phase (``replication.c:roleCommand``)."""


UNANSWERED = frozenset({"replica.retry-with-sync"})
"""Messages after which a replica waits for a snapshot that nobody has promised."""


SNAPSHOT_SAVED = frozenset(
    {"replica.full-sync.bio-done", "replica.full-sync.bio-completion-seen", "replica.full-sync.finalizing"}
)
"""Messages after which a replica has the whole snapshot on its disk, and has not begun to load it."""


class Step(NamedTuple):
    """What one message does: the phases in which it is expected, and the phase after it."""

    expected: frozenset[str]
    to: str


def _rows(expected: str, to: str, *keys: str) -> dict[str, Step]:
    return {key: Step(frozenset(expected.split()), to) for key in keys}


_TRYING = "connecting handshake psync"
_SYNCING = "wait_bgsave transfer loading"

UPSTREAM: dict[str, Step] = {
    **_rows(
        "connect none",
        "connecting",
        "replica.connecting",
        "replica.reconnecting",
        "replica.reconnecting-after-failure",
    ),
    **_rows("connect connecting none", "connecting", "replica.sync-started"),
    **_rows("connecting", "handshake", "replica.connected"),
    **_rows("handshake", "handshake", "replica.handshake.ping-ok"),
    **_rows("handshake", "psync", "replica.psync-request", "replica.psync-impossible"),
    **_rows(
        "psync handshake",
        "wait_bgsave",
        "replica.full-sync-from-primary",
        "replica.psync-bad-fullresync",
        "replica.psync-to-rdb-channel",
        "replica.retry-with-sync",
    ),
    **_rows(
        "wait_bgsave transfer",
        "transfer",
        "replica.full-sync.receiving-bytes",
        "replica.full-sync.receiving-streamed",
        "replica.rdb-channel.parallel",
    ),
    # From Valkey 9.0 on a thread saves the snapshot; the main thread looks once a second whether it has it.
    **_rows(
        "transfer",
        "transfer",
        "replica.full-sync.bio-done",
        "replica.full-sync.bio-completion-seen",
        "replica.full-sync.finalizing",
    ),
    **_rows("transfer loading", "loading", "replica.full-sync.flushing", "replica.full-sync.loading"),
    **_rows("loading", "connected", "replica.full-sync.finished"),
    **_rows("psync connected", "connected", "replica.psync-success", "replica.psync-accepted"),
    **_rows("connecting connect handshake", "connect", "replica.connect-error", "replica.connect-failed"),
    # The line before may have said why already.
    **_rows(f"connect {_TRYING}", "connect", "replica.handshake.no-reply", "replica.psync-no-reply"),
    **_rows(
        _TRYING,
        "connect",
        "replica.timeout-connecting",
        "replica.handshake.auth-failed",
        "replica.handshake.no-reply-auth",
        "replica.handshake.no-reply-replconf",
        "replica.handshake.ping-error",
        "replica.handshake.ping-io-error",
        "replica.handshake.send-error",
        "replica.handshake.write-error",
        "replica.psync-send-error",
        "replica.psync-try-later",
        "replica.state-machine-error",
    ),
    # With two channels the answer to the second one is read when the first one was granted a full resync.
    **_rows(f"{_TRYING} wait_bgsave", "connect", "replica.handshake.read-error"),
    **_rows(
        f"psync {_SYNCING}",
        "connect",
        "replica.event-error",
        "replica.full-sync.bad-protocol",
        "replica.full-sync.bulk-count-error",
        "replica.full-sync.disk-write-error",
        "replica.full-sync.fsync-dir-error",
        "replica.full-sync.fsync-error",
        "replica.full-sync.io-error",
        "replica.full-sync.load-error-disk",
        "replica.full-sync.load-error-socket",
        "replica.full-sync.primary-error",
        "replica.full-sync.rename-error",
        "replica.full-sync.tempfile-error",
        "replica.full-sync.truncate-error",
        "replica.full-sync.rdb-incompatible-kept",
        "replica.timeout-transfer",
    ),
    # What the thread that saves a snapshot says of its end, and later the main thread, which may have ended it.
    **_rows(
        f"connect {_TRYING} {_SYNCING}",
        "connect",
        "replica.full-sync.bio-aborted",
        "replica.full-sync.bio-metadata-error",
        "replica.full-sync.bio-payload-error",
        "replica.full-sync.bio-failed",
        "replica.full-sync.bio-failure-seen",
    ),
    **_rows(
        f"connect psync {_SYNCING}",
        "connect",
        "replica.rdb-channel.aborted",
        "replica.dual-channel.abort",
        "replica.dual-channel.abort-psync-result",
        "replica.dual-channel.abort-write-error",
        "replica.dual-channel.failed",
    ),
    **_rows("connected", "connect", "replica.timeout-primary"),
    **_rows("connected connect", "connect", "replica.primary-link-lost"),
    **_rows(
        "none connect connecting handshake psync wait_bgsave transfer loading connected",
        "none",
        "role.promoted",
        "role.promoted-failover",
        "failover.aborted",
        "failover.aborted-any",
    ),
}
"""The upstream link of a replica. Source: ``replication.c:syncWithMaster``, ``readSyncBulkPayload``."""

DOWNSTREAM: dict[str, Step] = {
    **_rows("gone online", "wait_bgsave", "primary.sync-requested"),
    **_rows(
        "wait_bgsave",
        "wait_bgsave",
        "primary.full-sync-requested",
        "primary.psync-refused.backlog",
        "primary.psync-refused.id-mismatch",
        "primary.psync-refused.offset-ahead",
        "primary.psync-refused.second-id-offset",
        "primary.full-sync.delayed-diskless",
        "primary.full-sync.delayed-other-child",
        "primary.full-sync.wait-next-bgsave",
        "primary.full-sync.wait-next-bgsave-socket",
        "primary.full-sync.attach-current-bgsave",
        "primary.dual-channel.offered",
        "primary.rdb-channel.offered",
    ),
    **_rows("wait_bgsave", "send_bulk", "primary.full-sync.bgsave-started"),
    **_rows("send_bulk", "send_bulk", "primary.full-sync.streamed", "primary.full-sync.diskless-replica-ok"),
    **_rows("send_bulk wait_bgsave", "online", "primary.replica-online"),
    **_rows("wait_bgsave", "online", "primary.psync-accepted"),
    **_rows(
        "wait_bgsave send_bulk",
        "gone",
        "primary.full-sync.bgsave-child-error",
        "primary.full-sync.bgsave-failed",
        "primary.full-sync.diskless-error",
        "primary.full-sync.diskless-no-replica",
        "primary.full-sync.diskless-replica-failed",
        "primary.full-sync.diskless-signal",
        "primary.full-sync.open-error",
        "primary.replica-timeout-full-sync",
        "primary.sync-requested-wrong-offset",
    ),
    **_rows("wait_bgsave send_bulk online gone", "gone", "primary.replica-link-lost"),
    **_rows("online", "gone", "primary.replica-timeout"),
}
"""A primary's view of one replica. Source: ``replication.c:syncCommand``, ``updateSlavesWaitingBgsave``."""

FULL_RESYNC_WHY: dict[str, str] = {
    "primary.psync-refused.id-mismatch": "replication ID mismatch",
    "primary.psync-refused.backlog": "lack of backlog",
    "primary.psync-refused.offset-ahead": "offset ahead of the primary",
    "primary.psync-refused.second-id-offset": "offset beyond the second replication ID",
    "replica.psync-impossible": "no cached master",
    "replica.psync-unsupported": "PSYNC not supported or refused",
    "replica.retry-with-sync": "PSYNC not supported or refused",
}
"""Why a resync was not partial, by the line that says so, in Redis's own words where it has some."""

ROLES: dict[str, Role] = {
    "role.promoted": "primary",
    "role.promoted-failover": "primary",
    "role.demoted": "replica",
}
"""Messages that state a change of role."""

LETTER_ROLE: dict[str, Role] = {"M": "primary", "S": "replica"}
"""What the role letter of a line says; ``C`` and ``X`` say nothing of a server's role."""


_TURNS: dict[str, Role] = {
    "cluster.election-won": "primary",
    "cluster.failover-takeover": "primary",
    "cluster.promoted": "primary",
    "replica.replid-shifted": "primary",
    "cluster.reconfigured-as-replica": "replica",
    "cluster.reconfigured-as-replica-slot": "replica",
}
"""Messages of a change of role that no row of `ROLES` states."""


def role_without_letter(key: str) -> Role | None:
    """The role that only one who is in it prints a message in: where no letter says the role, this does."""
    row = UPSTREAM.get(key)
    if row is not None and row.to != "none" and key not in LETTER_IS_EARLY:
        return "replica"
    return _TURNS.get(key)


def serves(key: str) -> bool:
    """Whether a message is that a replica gets what it asked for, which one without a link to its primary gives nobody."""
    row = DOWNSTREAM.get(key)
    return row is not None and row.to in ("send_bulk", "online")


LETTER_IS_EARLY = frozenset(
    {
        "replica.primary-link-lost",
        "replica.primary-cached",
        "replica.cached-primary-discarded",
        "replica.replid-shifted",
        "role.demoted-cached-self",
    }
)
"""Messages printed in the middle of a change of role: a re-pointed replica (6.2+) shows ``M`` in them."""

ELECTED = frozenset({"cluster.election-won", "cluster.failover-takeover"})
"""Messages of a node of a Cluster that becomes a primary at once (``cluster.c:clusterFailoverReplaceYourMaster``): what
is printed in the middle of other changes of role, is printed at the end of this one."""

Life = Literal["start", "starting", "ready", "stop", "fails", "crash"]

RUNS: dict[str, Life] = {
    "server.starting": "start",
    "server.started": "start",
    "server.version": "start",
    "memory.overcommit": "starting",
    "memory.thp": "starting",
    "server.config-loaded": "starting",
    "server.no-config-file": "starting",
    "server.clock": "starting",
    "server.mode": "starting",
    "server.initialized": "starting",
    "server.kernel-bug": "starting",
    "server.xen-clocksource": "starting",
    "server.tcp-backlog": "starting",
    "server.ready": "ready",
    "server.ready-unix": "ready",
    "server.exit": "stop",
    "server.exit-insist": "stop",
    "server.signal-loading": "stop",
    **dict.fromkeys(GIVES_UP, "stop"),
    **dict.fromkeys(AT_START, "fails"),
    "crash.signal": "crash",
    "crash.panic-banner": "crash",
    "crash.assertion": "crash",
    "crash.info-output": "crash",
    "crash.client-list-output": "crash",
    "crash.modules-info-output": "crash",
    "crash.fast-memory-test": "crash",
    "crash.end": "crash",
}
"""The life of a process. Source: ``server.c:main``, ``finishShutdown``, ``debug.c:sigsegvHandler``.

A starting process prints each ``starting`` line once, and no other prints any: where the process before has ended, is
ready or has printed the line already, another one began. From Redis 7.2 on warnings of the system stand before the
banner, from Valkey 8.1 on with the letter of a role. What ``fails`` stops a process that has begun and is not ready.

A report of a crash may end anywhere: what it does last, the test of the memory, may crash itself.
"""

_SOME: dict[str, re.Pattern[str]] = {
    "server.signal-loading": re.compile(".*exiting now"),
    **{key: re.compile(text) for key, text in GIVES_UP.items() if text},
}
"""What a message must match, where its row in `RUNS` is true of some wordings only."""


def life_step(key: str, message: str) -> Life | None:
    """What a message says of the life of its process; None of one that says nothing of it.

    >>> life_step("server.listen-error", "Creating Server TCP listening socket *:6379: bind: Address already in use")
    'stop'
    """
    step = RUNS.get(key)
    some = _SOME.get(key) if step == "stop" else None
    return None if some is not None and some.match(message) is None else step


MigrationStep = Literal["begun", "paused", "done", "failed", "ended", "moves"]

MIGRATIONS: dict[str, MigrationStep] = {
    # Valkey 9.0+: the end says how it ended, and the source's states when it paused writes.
    "cluster.slot-migration.asked": "begun",
    "cluster.slot-migration.import-created": "begun",
    "cluster.slot-migration.paused": "paused",
    "cluster.slot-migration.state": "moves",
    "cluster.slot-migration.finished": "ended",
    # Redis 8.4+: both ends say each step; a failure is told twice, the first time with its cause.
    "cluster.asm.import-created": "begun",
    "cluster.asm.import-started": "begun",
    "cluster.asm.import-completed": "done",
    "cluster.asm.import-failed": "failed",
    "cluster.asm.import-lost-by-failover": "failed",
    "cluster.asm.migrate-created": "begun",
    "cluster.asm.migrate-started": "begun",
    "cluster.asm.migrate-handoff": "paused",
    "cluster.asm.migrate-completed": "done",
    "cluster.asm.migrate-failed": "failed",
    "cluster.asm.task-failed": "failed",
}
"""What a line says of a slot migration. Source: Valkey ``cluster_migrateslots.c``, Redis ``cluster_asm.c``.

It uses a child and replication buffers, and is no replication: source and target are primaries throughout.
"""


def _keys(*rows: str) -> frozenset[str]:
    return frozenset(key for row in rows for key in row.split())


NOTABLE: frozenset[str] = _keys(
    # a primary and its replicas
    "client.output-buffer-limit client.output-buffer-limit-closed",
    "primary.full-sync.bgsave-failed primary.full-sync.bgsave-child-error primary.full-sync.diskless-error",
    "primary.full-sync.diskless-signal primary.full-sync.diskless-replica-failed",
    "primary.replica-timeout primary.replica-timeout-full-sync primary.backlog-freed",
    # a replica and its primary
    "replica.timeout-connecting replica.timeout-transfer replica.timeout-primary",
    "replica.handshake.ping-error replica.handshake.auth-failed replica.handshake.no-listening-port",
    "replica.handshake.no-ip-address replica.handshake.no-capa replica.handshake.no-version",
    "replica.psync-unsupported replica.psync-try-later replica.full-sync.primary-error",
    "replica.full-sync.disk-write-error replica.full-sync.fsync-error replica.full-sync.rename-error",
    "replica.full-sync.tempfile-error",
    "replica.full-sync.load-error-disk replica.full-sync.load-error-socket",
    # snapshots and other files
    "rdb.bgsave-fork-error rdb.bgsave-error rdb.bgsave-signal rdb.save-open-error rdb.save-write-error",
    "rdb.save-fsync-dir-error rdb.save-rename-error rdb.final-save-error rdb.final-save-error-exit",
    "rdb.bgsave-done rdb.loaded rdb.loaded-at-start rdb.version-unsupported rdb.wrong-signature rdb.checksum-wrong rdb.short-read",
    "rdb.load-fatal rdb.module-missing rdb.module-load-failed rdb.module-aux-missing",
    "aof.db-loaded-from-append-only-file-seconds aof.db-loaded-from-base-file-seconds",
    "aof.can-t-rewrite-append-only-file-in aof.error-writing-to-the-aof-file",
    "aof.short-write-while-writing-to-the-aof aof.exiting-on-error-writing-to-the-append",
    "aof.exiting-on-short-write-while-writing-to",
    # the process
    "server.listen-error crash.signal crash.assertion crash.is-not-true crash.panic memory.oom",
    "other.can-t-fork-for-module other.module-loaded-from critical.error-reply-on-link",
    # failovers
    "failover.requested failover.requested-any failover.aborted failover.aborted-any failover.forced",
    "failover.target-synced",
    "cluster.myself-loaded cluster.myself-new cluster.myself-reset cluster.myself-ip cluster.node-address",
    "cluster.node-failing cluster.fail-message cluster.node-fail-cleared",
    "cluster.node-fail-cleared-primary cluster.election-started cluster.election-won cluster.promoted",
    "cluster.failover-manual cluster.failover-forced cluster.failover-takeover",
    "cluster.manual-failover.timeout cluster.reconfigured-as-replica cluster.state-changed",
)
"""Messages that are kept for themselves, though they may change no state: findings are made of them."""
NOTABLE_FAMILIES = (
    "rdb.corrupt.",
    "rdb.read-error.",
    "cluster.cannot-failover",
    "cluster.vote-denied.",
    "primary.psync-refused.",
)
"""Beginnings of keys of such messages."""


def is_notable(key: str) -> bool:
    """Whether an event is kept for itself."""
    return key in NOTABLE or key.startswith(NOTABLE_FAMILIES)


MILESTONES = frozenset(
    {
        "server.starting",
        "server.ready",
        "rdb.bgsave-done",
        "replica.full-sync.finished",
        "role.promoted",
        "role.promoted-failover",
        "role.demoted",
        "cluster.election-won",
        "cluster.promoted",
        "cluster.state-changed",
    }
)
"""What ends a series: an event before it and one after it are never counted as one that repeats."""

CHATTER: frozenset[str] = _keys(
    "cluster.gossip cluster.packet cluster.packet-ping cluster.packet-received cluster.pinging",
    "cluster.extension-send cluster.node-announces-role",
)
"""What nodes of a Cluster say of each packet at level debug."""

_QUIET_FAMILIES = ("aof.", "client.", "memory.", "other.", "rdb.")


def says_no_role(key: str) -> bool:
    """Whether a message says nothing of role, link and life of a process, though it may be kept for itself."""
    return key.startswith(_QUIET_FAMILIES) and "shutdown" not in key


def is_at_most_kept(key: str) -> bool:
    """Whether a message changes nothing of a server's state, though it may be kept for itself."""
    tables = (UPSTREAM, DOWNSTREAM, FULL_RESYNC_WHY, ROLES, LETTER_IS_EARLY, RUNS)
    return says_no_role(key) and not any(key in table for table in tables)


def is_quiet(key: str) -> bool:
    """Whether a message changes nothing of a server's state, but for the line that was last."""
    return is_at_most_kept(key) and not is_notable(key) and key not in MILESTONES
