"""Freeze the program for the system that this runs on into `dist/grant-panel`, and try a copy of it.

`python3 run.py package` runs it. What lies between is made outside the checkout and removed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import smoke

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"


def main() -> int:
    """Build, try, and say what it came to; return the exit status."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter).parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="grant-panel-build-") as aside:
        build = ["-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "--distpath", str(DIST)]
        spec = str(ROOT / "packaging" / "grant-panel.spec")
        done = subprocess.run([sys.executable, *build, "--workpath", aside, spec], cwd=ROOT)
    if done.returncode:
        return done.returncode
    folder = DIST / "grant-panel"
    print(f"Built {folder}: {smoke.megabytes(folder)} MB in {time.monotonic() - began:.0f} s", flush=True)
    return smoke.smoke(folder, smoke.offline(), is_beside_source=True)


if __name__ == "__main__":
    sys.exit(main())
