"""Files of container runtimes under the CRI: ``/var/log/pods/NS_POD_UID/CONTAINER/N.log``.

::

    2026-11-23T01:27:49.875385319Z stdout F LINE
    2026-11-23T01:27:49.875385319Z stdout P PART

A long line stands in several records, all but the last marked ``P``; they join without a newline. The path
names namespace, pod and container; ``N`` counts the restarts. Source: Kubernetes' CRI logging format.
"""

from __future__ import annotations

import re

from redislog.capture.lines import Captured, Form, Steady, aware
from redislog.origin import Origin, origin

_FORM = re.compile(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-]\d\d:\d\d) (?:stdout|stderr) ([FP])(?::[\w:]*)?(?: |\Z)"
)
_CONTAINERS_LOG = re.compile(
    r"(?:.*[/.])??(?P<pod>[a-z0-9][a-z0-9.-]*)_(?P<namespace>[a-z0-9-]+)_(?P<container>[a-z0-9-]+)-[0-9a-f]{12,64}(?:\.log)?\Z"
)
_PODS_LOG = re.compile(
    r"(?:.*[/.])?(?P<namespace>[a-z0-9-]+)_(?P<pod>[a-z0-9.-]+)_[0-9a-f-]{8,}[/.](?P<container>[a-z0-9-]+)[/.](?P<restart>\d+)\.log(?:\..*)?\Z"
)
_LONGEST = 1000


def unwrap_cri(text: str) -> Captured | None:
    """The line of a CRI record, None if it is none."""
    match = _FORM.match(text)
    if match is None:
        return None
    stamp, fraction, zone, tag = match.groups()
    collected = aware(stamp, fraction, zone)
    if collected is None:
        return None
    end = match.end()
    return Captured(text[end:], text[:end], None, collected, part=tag == "P")


def origin_of_path(path: str) -> Origin | None:
    """What the path, or the tag, of a container's log says; None where it is not one of a runtime.

    >>> origin_of_path("/var/log/pods/argocd_redis-ha-server-0_7f0b7a3c-2d4e/redis/2.log").restart
    '2'
    >>> origin_of_path("kube.var.log.containers.redis-0_argocd_redis-0123456789ab.log").pod
    'redis-0'
    """
    if len(path) > _LONGEST:
        return None
    if match := _PODS_LOG.match(path):
        return origin(match["namespace"], match["pod"], match["container"], match["restart"])
    name = path.rpartition("/")[2]
    name = name.rpartition("containers.")[2]
    if match := _CONTAINERS_LOG.match(name):
        return origin(match["namespace"], match["pod"], match["container"])
    return None


CRI = Form(
    "cri",
    "TIME stdout|stderr F|P LINE",
    "the pod's name, unless the path says it",
    unwrap_cri,
    steady=Steady("", r" (?:stdout|stderr) F(?::[\w:]*)? "),
)
