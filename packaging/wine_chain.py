"""What the Windows chain runs under Wine: its folders, its commands, and what each step prints."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from frozen import HUNG_S, Failed

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "packaging"
COMPILER, OBJDUMP = "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-objdump"
WIDTH = "-XTarget amd64-unicode"
"""A set-up of 64 bits, for which Wine needs no second half from another architecture; a release's has 32."""
DISPLAY = ":93"
INSTALLED = "users/{user}/AppData/Local/Programs/Grant Panel"
OPENS_S, REMOVES_S = 900.0, 300.0
"""Longer than anything takes that is only slow, as beside other work."""


class Chain:
    """The folders of the chain, and how its programs are started."""

    def __init__(self, work: Path, wheels: Path | None) -> None:
        self.work = work
        self.wheels = wheels or work / "wheels"
        self.python = work / "python"
        self.prefix = work / "prefix"
        self.frozen = work / "dist" / "grant-panel"
        self.environment = {
            **os.environ,
            "WINEPREFIX": str(self.prefix),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",
            "DISPLAY": DISPLAY,
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    @property
    def system(self) -> Path:
        """Return the folder of Windows' own libraries."""
        return self.prefix / "drive_c/windows/system32"

    @property
    def installed(self) -> Path:
        """Return where the set-up puts the program for one person."""
        return self.prefix / "drive_c" / INSTALLED.format(user=os.environ.get("USER") or "root")

    def run(self, *command: str | Path, within: float = HUNG_S) -> str:
        """Run a command in the work folder; `Failed` with the end of what it said unless it went well."""
        done = subprocess.run(
            [str(part) for part in command],
            cwd=self.work,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=within,
        )
        if done.returncode:
            raise Failed(f"{Path(str(command[0])).name} ended with {done.returncode}: {done.stdout[-1500:]}")
        return done.stdout

    def begin(self, program: str, *words: str) -> subprocess.Popen[bytes]:
        """Start an installed program that stays open."""
        return subprocess.Popen(
            ["wine", str(self.installed / program), *words],
            cwd=self.work,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def end(self, window: subprocess.Popen[bytes]) -> None:
        """End a program that was begun, and all else under Wine."""
        self.run("wineserver", "-k")
        window.wait(REMOVES_S)

    def wine(self, *command: str | Path, within: float = HUNG_S) -> str:
        """Run a Windows program."""
        return self.run("wine", *command, within=within)
