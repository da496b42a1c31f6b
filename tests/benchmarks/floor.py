"""The floor: what an engineer writes by hand for the messages of these logs, and what Python cannot beat.

A line is decoded and matched by one expression for its prefix; the first word of the message leads to the few
expressions that can match it; the one that does gives the values of one object with slots. Nothing is
converted, nothing is kept, and no other message is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import attrs

_STAMP = r"(\d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d\.\d{3})"
PREFIXES = {
    "bare": re.compile(rf"(\d+):([MSCX]) {_STAMP} ([.\-*#]) (.*)"),
    "kubectl": re.compile(
        rf"\[pod/([^/]+)/[^\]]+\] \d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z \d+:([MSCX]) {_STAMP} ([.\-*#]) (.*)"
    ),
    "logfmt": re.compile(rf'pid=(\d+) role=(\S+) timestamp="{_STAMP}" level=(\w+) message="(.*)"'),
}
"""The prefix of a line, by the form of the log; five groups each."""

_ADDRESS = r"([^\s:]+):(\d+)"
_MESSAGES = (
    ("server.starting", r"oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo"),
    (
        "server.version",
        r"Redis version=(\S+), bits=(\d+), commit=(\w+), modified=(\d), pid=(\d+), just started",
    ),
    ("server.config-loaded", r"Configuration loaded"),
    ("server.mode", r"Running mode=(\w+), port=(\d+)\."),
    ("server.initialized", r"Server initialized"),
    ("server.ready", r"Ready to accept connections"),
    (
        "other.db-keys-volatile-in-slots-ht",
        r"DB (\d+): (\d+) keys \((\d+) volatile\) in (\d+) slots HT\.",
    ),
    ("other.accepted", rf"Accepted {_ADDRESS}"),
    ("other.client-closed-connection", r"Client closed connection (.*)"),
    ("other.reading-from-client", r"Reading from client: (.*)"),
    ("other.closing-idle-client", r"Closing idle client"),
    (
        "other.clients-connected-replicas-bytes-in-use",
        r"(\d+) clients connected \((\d+) replicas\), (\d+) bytes in use",
    ),
    ("rdb.save-point", r"(\d+) changes in (\d+) seconds\. Saving\.\.\."),
    ("rdb.bgsave-started", r"Background saving started by pid (\d+)"),
    ("rdb.bgsave-done", r"Background saving terminated with success"),
    ("rdb.saved", r"DB saved on disk"),
    ("rdb.cow", r"Fork CoW for ([^:]+): current (\d+) MB, peak (\d+) MB, average (\d+) MB"),
    (
        "aof.starting-automatic-rewriting-of-aof-on-growth",
        r"Starting automatic rewriting of AOF on (\d+)% growth",
    ),
    (
        "aof.creating-aof-incr-file-on-background-rewrite",
        r"Creating AOF incr file (\S+) on background rewrite",
    ),
    (
        "aof.background-append-only-file-rewriting-started-by",
        r"Background append only file rewriting started by pid (\d+)",
    ),
    (
        "aof.successfully-created-the-temporary-aof-base-file",
        r"Successfully created the temporary AOF base file (\S+)",
    ),
    ("aof.background-aof-rewrite-terminated-with-success", r"Background AOF rewrite terminated with success"),
    (
        "aof.successfully-renamed-the-temporary-aof-base-file",
        r"Successfully renamed the temporary AOF base file (\S+) into (\S+)",
    ),
    (
        "aof.removing-the-history-file-in-the-background",
        r"Removing the history file (\S+) in the background",
    ),
    ("aof.background-aof-rewrite-finished-successfully", r"Background AOF rewrite finished successfully"),
    (
        "aof.background-aof-rewrite-signal-handler-took-us",
        r"Background AOF rewrite signal handler took (\d+)us",
    ),
    ("primary.sync-requested", rf"Replica {_ADDRESS} asks for synchronization"),
    ("primary.full-sync-requested", rf"Full resync requested by replica {_ADDRESS}"),
    (
        "primary.psync-accepted",
        rf"Partial resynchronization request from {_ADDRESS} accepted\. "
        r"Sending (\d+) bytes of backlog starting from offset (\d+)\.",
    ),
    (
        "primary.psync-refused.backlog",
        rf"Unable to partial resync with replica {_ADDRESS} for lack of backlog \(Replica request was: (\d+)\)\.",
    ),
    ("primary.full-sync.delayed-diskless", r"Delay next BGSAVE for diskless SYNC"),
    ("primary.full-sync.bgsave-started", r"Starting BGSAVE for SYNC with target: (.*)"),
    ("primary.full-sync.diskless-started", r"Background RDB transfer started by pid (\d+)"),
    (
        "primary.full-sync.diskless-pipe-done",
        r"Diskless rdb transfer, done reading from pipe, (\d+) replicas still up\.",
    ),
    ("primary.full-sync.diskless-done", r"Background RDB transfer terminated with success"),
    (
        "primary.full-sync.streamed",
        rf"Streamed RDB transfer with replica {_ADDRESS} succeeded \(socket\)\. (.*)",
    ),
    ("primary.replica-online", rf"Synchronization with replica {_ADDRESS} succeeded"),
    ("primary.replica-link-lost", rf"Connection with replica {_ADDRESS} lost\."),
    ("replica.connecting", rf"Connecting to MASTER {_ADDRESS}"),
    ("replica.reconnecting", rf"Reconnecting to MASTER {_ADDRESS}"),
    ("replica.sync-started", r"MASTER <-> REPLICA sync started"),
    ("replica.connected", r"Non blocking connect for SYNC fired the event\."),
    ("replica.handshake.ping-ok", r"Master replied to PING, replication can continue\.\.\."),
    ("replica.psync-impossible", r"Partial resynchronization not possible \(no cached master\)"),
    ("replica.psync-request", r"Trying a partial resynchronization \(request (\w+):(\d+)\)\."),
    ("replica.psync-success", r"Successful partial resynchronization with master\."),
    (
        "replica.psync-accepted",
        r"MASTER <-> REPLICA sync: Master accepted a Partial Resynchronization\.",
    ),
    ("replica.primary-link-lost", r"Connection with master lost\."),
    ("replica.primary-cached", r"Caching the disconnected master state\."),
    ("replica.cached-primary-discarded", r"Discarding previously cached master state\."),
    ("replica.full-sync-from-primary", r"Full resync from master: (\w+):(\d+)"),
    (
        "replica.full-sync.receiving-streamed",
        r"MASTER <-> REPLICA sync: receiving streamed RDB from master with EOF to (.*)",
    ),
    ("replica.full-sync.flushing", r"MASTER <-> REPLICA sync: Flushing old data"),
    ("replica.full-sync.loading", r"MASTER <-> REPLICA sync: Loading DB in memory"),
    ("replica.full-sync.finished", r"MASTER <-> REPLICA sync: Finished with success"),
    ("rdb.producer", r"Loading RDB produced by version (\S+)"),
    ("rdb.age", r"RDB age (\d+) seconds"),
    ("rdb.used-mem", r"RDB memory usage when created (\S+) Mb"),
    ("rdb.loaded", r"Done loading RDB, keys loaded: (\d+), keys expired: (\d+)\."),
    ("cluster.pinging", r"Pinging node (\w{40})"),
    ("cluster.packet", r"--- Processing packet of type (\S+), (\d+) bytes"),
    ("cluster.packet-received", r"(ping|pong) packet received: (\w{40})"),
    ("cluster.gossip", rf"GOSSIP (\w{{40}}) {_ADDRESS}@(\d+) (\S+)"),
)


@attrs.define(slots=True)
class Line:
    """The prefix of a line, the name of its message, and the values."""

    pid: str
    role: str
    stamp: str
    mark: str
    key: str
    values: tuple[str, ...]


def _by_first_word() -> dict[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    found: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {}
    for key, pattern in _MESSAGES:
        first = pattern.split(" ", 1)[0]
        words = {"(ping|pong)": ("ping", "pong"), r"(\d+)": ("",)}.get(first, (first,))
        for word in words:
            found[word] = (*found.get(word, ()), (key, re.compile(pattern)))
    return found


def floor(lines: Iterable[bytes], form: str = "bare") -> Iterator[Line | str]:
    """Every line of a log as an object, or as its text where it has no prefix."""
    match = PREFIXES[form].fullmatch
    candidates = _by_first_word().get
    numbered = candidates("", ())
    for line in lines:
        text = line.decode().rstrip("\n")
        found = match(text)
        if found is None:
            yield text
            continue
        pid, role, stamp, mark, message = found.groups()
        for key, pattern in candidates(message.split(" ", 1)[0], numbered):
            values = pattern.fullmatch(message)
            if values is not None:
                yield Line(pid, role, stamp, mark, key, values.groups())
                break
        else:
            yield Line(pid, role, stamp, mark, "unrecognized", (message,))
