"""Compile a checkout as it is set up, so that what is started first is as quick as what is started later.

Python compiles a file when it first loads it. For the first window these are some seconds, and for tests
half a minute of each process that runs them, since their assertions are rewritten, too. What the check of
types reads of the libraries takes it as long, and stays the same; it keeps that, and what it read of us.
"""

import os
import subprocess
import sys
from compileall import compile_dir
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("gui", "cli", "exchange", "models", "scoring", "resources")
WITH_TESTS = ("test", "soak")
"""The tasks of `run.py` that run tests."""


def main(task: str) -> None:
    """Compile the program, and for a task that runs tests also these; have the types checked beside it."""
    for room in ROOMS:
        compile_dir(ROOT / room, quiet=2)
    if task in WITH_TESTS:
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": ""}
        steps = [sys.executable, "-m", "pytest", "--collect-only", "-qq"], [sys.executable, "-m", "mypy"]
        quiet = {"env": environment, "stdout": subprocess.DEVNULL}
        for step in [subprocess.Popen(step, cwd=ROOT, **quiet) for step in steps]:
            step.wait()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
