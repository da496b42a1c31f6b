"""A model of primaries, replicas, links and failures that prints what real servers print.

`deployment.Deployment` holds the servers and the links between them, and does what users, networks and
operating systems do to them; `server.Server` is one of them with its state; `releases.Release` prints, in the
library's own wordings. What the model does, and in which order it prints, follows ``replication.c`` of the
releases and the recorded runs of them: `tests/test_model.py` holds it against those.
"""
