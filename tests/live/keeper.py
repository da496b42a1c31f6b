"""split-brain-fix of the redis-ha chart, as it looks: which primary does the Sentinel of its pod name?

The chart's script asks, prints what it is told, and acts; this one asks the real Sentinel, prints the same, and leaves
all as it is, as the script does where Sentinel names its own pod.
"""

from __future__ import annotations

from datetime import UTC, datetime

from .harness import Server


class Keeper:
    """The script beside a server and its Sentinel."""

    def __init__(self, server: Server, sentinel: Server, number: int) -> None:
        self._sentinel = sentinel
        self._lines = [
            "Identify announce ip for this pod..",
            f"  using (redis-ha-announce-{number}) or (redis-ha-server-{number})",
            f"  identified announce ({server.host})",
        ]

    def look(self) -> str:
        """Ask once; the host of the primary that the Sentinel names."""
        host, _ = self._sentinel.call("SENTINEL GET-MASTER-ADDR-BY-NAME", "main")
        now = datetime.now(UTC).strftime("%a %b %e %H:%M:%S UTC %Y")
        self._lines += [
            "Identifying redis master (get-master-addr-by-name)..",
            "  using sentinel (redis-ha), sentinel group name (main)",
            f"  {now} Found redis master ({host})",
        ]
        return str(host)

    @property
    def capture(self) -> bytes:
        """All that it printed."""
        return "".join(f"{line}\n" for line in self._lines).encode()
