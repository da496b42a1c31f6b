"""``kubectl logs`` with ``--prefix`` and ``--timestamps``.

::

    [pod/POD/CONTAINER] 2026-11-23T01:27:49.875385319Z LINE

Either part may be missing. The stamp is the container runtime's read time, up to some 20 ms after the
server's own; it has nine digits, in UTC or with the node's offset.
"""

from __future__ import annotations

import re
from datetime import datetime

from redislog.capture.lines import Captured

_FORM = re.compile(
    r"(?:\[pod/(?P<pod>[^/\]\s]+)/(?P<container>[^\]\s]+)\] )?"
    r"(?:(?P<stamp>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?P<fraction>\.\d{1,9})?(?P<zone>Z|[+-]\d\d:\d\d)(?: |\Z))?"
)


def unwrap_kubectl(text: str) -> Captured | None:
    """The line behind kubectl's prefix and stamp, None if there is neither."""
    match = _FORM.match(text)
    if match is None or not match.end():
        return None
    collected = None
    if match["stamp"]:
        fraction = (match["fraction"] or ".0")[:7]
        try:
            collected = datetime.fromisoformat(f"{match['stamp']}{fraction}{match['zone']}")
        except ValueError:
            return None
    return Captured(
        text[match.end() :], match[0], pod=match["pod"], container=match["container"], collected=collected
    )
