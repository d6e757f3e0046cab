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
    for module in MODULES:
        print_one(module)


def print_one(module: str) -> None:
    """Print the figures of one module as `run` does: begun otherwise, all pages shown take 30 MB more.

    It reads the bytecode that was set up with the libraries: to make it takes 5 MB.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", BEGUN.format(module)]
        surroundings = start.offscreen(Path(folder))
        del surroundings[start.BYTECODE]
        done = subprocess.run(command, env=surroundings, check=True, capture_output=True, text=True)
        print(done.stdout, end="")
