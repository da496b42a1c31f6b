"""Ports of loopback that are free: a block for each deployment."""

from __future__ import annotations

import itertools
import os
import socket

BLOCK = 10
"""Ports that are kept for one deployment, and the most servers that it may have."""

_blocks = itertools.count()


def free_ports() -> int:
    """The first of a block of free ports, below those that the kernel gives away; each worker has its own."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    base = 16000 + 700 * (worker % 8)
    for number in itertools.islice(_blocks, 200):
        first = base + number % (700 // BLOCK) * BLOCK
        if all(_is_free(port) for port in range(first, first + BLOCK)):
            return first
    raise RuntimeError(f"no {BLOCK} free ports in a row from {base} on")


def _is_free(port: int) -> bool:
    """Whether nothing listens; what is left of closed connections does no harm."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", port))
        except OSError:
            return False
    return True
