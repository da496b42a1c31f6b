"""Words that name nobody: those that servers print themselves, and those that deployments are made of."""

from __future__ import annotations

import re

from redislog.capture.names import CONTAINERS
from redislog.capture.records import FIELDS
from redislog.events.index import messages, until_registered
from redislog.grammar.dispatch import skeleton_of

_WORD = re.compile(r"[^\W_]+")
_COMMON = (
    "announce argo cluster compose container current default deployment headless host init io k8s "
    "kubernetes leader follower local localhost log logs metrics namespace node ordinal pod pods previous primary "
    "master proxy redis replica replicas server service shard slave standalone stateful statefulset stdin stdout "
    "stderr svc txt json csv valkey var lib data etc conf usr opt tmp home dump rdb aof appendonly appendonlydir "
    "incr base manifest acl sentinel ha "
    "jan feb mar apr may jun jul aug sep oct nov dec mon tue wed thu fri sat sun utc "
    "apiversion items kind list metadata spec status ip port ports name addresses subsets labels annotations ready "
    "age restarts running nominated gates none true false null selector type endpoints ownerreferences host"
)
"""Of deployments, dates, and tables and manifests of kubectl."""


def is_plain(word: str) -> bool:
    """Whether a word of a name names nobody: a number, one letter, or a word that servers or deployments use.

    >>> is_plain("redis"), is_plain("2"), is_plain("synchronization"), is_plain("acme")
    (True, True, True, False)
    """
    return word.isdecimal() or len(word) < 2 or word.casefold() in _vocabulary()


@until_registered
def _vocabulary() -> frozenset[str]:
    texts = [_COMMON, *CONTAINERS, *FIELDS]
    texts += [skeleton_of(wording.template) for _, message in messages() for wording in message.wordings]
    texts += [
        word
        for _, message in messages()
        for wording in message.wordings
        for word in _options(wording.template)
    ]
    return frozenset(word.casefold() for text in texts for word in _WORD.findall(text))


def _options(template: str) -> list[str]:
    """The words that a placeholder lists."""
    return re.findall(r"<[a-z_][a-z_0-9]*:([^>]*)>", template)
