"""Watchers of the redis-ha chart, which are no servers: HAProxy, config-init and split-brain-fix."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from redislog.events.base import Event
from redislog.hints import Hint
from redislog.timeline.keepers import Keeper, KeeperFold
from redislog.timeline.marks import watcher_of
from redislog.timeline.proxies import Proxy, ProxyFold
from redislog.values import Address


@attrs.frozen
class Watchers:
    """What is known of them, by name: the pod, or what the capture is called."""

    proxies: dict[str, Proxy] = attrs.field(factory=dict)
    keepers: dict[str, Keeper] = attrs.field(factory=dict)

    @property
    def all(self) -> tuple[Proxy | Keeper, ...]:
        """Every one of them."""
        return (*self.proxies.values(), *self.keepers.values())

    @property
    def hints(self) -> Iterator[Hint]:
        """What ``identified announce (IP)`` in a pod's own log, and HAProxy's list of Services, say of servers."""
        for keeper in self.keepers.values():
            for host, mark in keeper.announced:
                yield Hint.of_line(keeper.name, Address(host, None), mark.event)
        for proxy in self.proxies.values():
            for name, host, mark in proxy.announced.values():
                yield Hint.of_line(name, Address(host, None), mark.event)


class WatcherFolds:
    """Hands each line of a watcher to the fold of its pod."""

    def __init__(self) -> None:
        self._proxies: dict[str, ProxyFold] = {}
        self._keepers: dict[str, KeeperFold] = {}

    def feed(self, event: Event) -> None:
        """Take in the next line."""
        name = watcher_of(event)
        if event.key.startswith("haproxy."):
            self._proxies.setdefault(name, ProxyFold(name)).feed(event)
        else:
            self._keepers.setdefault(name, KeeperFold(name)).feed(event)

    @property
    def names(self) -> set[str]:
        """The pods whose lines were fed."""
        return {*self._proxies, *self._keepers}

    def take_over(self, other: WatcherFolds) -> None:
        """Take in what another one was fed, of other pods."""
        self._proxies |= other._proxies
        self._keepers |= other._keepers

    @property
    def history(self) -> Watchers:
        """What is known so far."""
        return Watchers(
            {name: fold.history for name, fold in sorted(self._proxies.items())},
            {name: fold.history for name, fold in sorted(self._keepers.items())},
        )
