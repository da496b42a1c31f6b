"""Holds a server's sources against the declared wordings: what is new in them, what is gone, what changed.

``python -m tools.survey FOLDER`` reads a source tree of Redis, Valkey or a fork. `sources` reads C, `formats`
turns a call's text into what is printed, `holding` compares that with the event classes.
"""
