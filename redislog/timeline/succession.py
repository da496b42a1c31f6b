"""Lines one after another without names: which of them no single server prints in this order.

Time goes back in the middle of what a process does; the role letter changes at a line that no server prints in
a change of role; the link to the primary goes a step that it cannot go; a process says twice what it says once,
or serves a replica that has not asked. Lines that are lost look alike, but for steps that are left out.
"""

from __future__ import annotations

from typing import Any

import attrs

from redislog.events.base import Event
from redislog.node.tables import DOWNSTREAM, ELECTED, LETTER_IS_EARLY, LETTER_ROLE, ROLES, RUNS, UPSTREAM
from redislog.timeline.cluster import OWN_ID

_BACK = 0.0015
"""How far time must go back between lines of a process, in seconds, to show another server, or a clock that was
set: threads of one server print their lines in any order, but at once."""
_CLOCK_IS_SET = 10.0
"""Up to where time that goes back between two lives of a server may be a clock that was set."""
_ANSWERED_WITHIN = 1.0
"""Seconds between a replica's request and the line of its primary, on clocks that agree."""
_PIDS_OF_A_CONTAINER = 100
"""In a container a server is one of the first processes; a higher pid is that of no two servers."""
_ENDS = ("server.exit", "server.shutdown", "signal", "crash.")
_READY = {"server.mode", "server.ready", "server.ready-unix"}
_ONCE = {
    "server.version",
    "server.clock",
    "server.mode",
    "server.initialized",
    "server.ready",
    "server.ready-unix",
}
"""What a process prints once."""
_NEWS = {"cluster.state-changed", "cluster.myself-ip"}
"""What is printed only where it is another than before."""
_LINES_ARE_MISSING = 0.1
"""Seconds after which a step of the link that cannot follow the one before it shows that lines are missing: somebody
chose the lines, or cut the log. What is printed at once is whole, and then such a step is another server's."""
_RETRIES_AFTER = 0.5
"""Seconds in which a replica does not try again to reach a primary that is not there: it does so once a second."""
_ORDER = ("connect", "connecting", "handshake", "psync", "wait_bgsave", "transfer", "loading", "connected")
_AMID = {"wait_bgsave", "transfer", "loading"}
_ASKS = {"psync", "wait_bgsave", "connected"}
_SAVING = {"rdb.save-point", "rdb.bgsave-started"}
_SAVED = {"rdb.bgsave-started", "rdb.saved", "rdb.bgsave-done"}
_TURNS = {
    "M": (LETTER_IS_EARLY - {"role.demoted-cached-self"}) | {key for key, role in ROLES.items() if role == "primary"},
    "S": {"role.demoted-cached-self", "replica.cached-primary-discarded"} | {key for key, role in ROLES.items() if role == "replica"},
}  # fmt: skip
"""At which lines a server's role letter changes (``replication.c``: ``replicationSetMaster``, ``replicationUnsetMaster``).
Since 4.0 the messages of `ROLES` come later, below the new letter. A Cluster's replica that has loaded its dataset as
``M`` first discards what it kept of that."""
_IN_A_TURN = ("primary.replica-link-lost", "replica.rdb-channel", "replica.dual-channel")
"""What may be printed before those, as links are cut."""


def is_amid_a_sync(event: Event) -> bool:
    """Whether a line is printed in the middle of a sync only."""
    row = UPSTREAM.get(event.key)
    return row is not None and row.to != "connect" and row.expected <= _AMID


def is_of_one_process(event: Event) -> bool:
    """Whether no two servers have a process with the number of a line's."""
    return event.pid is not None and event.pid > _PIDS_OF_A_CONTAINER


def begins(event: Event) -> bool:
    """Whether a process begins."""
    return RUNS.get(event.key) == "start"


def _ends(event: Event) -> bool:
    return event.key.startswith(_ENDS) or "shutdown" in event.key


def is_main(event: Event) -> bool:
    """Whether a line is of a server's own process, and says so."""
    return event.pid is not None and (event.flag in LETTER_ROLE or (event.flag == "C" and begins(event)))


def _asks(event: Event) -> bool:
    """Whether a replica has just asked its primary for a sync."""
    row = UPSTREAM.get(event.key)
    return row is not None and row.to in _ASKS and not row.expected.isdisjoint({"handshake", "psync"})


@attrs.define
class Life:
    """One process: the numbers and times of its first and last line, and whether they are a start and an end.

    ``asked`` is when it first asked a primary for a sync; ``part`` the number of its part, from 1; ``amid`` says that
    its first line is from the middle of a sync. ``left`` has the replication IDs that it left as it was promoted, each with
    its own that began; ``taken`` those that it took over from a primary, each with the one that it had asked for.
    """

    pid: int
    first: int
    last: int
    banner: bool
    begin: float
    end: float
    ended: bool = False
    asked: float | None = None
    part: int = 1
    shown: bool = True
    amid: bool = False
    left: set[tuple[str, str]] = attrs.field(factory=set)
    taken: set[tuple[str, str]] = attrs.field(factory=set)
    _wanted: str | None = None

    def extend(self, number: int, event: Event, time: float) -> None:
        """Take in a later line."""
        self.last = number
        self.end = time
        self.ended = _ends(event)
        if self.asked is None and _asks(event):
            self.asked = time
        self._inherit(event)

    def _inherit(self, event: Any) -> None:
        """Note a step from one replication ID to the next (``replication.c``: ``shiftReplicationId``, ``PSYNC``)."""
        if event.key == "replica.replid-shifted":
            self.left.add((event.replid2, event.replid))
        elif event.key == "replica.psync-request":
            self._wanted = event.replid
        elif event.key == "replica.replid-changed" and self._wanted is not None:
            self.taken.add((self._wanted, event.replid))

    def follows(self, other: Life) -> bool:
        """Whether a primary gave it the very step of history that the other one began: it is another server."""
        return not self.taken.isdisjoint(other.left)

    def overlaps(self, other: Life) -> bool:
        """Whether both processes were alive at once."""
        one, later = (self, other) if self.first <= other.first else (other, self)
        return later.first < one.last or later.begin < one.end - _BACK


class Requests:
    """The requests for a sync that primaries in the stream name, and when."""

    def __init__(self) -> None:
        self._made: list[tuple[float, str]] = []

    def note(self, event: Event, time: float) -> None:
        """Keep a primary's line on a request."""
        if event.key == "primary.sync-requested":
            values: Any = event
            self._made.append((time, str(values.replica)))

    def same(self, one: Life, other: Life) -> bool | None:
        """Whether two lives are of one server, as their primary names it; None where it does not."""
        first, second = self._of(one), self._of(other)
        return None if first is None or second is None else first == second

    def _of(self, life: Life) -> str | None:
        if life.asked is None:
            return None
        near = {name for time, name in self._made if abs(time - life.asked) <= _ANSWERED_WITHIN}
        return near.pop() if len(near) == 1 else None


class Sequence:
    """Tells the logs in a stream apart that stand one after another."""

    def __init__(self, requests: Requests) -> None:
        self.parts = 1
        self.mixed = False
        self._requests = requests
        self._lives: list[Life] = []
        self._last: Event | None = None
        self._letter: str | None = None
        self._turning = self._early = self._elected = False
        self._phase: str | None = None
        self._set_back = self._skipped = False
        self._stepped = 0.0
        self._spoken = False
        self._said: dict[str, str] = {}
        self._tried: tuple[str, float] | None = None
        self._aim: tuple[str, int] | None = None
        self._replicas: set[str] | None = None
        self._own_id: str | None = None
        self._in_cluster = False

    @property
    def doubtful(self) -> bool:
        """Whether the lines up to now leave open which server some of them are of."""
        return self._turning or (
            self.parts > 1
            and any(
                not life.shown and self._requests.same(before, life) is not (before.part == life.part)
                for before, life in zip(self._lives, self._lives[1:], strict=False)
            )
        )

    @property
    def assumed(self) -> bool:
        """Whether a process is taken for the one before it, started again, or time that goes back for a clock that was set."""
        return self._set_back or self._skipped or any(not life.shown for life in self._lives)

    def feed(self, event: Event, time: float | None) -> int:
        """The number of the part, from 1, that the next event belongs to."""
        starts = event.key == "server.starting"
        if time is None or event.pid is None or (event.flag == "C" and not starts):
            return self.parts
        if starts or not self._lives:
            self._begin(event.pid, time, starts=starts)
        elif time < self._lives[-1].end - _BACK:
            self.mixed |= not self._goes_on(event)
            self._set_back |= event.pid <= _PIDS_OF_A_CONTAINER
        self._turn(event, time)
        self._step(event, time)
        self._repeat(event)
        self._lives[-1].extend(0, event, time)
        self._last = event
        return self.parts

    def _begin(self, pid: int, time: float, *, starts: bool) -> None:
        """A process begins: of a server of its own, or of the one before it, which ended or was killed."""
        before = self._lives[-1] if self._lives else None
        shown = True
        if before is not None:
            back = before.end - time
            self.mixed |= back > 0 and (not self._lives[0].banner or (before.ended and back < _CLOCK_IS_SET))
            shown = before.ended or back > 0
            self.parts += back > 0 or (self.parts > 1 and not before.ended)
        self._lives.append(Life(pid, 0, 0, starts, time, time, part=self.parts, shown=shown))
        self._letter = None
        self._phase = "connect" if starts else None
        self._turning = self._early = self._elected = self._spoken = False
        self._tried = self._aim = None
        self._replicas = set() if starts else None
        self._said.clear()

    def _goes_on(self, event: Event) -> bool:
        """Whether a line at which time goes back is of the same server: its clock was set back.

        The process is the same, or does next what it was about to do.
        """
        before = self._last
        if before is None or event.pid != before.pid or begins(event):
            return False
        if is_of_one_process(event):
            return True
        row, following = UPSTREAM.get(before.key), UPSTREAM.get(event.key)
        if row is None or following is None:
            return before.key in _SAVING and event.key in _SAVED
        return row.to not in ("connect", "connected") and row.to in following.expected

    def _turn(self, event: Event, time: float) -> None:
        """Hold a change of the role letter against what a server prints in the middle of one."""
        letter = event.flag
        if letter not in LETTER_ROLE or letter is None:
            return
        turned = self._letter not in (None, letter)
        connects = letter == "S" and event.key == "replica.connecting"
        # Valkey 9 turns an empty primary of a Cluster into a replica without a word (`replicationSetPrimary`).
        self._in_cluster |= event.key.startswith("cluster.")
        back_again = connects and (self._early or self._in_cluster)
        if letter == "M" == self._letter and not self._early and not self._turning:
            self.mixed |= event.key in _TURNS["M"]
        if _is_a_turn(event, letter) or event.key == "unrecognized" or back_again:
            self._turning = False
        elif turned or self._turning:
            self._turning = event.key.startswith(_IN_A_TURN)
            known = self._turning or self._elected
            cut = is_of_one_process(event) and time - self._lives[-1].end > _LINES_ARE_MISSING
            self.mixed |= not known and not cut
            self._skipped |= not known and cut
        on = self._turning or event.key.startswith(_IN_A_TURN)
        self._elected = event.key in ELECTED or (self._elected and not turned)
        self._early = event.key in LETTER_IS_EARLY or (self._early and on)
        self._letter = letter

    def _step(self, event: Event, time: float) -> None:
        """Hold a line against what the link to the primary was about to do; lines that are lost skip steps."""
        key = event.key
        row = UPSTREAM.get(key)
        if key == "primary.sync-requested" and event.flag == "S":
            self.mixed |= self._phase not in (None, "connected")
        if row is None or row.to == "none":
            if key == "unrecognized" or key.startswith(("role.", "failover.", "cluster.")):
                self.forget()
            return
        if key == "replica.connecting":
            tried, self._tried = self._tried, (event.message, time)
            self.mixed |= tried is not None and tried[0] == event.message and time - tried[1] < _RETRIES_AFTER
        elif key not in ("replica.connect-error", "replica.sync-started"):
            self._tried = None
        if self._is_pointed_elsewhere(event) and self._phase != "connected":
            self._phase = "connect"
        before, self._phase = self._phase, row.to
        since, self._stepped = self._stepped, time
        if before is not None and before not in row.expected:
            step = _ORDER.index(row.to) - _ORDER.index(before)
            impossible = before in ("connect", "connected") or (step <= 0 and row.to != "connect")
            explained = time - since > _LINES_ARE_MISSING and self._may_have_been_cut(event, before, row.to)
            self.mixed |= impossible and not explained
            self._skipped |= impossible and explained

    def _may_have_been_cut(self, event: Event, before: str, to: str) -> bool:
        """Whether lines that are missing explain a step, by what it leads from and to.

        That a link was lost is seldom left out while what comes of it is kept from the middle on: that is the end of
        another server's log, but for a process that no other server has.
        """
        return before != "connected" or to in ("connect", "connecting") or is_of_one_process(event)

    def _is_pointed_elsewhere(self, event: Event) -> bool:
        """Whether a replica connects to another primary than before: what it was about to do is given up, without a word."""
        if not event.key.startswith(("replica.connecting", "replica.reconnecting")):
            return False
        values: Any = event
        before, self._aim = self._aim, (values.host, values.port)
        return before not in (None, self._aim)

    def forget(self) -> None:
        """A line may have said anything: what the link was about to do is not known."""
        self._phase = self._tried = None

    def _repeat(self, event: Event) -> None:
        """Hold a line against what the same process has said already."""
        key = event.key
        self.mixed |= self._spoken and key in _READY
        self._spoken |= key.startswith(("replica.", "primary."))
        self._serve(event)
        if key in _ONCE:
            self.mixed |= event.message in self._said
            self._said[event.message] = event.message
        elif key in _NEWS:
            self.mixed |= self._said.get(key) == event.message
            self._said[key] = event.message
        elif key in OWN_ID:
            values: Any = event
            self.mixed |= self._own_id not in (None, values.myself) and not self._lives[-1].shown
            self._own_id = values.myself

    def _serve(self, event: Event) -> None:
        """Hold a line against the replicas that have asked, where it is known since the process is ready."""
        key = event.key
        if key in _READY and self._replicas is None:
            self._replicas = set()
        if self._replicas is None or not (key in DOWNSTREAM or key == "primary.sync-requested"):
            return
        values: Any = event
        replica = str(getattr(values, "replica", ""))
        if key == "primary.sync-requested":
            self._replicas.add(replica)
        else:
            self.mixed |= not self._replicas or (":" in replica and replica not in self._replicas)


def _is_a_turn(event: Event, letter: str) -> bool:
    """Whether a server's role letter changes at such a line; stamps without a year are of before 5.0."""
    old = event.at is None or event.header.year is not None
    return event.key in _TURNS[letter] and (old or event.key not in ROLES)


def is_of_a_handler(event: Event) -> bool:
    """Whether a line has whole seconds where the others have milliseconds, as those of signal handlers."""
    return event.flag is None and event.stamp is not None and event.stamp.millisecond is None
