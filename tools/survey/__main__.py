"""``python -m tools.survey FOLDER [SERIES]``: what a server's sources print that is not declared, or no more."""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from pathlib import Path

from tools.survey.holding import differences, nearest
from tools.survey.sources import read_tree

_VERSION = re.compile(r"#define\s+(REDIS|VALKEY)_VERSION\s+\"([^\"]+)\"")


def product_and_version(folder: Path) -> tuple[str, str]:
    """Product and version of a source tree, by its ``version.h``.

    Raises
    ------
    ValueError
        if the tree does not say it.
    """
    for path in (folder / "src" / "version.h", folder / "version.h"):
        found = dict(_VERSION.findall(path.read_text("utf-8"))) if path.is_file() else {}
        for product in ("VALKEY", "REDIS"):
            if product in found:
                return product.lower(), found[product]
    raise ValueError(f"{folder}: expected src/version.h with REDIS_VERSION or VALKEY_VERSION")


def main(arguments: list[str]) -> int:
    """Print the list; 0 where it is empty, 1 where there is something to do, 2 where nothing could be read."""
    parser = argparse.ArgumentParser(prog="python -m tools.survey", description=__doc__)
    parser.add_argument("folder", type=Path, help="a source tree, or its folder src")
    parser.add_argument(
        "series", nargs="?", help="what to hold it against: 'redis 8.6'; else the tree's own series"
    )
    parser.add_argument(
        "--unread", action="store_true", help="also list the calls whose text is a variable's"
    )
    options = parser.parse_args(arguments)
    try:
        survey = read_tree(options.folder)
        series = options.series or nearest(*product_and_version(options.folder))
        found = differences(survey, series)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    for each in found:
        print(each)
    if options.unread:
        for call in survey.unread:
            print(f"unread   {call.file}:{call.line}\n         {call.source}")
    counts = Counter(each.kind for each in found)
    said = ", ".join(f"{counts[kind]} {kind}" for kind in ("new", "versions", "gone", "level"))
    print(
        f"{len(survey.calls)} texts held against {series}: {said}; {len(survey.unread)} calls print a variable"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
