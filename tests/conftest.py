"""Settings of all tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from redislog.events.index import any_outside
from redislog.matching import forget

settings.register_profile(
    "redislog",
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "thorough", settings.get_profile("redislog"), max_examples=20_000, derandomize=False
)
settings.load_profile("redislog")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--record`` writes what the live tests captured into ``fixtures/``; ``--every-release`` chooses none of them."""
    parser.addoption("--record", action="store_true", help="write the live tests' captures into fixtures/")
    every = "run every live test on every release, not only on those that tests/live/choice.py names"
    parser.addoption("--every-release", action="store_true", help=every)


@pytest.fixture(autouse=True)
def _only_our_messages() -> None:
    """A test knows no message that one before it registered, as the README's example does."""
    if any_outside():
        forget()


BENCHMARKS = Path(__file__).parent / "benchmarks"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Measurements need a quiet machine: they are taken only where they are asked for by name."""
    asked = any(BENCHMARKS.name in argument for argument in config.args)
    return True if collection_path == BENCHMARKS and not asked else None
