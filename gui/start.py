"""Start the window: `grant-panel-window [RECORD]`."""

import gc
import sys

COLLECT_AFTER = (100_000, 50, 100)
"""When unused objects are looked for: seldom, since a look through all of them takes longer than a frame."""


def main() -> int:
    """Open the window, on a record if one is named; return the exit status."""
    begin()
    from gui.app import main as show

    return show()


def begin() -> None:
    """Load what a record needs before the windows: PySide looks through all that is loaded after it."""
    gc.set_threshold(*COLLECT_AFTER)
    import models.queries.settled
    import models.record  # noqa: F401


if __name__ == "__main__":
    sys.exit(main())
