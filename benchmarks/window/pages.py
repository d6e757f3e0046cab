"""Every page with 1,000 applications: what memory it takes, and what keeps the event loop from answering."""

import subprocess
import sys
from collections.abc import Iterator

from benchmarks.table import Row
from benchmarks.window.offscreen import NOTED_OVER_MS, Block, Shown, resident_mb, shown
from benchmarks.window.record import MEETING

LIMIT_MB = 300
ROOMS = ("gui", "exchange", "models", "scoring", "resources", "benchmarks")


def measure() -> Iterator[Row]:
    """Yield the memory of a window that showed every page, and how many blocks were its own work.

    The program is compiled before, as it is where it is set up, and by another process: else that would be
    measured.
    """
    subprocess.run([sys.executable, "-m", "compileall", "-qq", *ROOMS], check=True)
    with shown() as window:
        opened_mb = resident_mb()
        _walk(window)
        detail = f"when opened {opened_mb:.0f} MB"
        yield Row("Memory, every page shown, 1,000 applications", resident_mb(), LIMIT_MB, "MB", detail)
    own = sorted(filter(_is_own, window.blocks), key=_worked, reverse=True)
    detail = "; ".join(f"{block.worked_ms:.0f} ms of work during {block.during}" for block in own)
    subject = f"Blocks of the event loop over {NOTED_OVER_MS} ms but for waiting for a processor"
    yield Row(subject, len(own), 0, "blocks", detail)


def _is_own(block: Block) -> bool:
    return block.milliseconds - block.waited_ms > NOTED_OVER_MS


def _walk(window: Shown) -> None:
    """Go to every page twice, first of all areas, then of one."""
    tools = window.window.main.tools
    for area, words in ((None, "first"), (MEETING, f"of {MEETING}")):
        window.during(f"switching to {words}")
        tools.choose_area(area)
        window.settle()
        for key in sorted(tools.pages):
            window.during(f"{key}, {words}")
            tools.go(key)
            window.settle()


def _worked(block: Block) -> float:
    """Return the window's own part: on a busy machine the rest is waiting for a processor."""
    return block.worked_ms
