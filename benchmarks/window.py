"""The window's figures: each in a process of its own, without a display."""

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import window_start

BEGUN = "from gui.start import begin; begin(); from benchmarks.{} import run; run()"
"""Each begins as the program does, before Qt: what is loaded then is not held twice."""
MODULES = ("window_marks", "window_scrolling", "window_typing", "window_beside", "window_pages")


def run() -> None:
    """Print the start's ratio, then the figures that are times, with what they aim at."""
    window_start.run()
    with tempfile.TemporaryDirectory() as folder:
        for module in MODULES:
            command = [sys.executable, "-c", BEGUN.format(module)]
            surroundings = window_start.offscreen(Path(folder))
            done = subprocess.run(command, env=surroundings, check=True, capture_output=True, text=True)
            print(done.stdout, end="")
