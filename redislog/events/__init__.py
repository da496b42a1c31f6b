"""Typed events: attrs classes, each with its wordings, meaning and versions beside it.

One module an actor; `base` holds what all share, `index` leads from words to classes. To declare a message
of your own, use `Event`, `message` and `wording` from here, with `redislog.register`.
"""

from redislog.events.base import Event, message, wording

__all__ = ["Event", "message", "wording"]
