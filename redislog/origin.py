"""Where a line was printed, as far as its capture says so."""

from __future__ import annotations

from functools import lru_cache

import attrs

SERVER_CONTAINERS = (None, "redis", "valkey")


@attrs.frozen
class Origin:
    """Namespace, pod, container, restart number (or ``previous``), file and host that a capture states.

    ``source`` is the name of the node: the pod, with the container where that is not the server's own;
    without a pod the file, then the host.
    """

    namespace: str | None = None
    pod: str | None = None
    container: str | None = None
    restart: str | None = None
    file: str | None = None
    host: str | None = None
    source: str | None = attrs.field(init=False, eq=False)

    @source.default
    def _source(self) -> str | None:
        if self.pod is None:
            return self.file or self.host
        return self.pod if self.container in SERVER_CONTAINERS else f"{self.pod}/{self.container}"

    def over(self, other: Origin | None) -> Origin:
        """What both say; where they differ, this one."""
        if other is None or other is self:
            return self
        if self.pod is not None and other.pod not in (None, self.pod):
            return self
        return origin(
            self.namespace or other.namespace,
            self.pod or other.pod,
            self.container or other.container,
            self.restart or other.restart,
            self.file or other.file,
            self.host or other.host,
        )


@lru_cache(maxsize=4096)
def origin(
    namespace: str | None = None,
    pod: str | None = None,
    container: str | None = None,
    restart: str | None = None,
    file: str | None = None,
    host: str | None = None,
) -> Origin:
    """The origin of these words, one object for equal ones."""
    return Origin(namespace, pod, container, restart, file, host)
