"""Every page with 1,000 applications: what memory it takes, and what keeps the event loop from answering."""

import subprocess
import sys

from benchmarks.window.figures import print_one
from benchmarks.window.offscreen import NOTED_OVER_MS, Block, Shown, resident_mb, shown
from benchmarks.window.record import MEETING

LIMIT_MB = 300
ROOMS = ("gui", "exchange", "models", "scoring", "resources", "benchmarks")


def run() -> None:
    """Print the memory of a window that showed every page, and every block noted, by the work in it.

    The program is compiled before, as it is where it is set up, and by another process: else that would be
    measured.
    """
    subprocess.run([sys.executable, "-m", "compileall", "-qq", *ROOMS], check=True)
    with shown() as window:
        opened_mb = resident_mb()
        _walk(window)
        print(
            f"Memory with 1,000 applications open: {opened_mb:.0f} MB, "
            f"every page shown {resident_mb():.0f} MB (aim under {LIMIT_MB} MB)"
        )
        blocks = sorted(window.blocks, key=_worked, reverse=True)
    own = sum(block.milliseconds - block.waited_ms > NOTED_OVER_MS for block in blocks)
    print(
        f"Blocks of the event loop over {NOTED_OVER_MS} ms (aim none): {len(blocks)}, "
        f"{own} if it had not waited for a processor"
    )
    for block in blocks:
        told = f"{block.worked_ms:5.0f} of work, {block.waited_ms:5.0f} waiting for a processor"
        print(f"  {block.milliseconds:5.0f} ms, {told}  {block.during}")


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


if __name__ == "__main__":
    print_one("pages")
