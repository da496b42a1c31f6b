"""Deployments that live in memory and print what real servers print.

`story` begins one and tells what happens to it; its logs and the truth at each moment stand beside each other::

    with story(primary="a", replicas=["b", "c"], version="redis 7.0") as s:
        s.start()
        s.cut("b", seconds=30)
        s.kill("a")
        s.promote("b")
    assert_topology(s.captures, primary="b", replicas=["c"])

Below it: `deployment.Deployment` holds the servers and the links between them, and does what users, networks and
operating systems do to them; `server.Server` is one of them with its state; `releases.Release` prints, in the
library's own wordings. What they do, and in which order they print, follows ``replication.c`` of the
releases and the recorded runs of them. `forms` puts their lines into the forms of capture; it knows nothing of what
reads these.
"""

from redislog.testing.simulate.forms import FORMS
from redislog.testing.simulate.story import Moment, Story, StoryError, story
from redislog.testing.simulate.truth import ServerTruth, Truth

__all__ = ["FORMS", "Moment", "ServerTruth", "Story", "StoryError", "Truth", "story"]
