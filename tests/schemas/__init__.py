"""The schemas of JUnit's reports that are published, in words of our own."""

from __future__ import annotations

from pathlib import Path

import xmlschema

_HERE = Path(__file__).parent
SCHEMAS = ("ant", "jenkins")


def faults(report: Path, schema: str) -> list[str]:
    """Where a report is not as a schema has it."""
    return [
        f"{each.path}: {each.reason}"
        for each in xmlschema.XMLSchema(_HERE / f"junit-{schema}.xsd").iter_errors(report)
    ]
