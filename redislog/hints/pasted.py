"""Addresses that people paste between the logs of an issue: rows of ``kubectl get pods -o wide``, and lists of their own.

::

    redis-0   3/3   Running   0   20d   172.20.75.109   node-a        a row of a table, in or outside a fence
    172.20.75.109 -   redis-0                                         an address and a name, in any order
    | redis-0 | 172.20.75.109:6379 |                                  also between bars
    * redis-0 => 172.20.75.109

A list says nothing but a name with a number and one address; a sentence that holds both is no statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redislog.events.base import Foreign
from redislog.evidence import evidence_of
from redislog.hints import Hint
from redislog.hints.reading import stated_in_row
from redislog.values import Address

_LONGEST = 300
_IP = re.compile(r"(?<![\w.:])\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\w)")
_SIDE = r"[\s>|*+\u2022`\"'(\[-]*"
_BETWEEN = r"[\s`\"'()\[\]:|,@=>\u2192\u2013\u2014-]+(?:(?:is|has|at|ip)[\s:=]+)?"
_NAME = r"(?P<{0}>[A-Za-z][\w-]*\d|[a-z][a-z0-9-]*-[0-9a-f]{{6,10}}-[a-z0-9]{{5}})"
_PLACE = r"(?P<{0}>\d{{1,3}}(?:\.\d{{1,3}}){{3}})(?::(?P<{1}>\d{{1,5}}))?"
_LISTED = re.compile(
    rf"{_SIDE}(?:{_PLACE.format('host', 'port')}{_BETWEEN}{_NAME.format('name')}"
    rf"|{_NAME.format('first')}{_BETWEEN}{_PLACE.format('then', 'its')})[\s|`\"')\].,;]*"
)


def stated_in(event: Foreign) -> Iterator[Hint]:
    """What a line that no server printed states of a server's address; at most one statement.

    >>> from redislog import parse
    >>> (line,) = parse("172.20.75.109 -   redis-0")
    >>> [(hint.name, str(hint.address)) for hint in stated_in(line)]
    [('redis-0', '172.20.75.109:?')]
    """
    text = event.message
    if len(text) > _LONGEST or _IP.search(text) is None:
        return
    whole = (event.header.prefix or "") + text
    if stated := _in_row(text) or _listed(text) or _listed(whole):
        (evidence,) = evidence_of(event)
        yield Hint(*stated, evidence)


def _in_row(text: str) -> tuple[str, Address] | None:
    stated = stated_in_row(text)
    return None if stated is None else (stated[0], Address(stated[1], None))


def _listed(text: str) -> tuple[str, Address] | None:
    match = _LISTED.fullmatch(text)
    if match is None:
        return None
    port = match["port"] or match["its"]
    return match["name"] or match["first"], Address(
        match["host"] or match["then"], int(port) if port else None
    )
