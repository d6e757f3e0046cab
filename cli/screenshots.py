"""`grant-panel screenshots`: every page and main dialog as pictures, drawn from the sample record."""

import argparse
import contextlib
import io
import os
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from cli.arguments import add_command
from cli.output import print_lines
from models.trouble import Trouble

if TYPE_CHECKING:
    from cli.arguments import Commands


def add(commands: "Commands") -> None:
    """Add the subcommand."""
    parser = add_command(
        commands, "screenshots", run, "draw every page of the window, light and dark, from the sample record"
    )
    parser.add_argument("--out", metavar="DIR", type=Path, required=True, help="the folder to write to")


def run(options: argparse.Namespace) -> int:
    """Build the sample record aside, let the window draw itself, and name the pictures."""
    from cli import demo
    from cli.window import window_command

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
