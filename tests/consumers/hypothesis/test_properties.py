"""A hypothesis user: a small tool of its own that reads logs, held against logs and deployments that are made."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from redislog import parse_line
from redislog.events import FullSyncGranted
from redislog.testing.strategies import deployments, lines, mutations, node_logs

settings.register_profile("ci", max_examples=25, deadline=None, derandomize=True)
settings.load_profile("ci")


def last_role(log):
    """The tool: M or S, by the last line that says it."""
    found = re.findall(r"^\d+:([MS]) ", log, re.MULTILINE)
    return found[-1] if found else None


@given(deployments())
def test_the_tool_tells_primaries_from_replicas(deployment):
    for name, truth in deployment.truth.items():
        if truth.role is not None:
            assert last_role(deployment.captures[name]) == {"primary": "M", "replica": "S"}[truth.role]


@given(node_logs(), st.data())
def test_the_tool_does_not_fail_on_damaged_logs(log, data):
    line = data.draw(st.sampled_from(log.splitlines()))
    last_role(log.replace(line, data.draw(mutations(line))))


@given(st.from_type(FullSyncGranted))
def test_events_are_made_of_their_classes(granted):
    assert granted.key == "replica.full-sync-from-primary"


@given(lines("replica.full-sync.*", version="redis 7.0"))
def test_lines_are_made_as_a_version_prints_them(line):
    assert parse_line(line).key.startswith("replica.full-sync.")
