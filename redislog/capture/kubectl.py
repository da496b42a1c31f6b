"""``kubectl logs`` with ``--prefix`` and ``--timestamps``; ``docker logs --timestamps`` prints the latter.

Lens saves and copies the same lines, with the stamp if it is shown, as ``POD.log`` or ``CONTAINER.log``.

::

    [pod/POD/CONTAINER] 2026-11-23T01:27:49.875385319Z LINE

Either part may be missing. The stamp is the container runtime's read time, up to some 20 ms after the
server's own; kubectl's has nine digits, Docker's up to nine, in UTC or with the node's offset.
"""

from __future__ import annotations

import re
from datetime import datetime

from redislog.capture.lines import Captured, Form, Steady
from redislog.origin import origin

_FORM = re.compile(
    r"(?:\[pod/([^/\]\s]+)/([^\]\s]+)\] )?"
    r"(?:(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d))(?: |\Z))?"
)


def unwrap_kubectl(text: str) -> Captured | None:
    """The line behind kubectl's prefix and stamp, None if there is neither."""
    match = _FORM.match(text)
    end = match.end() if match is not None else 0
    if match is None or not end:
        return None
    pod, container, stamp = match.groups()
    collected = None
    if stamp is not None:
        try:
            collected = datetime.fromisoformat(stamp)
        except ValueError:
            return None
    where = origin(None, pod, container) if pod is not None else None
    return Captured(text[end:], text[:end], where, collected)


KUBECTL = Form(
    "kubectl",
    "[[pod/POD/CONTAINER] ][TIME ]LINE",
    "nothing with --prefix; without it the pod's name; --tail (10 with -l) cuts the head",
    unwrap_kubectl,
    steady=Steady(r"(?:\[pod/[^/\]\s]+/[^\]\s]+\] )?", " "),
)
