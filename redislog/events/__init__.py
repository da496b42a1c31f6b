"""Typed events: attrs classes, each with its wordings, meaning and versions beside it.

Every class is imported from here, and its module read then:

>>> from redislog.events import FullSyncGranted
>>> FullSyncGranted.__module__
'redislog.events.replica_sync'

One module an actor; ``__all__`` lists the classes by actor, `ACTORS` maps each actor (``primary``, ``replica``,
``sentinel``, ``cluster``, ``sidecars``, ``server``) to modules and their classes, and ``EVENTS.md`` has them with
fields and keys. `base` holds what all share, `index` leads from words to classes. To declare a message of your own,
use `Event` and `message` from here, with `redislog.register`.
"""

import importlib

from redislog.events._names import ACTORS
from redislog.events.base import Event, Foreign, Unrecognized
from redislog.events.declaring import message

_HOME_OF = {
    name: module for modules in ACTORS.values() for module, names in modules.items() for name in names
}
__all__ = ["ACTORS", "Event", "Foreign", "Unrecognized", "message", *_HOME_OF]


def __getattr__(name: str) -> object:
    """Import an event class on its first use."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*globals(), *_HOME_OF]
