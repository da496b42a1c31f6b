"""Typed events: attrs classes, each with its wordings, meaning and versions beside it.

One module an actor; `base` holds what all share, `index` the generated dispatch table.
"""
