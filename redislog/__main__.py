"""The command ``redislog``, also as ``python -m redislog``."""

import gc
import sys

_SELDOM = 50_000
"""How many more objects than before there are when the collector looks at the new ones."""


def main() -> int:
    """Run the command; returns its exit code.

    What is imported stays, so that the collector of garbage need not look at it, now or later. Of what is read,
    little is kept and next to nothing is in cycles, so that it seldom looks; and at the end, not at all.
    """
    gc.disable()
    from redislog.command import main as command

    gc.freeze()
    gc.set_threshold(_SELDOM)
    gc.enable()
    try:
        return command()
    finally:
        gc.freeze()


if __name__ == "__main__":
    sys.exit(main())
