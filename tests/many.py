"""Many deployments in one capture: each with its own history, at addresses of its own or at those of all others."""

from __future__ import annotations

import random

from redislog.testing.simulate.deployment import Deployment
from redislog.testing.simulate.releases import REDIS_7_0, Release

SERVERS = 3
_HOUR = 3_600_000_000


def many_deployments(
    count: int,
    *,
    release: Release = REDIS_7_0,
    same_addresses: bool = False,
    eventful: bool = True,
    seed: int = 0,
) -> dict[str, list[str]]:
    """The captures of deployments of a primary and two replicas each, by name: ``7-server-1`` is of the seventh.

    All run within an hour, by one clock. Of ``eventful`` ones, each loses a link once, and in every second one a
    replica takes over; others only start. ``same_addresses``: each has a network of its own, with the same addresses.
    """
    chance = random.Random(seed)
    captures: dict[str, list[str]] = {}
    for number in range(count):
        deployment = Deployment(release, [0] * SERVERS, same_ports=True)
        clock = deployment.clock
        clock.now, clock.step, clock.random = chance.randrange(_HOUR), 100, number * 1000 + 1
        _starts(deployment, chance)
        if eventful:
            _lives(deployment, chance, takes_over=number % 2 == 1)
        network = "10.0.0." if same_addresses else f"10.{1 + number // 250}.{number % 250}."
        for name, lines in deployment.captures.items():
            captures[f"{number}-{name}"] = [line.replace("10.0.0.", network) for line in lines]
    return captures


def _starts(deployment: Deployment, chance: random.Random) -> None:
    primary, one, other = deployment.servers.values()
    deployment.start(primary, None)
    for replica in (one, other):
        deployment.clock.now += chance.randrange(5_000_000)
        deployment.start(replica, primary)
        deployment.proceed(replica)
        deployment.settle()


def _lives(deployment: Deployment, chance: random.Random, *, takes_over: bool) -> None:
    primary, one, other = deployment.servers.values()
    deployment.clock.now += chance.randrange(60_000_000)
    deployment.write(primary, chance.randrange(1, 10_000))
    deployment.drop(one)
    deployment.settle()
    if takes_over:
        deployment.clock.now += chance.randrange(60_000_000)
        deployment.promote(one)
        for server in (other, primary):
            deployment.follow(server, one)
            deployment.settle()
