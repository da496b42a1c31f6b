"""What the live tests share: a release, a log level, and a way to deploy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol

import pytest

from redislog import Timeline
from tests.holding import Findings

from .choice import why_not
from .clocks import Clock, clock_missing
from .harness import Deployment
from .holding import hold_against_truth
from .network import Network, network_missing
from .recording import record, scenario_of
from .releases import RELEASES, Release, missing, why_missing

Deploy = Callable[..., Deployment]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark every test beside this file, and leave out those that are not chosen for their release.

    Where the servers did not do in time what a scenario is about, as on a busy machine, it is made anew, three times
    at most. What is said of a scenario that came about is never tried again.
    """
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.live)
            item.add_marker(pytest.mark.flaky(reruns=3, only_rerun=["^TimeoutError: not within"]))
    if not config.getoption("--every-release"):
        left_out = [item for item in items if _is_left_out(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def _is_left_out(item: pytest.Item) -> bool:
    """Whether a scenario does not run on the release that it is to run on."""
    values = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    release = values.get("release")
    return isinstance(release, Release) and bool(why_not(f"{item.path.stem}::{item.name}", str(release)))


@pytest.fixture(params=RELEASES, ids=str)
def release(request: pytest.FixtureRequest) -> Release:
    """Each release in turn; one that is not installed skips the test, or fails it where it is required."""
    found: Release = request.param
    skip_if(why_missing(found))
    return found


def skip_if(why: str) -> None:
    """Skip a test for what is missing, or fail it where that is required; go on where that is empty."""
    if why:
        missing(why)


@pytest.fixture(params=["notice", "debug"])
def log_level(request: pytest.FixtureRequest) -> str:
    """The level of the servers' logs: the default, and the one that tells all."""
    level: str = request.param
    return level


@pytest.fixture
def deploy(release: Release, log_level: str, tmp_path: Path) -> Iterator[Deploy]:
    """Make deployments that end with the test; arguments as of `Deployment`."""
    with ExitStack() as stack:

        def make(**options: Any) -> Deployment:
            settings = {"loglevel": log_level, "ports": "distinct", **options}
            return stack.enter_context(Deployment(release, tmp_path, **settings))

        yield make


@pytest.fixture
def network() -> Iterator[Network]:
    """Hosts of their own, for a deployment."""
    skip_if(network_missing())
    with Network() as network:
        yield network


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    """A clock that is not the machine's, for a server or a deployment."""
    skip_if(clock_missing())
    return Clock(tmp_path / "clock")


class Hold(Protocol):
    """Holds a deployment's captures against the truth, and keeps them where the run records."""

    def __call__(
        self,
        deployment: Deployment,
        status: str | None = None,
        *,
        whole: bool = True,
        beside: Mapping[str, bytes] | None = None,
        findings: Findings | None = None,
    ) -> Timeline: ...


@pytest.fixture
def hold(request: pytest.FixtureRequest) -> Hold:
    """`hold_against_truth`, under the test's name."""

    def hold_and_keep(
        deployment: Deployment,
        status: str | None = None,
        *,
        whole: bool = True,
        beside: Mapping[str, bytes] | None = None,
        findings: Findings | None = None,
    ) -> Timeline:
        held = hold_against_truth(deployment, status, whole=whole, beside=beside, findings=findings)
        if request.config.getoption("--record"):
            record(held, deployment.release, scenario_of(request.node), whole=whole, findings=findings or {})
        return held.timeline

    return hold_and_keep
