"""The window's figures: each in a process of its own, without a display."""

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.window import start

BEGUN = "from gui.start import begin; begin(); from benchmarks.window.{} import run; run()"
"""Each begins as the program does, before Qt: what is loaded then is not held twice."""
MODULES = ("marks", "scrolling", "typing", "beside", "pages")


def run() -> None:
    """Print the start's ratio, then the figures that are times, with what they aim at."""
    start.run()
    with tempfile.TemporaryDirectory() as folder:
        for module in MODULES:
            command = [sys.executable, "-c", BEGUN.format(module)]
            surroundings = start.offscreen(Path(folder))
            done = subprocess.run(command, env=surroundings, check=True, capture_output=True, text=True)
            print(done.stdout, end="")
