"""Tools that follow many pods: stern, kubetail, k9s, and Docker Compose.

::

    stern            [NAMESPACE ]POD CONTAINER [TIME ]LINE          "+ POD > CONTAINER" where a stream begins
    kubetail         [POD[ CONTAINER]] LINE                         with a blank at the end
    k9s              [TIME ][POD ][CONTAINER ]LINE                  a pod's own view names the container alone
    docker compose   NAME  | LINE                                   v1 and v2

What k9s saves also holds marks (a line of ``-``) and, at the end, an empty line and a flag with
``Stream exited! No more logs...``. stern's time is RFC 3339, or ``01-02 15:04:05`` with ``--timestamps=short``.
"""

from __future__ import annotations

import re

from redislog.capture.lines import Captured, Form, Steady, aware
from redislog.capture.names import CONTAINERS
from redislog.origin import Origin, origin

_ISO = r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-]\d\d:\d\d)"
_LABEL = r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?"
_STERN = re.compile(
    rf"(?:{_ISO} )?(?:({_LABEL}) )??({_LABEL}) ({_LABEL}) "
    rf"(?:{_ISO} |\d\d-\d\d \d\d:\d\d:\d\d )?(?=\S|\Z| )"
)
_STERN_SERVER = re.compile(
    rf"(?:{_ISO} )?(?:({_LABEL}) )??({_LABEL}) ({_LABEL}) (?:{_ISO} |\d\d-\d\d \d\d:\d\d:\d\d )?(?=\d+:|\[\d|pid=)"
)
_STERN_STREAM = re.compile(rf"[+-] (?:({_LABEL}) )?({_LABEL}) \u203a ({_LABEL})\Z")
_POD = re.compile(r".*-(?:\d{1,5}|[a-z0-9]{5})\Z")
_K9S = re.compile(rf"(?:{_ISO} )?({'|'.join(map(re.escape, CONTAINERS))}) (?=\S|\Z)")
_KUBETAIL = re.compile(rf"\[({_LABEL})(?: ({_LABEL}))?\](?: |\Z)")
_COMPOSE = re.compile(r"([a-zA-Z0-9][\w.@-]*) *\|(?: |\Z)")


def unwrap_stern(text: str) -> Captured | None:
    """The line behind stern's names, or one of stern's own."""
    if match := _STERN_STREAM.match(text):
        return Captured(text, "", origin(*match.groups()))
    match = _STERN_SERVER.match(text) or _STERN.match(text)
    if match is None:
        return None
    first, first_fraction, first_zone, namespace, pod, container, stamp, fraction, zone = match.groups()
    collected = None
    if stamp or first:
        collected = aware(stamp or first, fraction or first_fraction, zone or first_zone)
    return Captured(text[match.end() :], text[: match.end()], origin(namespace, pod, container), collected)


def _names_a_pod(captured: Captured) -> bool:
    """Whether the first words look like names that Kubernetes gives."""
    return captured.origin is not None and _POD.match(captured.origin.pod or "") is not None


def unwrap_k9s(text: str) -> Captured | None:
    """The line behind the container's name that k9s shows in the logs of one pod."""
    match = _K9S.match(text)
    if match is None:
        return None
    stamp, fraction, zone, container = match.groups()
    collected = aware(stamp, fraction, zone) if stamp else None
    return Captured(text[match.end() :], text[: match.end()], origin(None, None, container), collected)


def unwrap_kubetail(text: str) -> Captured | None:
    """The line behind kubetail's names."""
    match = _KUBETAIL.match(text)
    if match is None:
        return None
    end = match.end()
    return Captured(text[end:].removesuffix(" "), text[:end], origin(None, match[1], match[2]))


def unwrap_compose(text: str) -> Captured | None:
    """The line behind the name of a Compose container."""
    match = _COMPOSE.match(text)
    if match is None:
        return None
    return Captured(text[match.end() :], text[: match.end()], origin(None, match[1]))


def _numbered(captured: Captured) -> bool:
    where: Origin | None = captured.origin
    return where is not None and re.search(r"[-_.]\d+\Z", where.pod or "") is not None


STERN = Form(
    "stern",
    "[NAMESPACE ]POD CONTAINER [TIME ]LINE",
    "nothing; raw: all names",
    unwrap_stern,
    _names_a_pod,
    Steady(rf"(?:{_LABEL} )??{_LABEL} {_LABEL} ", " "),
)
K9S = Form("k9s", "[TIME ]CONTAINER LINE", "the pod's name", unwrap_k9s, lambda _: False)
KUBETAIL = Form(
    "kubetail", "[POD[ CONTAINER]] LINE", "a blank at a line's end", unwrap_kubetail, _names_a_pod
)
COMPOSE = Form(
    "compose", "NAME  | LINE", "nothing", unwrap_compose, _numbered, Steady(r"[a-zA-Z0-9][\w.@-]* *\| ", " ")
)
