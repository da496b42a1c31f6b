"""The capture of Argo CD's HA Redis, for the tests that need it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from redislog import Timeline, replay

FOLDER = Path(__file__).parent.parent / "fixtures" / "argocd-redis-ha"
SERVER_0, SERVER_1, SERVER_2 = SERVERS = tuple(f"argocd-redis-ha-server-{number}" for number in range(3))
LOGS = {name: (FOLDER / f"{name}.log").read_text(encoding="utf-8") for name in SERVERS}
REPLID = "f5936d9c489e2cf341f75b48235c72981f770077"
ADDRESS = dict(zip(SERVERS, ("10.0.202.28:6379", "10.0.25.220:6379", "10.0.115.31:6379"), strict=True))


@cache
def replayed(*names: str) -> Timeline:
    """What the logs of some servers say together; of all three where none is named."""
    return replay({name: FOLDER / f"{name}.log" for name in names or SERVERS})
