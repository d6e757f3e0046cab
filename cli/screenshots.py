"""`grant-panel screenshots`: every page and main dialog as pictures, drawn from the sample record."""

import argparse
import contextlib
import io
import os
import subprocess
import tempfile
from pathlib import Path

from cli.frame.output import print_lines
from cli.sample import demo
from cli.window import window_command
from models.trouble import Trouble


def run(options: argparse.Namespace) -> int:
    """Build the sample record aside, let the window draw itself, and name the pictures."""
    with tempfile.TemporaryDirectory() as aside:
        with contextlib.redirect_stdout(io.StringIO()):
            demo.run(argparse.Namespace(out=Path(aside), no_window=True))
        record = Path(aside) / demo.RECORD_NAME
        command = [*window_command(), "--screenshots", str(options.out.absolute()), str(record)]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(
            command, env=environment, capture_output=True, encoding="utf-8", errors="replace", check=False
        )
    if done.returncode:
        raise Trouble(f"The window could not draw itself: {' '.join(done.stderr.split())[-300:]}")
    print_lines(done.stdout.splitlines())
    return 0
