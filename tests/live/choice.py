"""Which scenarios run on which releases, and why: one table.

``pytest tests/live --every-release`` runs all on all.
"""

from __future__ import annotations

import re
from typing import NamedTuple

ALL = "6.2 7.0 8.2 8.6 valkey-9.1"


class Row(NamedTuple):
    """Scenarios, by a pattern of ``module::test[parameters]``, and the releases that they run on."""

    which: str
    releases: str
    why: str


ROWS = (
    Row(r"::test_module", "8.2", "the module comes with this release alone"),
    Row(
        r"::test_mixed_releases.*-primary-v(6\.2|8\.2)",
        "",
        "the primaries that replicas of other releases meet are the most used and the newest ones",
    ),
    Row(
        r"test_slots::",
        "8.6 valkey-9.1",
        "these alone move slots by themselves",
    ),
    Row(r"::test_\w+_(coordinated|on_shutdown)", "valkey-9.1", "only Valkey has these, from 9.0 on"),
    Row(r"test_upgrades::", "8.6 valkey-9.1", "an upgrade to the newest releases"),
    Row(
        r"test_clocks::|::test_proxy_disagrees|::test_sentinel_names_a_replica",
        "7.0 valkey-9.1",
        "a clock of its own: 8.6 does not start with one, its allocator and libfaketime wait for each other",
    ),
    Row(r"::test_mixed_releases", ALL, "each release reads snapshots of its own kind"),
    Row(
        r"test_replication::|::test_level_warning|test_wordings::",
        ALL,
        "how a sync goes and what is printed of it: two channels since 8.2, a thread of its own in Valkey 9",
    ),
    Row(
        r"test_(proxy|strangers|partitions|deployments)::|::test_(disk|dataset)",
        "7.0 8.6 valkey-9.1",
        "networks and disks are the same to all: the most used release, and the newest ones",
    ),
    Row(r"", "6.2 7.0 8.6 valkey-9.1", "8.6 prints the lines of replication of 8.2, and some more"),
)
"""The first that fits a scenario says where it runs."""


def why_not(scenario: str, release: str) -> str:
    """Why a scenario does not run on a release; empty if it does."""
    row = next(row for row in ROWS if re.search(row.which, scenario))
    return "" if release in row.releases.split() else row.why
