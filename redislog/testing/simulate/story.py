"""A deployment's story in a few lines: what happens to it, what its servers print, and what is true at each moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

import attrs

from redislog.naming import one_of
from redislog.testing.simulate.deployment import Deployment
from redislog.testing.simulate.forms import FORMS, Printed
from redislog.testing.simulate.releases import release_of
from redislog.testing.simulate.sentinels import DOWN_AFTER, Sentinels
from redislog.testing.simulate.server import RETRY, Server
from redislog.testing.simulate.truth import Truth

_SECOND = 1_000_000
_STEP = 2_000
"""Microseconds from one happening to the next, as between small servers on one network."""
_READ_AFTER = timedelta(microseconds=137)
"""How long after a line was printed a container's runtime has read it."""


class StoryError(ValueError):
    """Something that cannot happen, as things stand in a story."""


@attrs.frozen
class Moment:
    """A moment of a story: when it was, by the true clock; what had just happened; what was true then."""

    at: datetime
    step: str
    truth: Truth


def story(
    *,
    primary: str = "a",
    replicas: Sequence[str] = ("b", "c"),
    version: str = "redis 7.0",
    clocks: Mapping[str, float] | None = None,
    diskless: bool = True,
    pause: float = 1.0,
    sentinels: int = 0,
) -> Story:
    """Begin a story of a primary and its replicas, of a version that `redislog.testing.simulate.releases` speaks as.

    ``clocks`` says by how many seconds a server's clock is fast; ``diskless`` is ``repl-diskless-sync``; ``pause`` is
    how many seconds pass after each step. So many ``sentinels`` watch the servers: a primary that was down for five
    seconds they replace by the first replica that lives, and nobody else promotes.

    >>> with story(primary="a", replicas=["b"]) as s:
    ...     s.start()
    >>> s.captures["b"].splitlines()[-1]
    '63791:S 23 Nov 2026 06:00:00.010 * MASTER <-> REPLICA sync: Finished with success'
    >>> s.truth["b"].in_sync
    True

    Raises
    ------
    UnknownNameError
        for a version that is not simulated, or a clock of no server.
    """
    return Story(
        primary, replicas, version, clocks or {}, diskless=diskless, pause=pause, sentinels=sentinels
    )


class Story:
    """What `story` begins; a context manager, so that it reads as one. Each method is one thing that happens.

    All syncs that a step begins come to their end before the next one, as far as they can.

    Raises
    ------
    StoryError
        for what cannot happen as things stand, as the end of a server that does not run.
    UnknownNameError
        for a server that is not in it.
    """

    def __init__(
        self,
        primary: str,
        replicas: Sequence[str],
        version: str,
        clocks: Mapping[str, float],
        *,
        diskless: bool = True,
        pause: float = 1.0,
        sentinels: int = 0,
    ) -> None:
        names = [primary, *replicas]
        if len(set(names)) < len(names):
            raise StoryError(f"two servers of one name among {', '.join(names)}")
        fast = {one_of(name, names, "server"): round(by * _SECOND) for name, by in clocks.items()}
        self.version = version
        self.primary = primary
        self.replicas = tuple(replicas)
        self.moments: list[Moment] = []
        self._began = primary
        self._pause = pause
        self.deployment = Deployment(
            release_of(version),
            [fast.get(name, 0) for name in names],
            diskless=diskless,
            same_ports=True,
            names=names,
        )
        self.deployment.clock.step = _STEP
        self._sentinels = Sentinels(sentinels, self.deployment) if sentinels else None
        self._since: dict[Server, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing has to be cleaned up."""

    def __repr__(self) -> str:
        steps = ", ".join(moment.step for moment in self.moments)
        more = f", sentinels={len(self._sentinels.all)}" if self._sentinels else ""
        options = f"primary={self._began!r}, replicas={list(self.replicas)!r}, version={self.version!r}{more}"
        return f"story({options}): {steps or 'nothing'}"

    # What is known of it

    @property
    def captures(self) -> dict[str, str]:
        """What each server and Sentinel printed, by its name, as a file of its own."""
        watchers = self._sentinels.all if self._sentinels else ()
        logs = self.deployment.captures | {each.name: each.lines for each in watchers if each.lines}
        return {name: "".join(f"{line}\n" for line in its) for name, its in logs.items()}

    def in_form(self, form: str) -> str:
        """What all printed, in true order, as one text in a form of capture: one of `FORMS`, as ``kubectl-prefix``."""
        write = FORMS[one_of(form, FORMS, "form of capture")]
        return write(
            [
                Printed(
                    said.server,
                    self._container(said.server),
                    said.line,
                    said.at.replace(tzinfo=UTC) + _READ_AFTER,
                )
                for said in self.deployment.clock.journal
            ]
        )

    @property
    def truth(self) -> Truth:
        """What each server that was started would say of itself now."""
        return self.deployment.truth

    @property
    def now(self) -> datetime:
        """The true time, as a server prints it whose clock is right."""
        return self.deployment.clock.at

    # What happens

    def start(self, *names: str) -> None:
        """Start the primary and then each replica; or the servers named, as what they are by now."""
        for name in names or (self.primary, *self._others()):
            server = self._server(name)
            self._must(not server.running, f"{name} runs already")
            follows = None if name == self.primary else self._server(self.primary)
            self.deployment.start(server, follows, from_file=server.file is not None)
            self.deployment.clock.tick()
            if follows is not None:
                self.deployment.proceed(server)
            self.deployment.settle()
            self._since.pop(server, None)
            if names and self._sentinels:
                self._sentinels.see_again(server, self._server(self.primary))
        if not names and self._sentinels:
            replicas = [self._server(name) for name in self._others()]
            self._sentinels.start(self._server(self.primary), replicas)
        self._done("start", *names)

    def cut(self, name: str, *, seconds: float = 30.0) -> None:
        """Break a replica's link; for so many seconds its host has no route to the primary's."""
        replica = self._acting(name)
        self._must(self._is_served(replica), f"{name} is no replica that its primary serves")
        self.deployment.cut(replica)
        self.deployment.settle()
        self._pass(seconds)
        self.deployment.mend(replica)
        self._pass(RETRY / _SECOND)
        self._done("cut", name, seconds=seconds)

    def kill(self, name: str) -> None:
        """End a server by SIGKILL: it says no last word. The others notice at once, and try again each second."""
        self._end(name, kill=True)
        self._done("kill", name)

    def stop(self, name: str) -> None:
        """End a server by SIGTERM; it saves what it has."""
        self._end(name, kill=False)
        self._done("stop", name)

    def freeze(self, name: str) -> None:
        """Stop a process where it is, and let a minute pass, after which the others give it up."""
        self.deployment.freeze(self._acting(name))
        self._since[self._server(name)] = self.deployment.clock.now
        self.deployment.time_out()
        self.deployment.settle()
        self._done("freeze", name)

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self._pass(seconds)
        self._done("wait", seconds=seconds)

    def write(self, size: int) -> None:
        """Write so many bytes to the primary; its replicas get them."""
        self.deployment.write(self._acting(self.primary), size)
        self._done("write", size=size)

    def promote(self, name: str) -> None:
        """``REPLICAOF NO ONE`` on a replica, and ``REPLICAOF`` to it on all others that run, on the primary before last."""
        replica = self._acting(name)
        self._must(replica.follows is not None, f"{name} is no replica")
        self._nobody_else_orders()
        self.deployment.promote(replica)
        before, self.primary = self.primary, name
        for other in sorted(self._others(), key=lambda other: other == before):
            server = self.deployment.servers[other]
            if server.acts and server.follows is not replica:
                self.deployment.follow(server, replica)
            self.deployment.settle()
        self._done("promote", name)

    def fail_over(self, name: str) -> None:
        """``FAILOVER TO`` a replica, from its primary; other replicas stay with that one, which follows now."""
        replica = self._acting(name)
        primary = replica.follows
        self._nobody_else_orders()
        able = primary is not None and primary.follows is None and self._is_served(replica)
        self._must(able, f"{name} is no replica that its primary serves")
        assert primary is not None
        self.deployment.fail_over(primary, replica)
        self.primary = name
        self.deployment.settle()
        self._done("fail_over", name)

    def follow(self, name: str, primary: str) -> None:
        """``REPLICAOF`` to another server."""
        server, other = self._acting(name), self._server(primary)
        self._nobody_else_orders()
        self._must(
            server is not other and server.follows is not other, f"{name} cannot follow {primary} anew"
        )
        self.deployment.follow(server, other)
        self.deployment.settle()
        if name == self.primary:
            self.primary = primary
        self._done("follow", name, primary)

    # How it happens

    def _end(self, name: str, *, kill: bool) -> None:
        server = self._server(name)
        self._must(server.running, f"{name} does not run")
        self.deployment.end(server, kill=kill, save=not kill)
        self._since[server] = self.deployment.clock.now
        self.deployment.settle()

    def _pass(self, seconds: float) -> None:
        """Let time pass: Sentinels look each second."""
        while self._sentinels and seconds > 1:
            self._try_for(1)
            self._sentinels_look()
            seconds -= 1
        self._try_for(seconds)
        self._sentinels_look()

    def _try_for(self, seconds: float) -> None:
        """Let time pass: a replica without a link tries again each second."""
        clock = self.deployment.clock
        end = clock.now + round(seconds * _SECOND)
        while True:
            trying = [
                each for each in self.deployment.servers.values() if each.phase == "connect" and each.acts
            ]
            first = min(trying, key=lambda each: each.tried, default=None)
            if first is None or first.tried + RETRY > end:
                break
            clock.now = max(clock.now, first.tried + RETRY)
            self.deployment.proceed(first)
            self.deployment.settle()
        clock.now = max(clock.now, end)

    def _sentinels_look(self) -> None:
        """Have Sentinels see who is down for long, and replace a primary that is."""
        if not self._sentinels:
            return
        for server, since in list(self._since.items()):
            primary = self._server(self.primary)
            if self.deployment.clock.now - since < DOWN_AFTER * _SECOND:
                continue
            if server is not primary:
                self._sentinels.miss(server, primary)
                continue
            others = [self._server(name) for name in self._others()]
            new = next((each for each in others if each.acts), None)
            if new is not None:
                self._sentinels.fail_over(server, new, [each for each in others if each is not new])
                self.primary = new.name

    def _nobody_else_orders(self) -> None:
        self._must(self._sentinels is None, "Sentinels alone promote: end the primary, and wait")

    def _container(self, name: str) -> str:
        return "redis" if name in self.deployment.servers else "sentinel"

    def _is_served(self, replica: Server) -> bool:
        primary = replica.follows
        return primary is not None and primary.acts and primary.replicas.get(replica) == "online"

    def _others(self) -> list[str]:
        return [name for name in self.deployment.servers if name != self.primary]

    def _server(self, name: str) -> Server:
        return self.deployment.servers[one_of(name, self.deployment.servers, "server")]

    def _acting(self, name: str) -> Server:
        server = self._server(name)
        self._must(server.acts, f"{name} does not run" if not server.running else f"{name} is frozen")
        return server

    def _must(self, so: bool, otherwise: str) -> None:
        if not so:
            raise StoryError(f"{otherwise}, after: {self!r}")

    def _done(self, what: str, *names: str, **values: object) -> None:
        words = [*map(repr, names), *(f"{name}={value!r}" for name, value in values.items())]
        self._pass(self._pause / 2)
        self.moments.append(Moment(self.now, f"{what}({', '.join(words)})", self.truth))
        self._pass(self._pause / 2)
