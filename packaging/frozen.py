"""A frozen folder to be tried: its commands, run as by a stranger without a home or a network."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple, TypeVar

T = TypeVar("T")
HUNG_S, WINDOW_OPENS_S = 3600.0, 900.0
"""Longer than anything takes that is only slow, as under Wine beside other work."""


class Failed(Exception):
    """A step did not hold; `str()` says what happened instead."""


class Frozen(NamedTuple):
    """A copy of the folder, with the place where files are written, and how programs start."""

    folder: Path
    place: Path
    before: tuple[str, ...]
    ending: str

    def command(self, name: str, *arguments: str) -> list[str]:
        """Return how one of the three programs is started."""
        return [*self.before, str(self.folder / f"{name}{self.ending}"), *arguments]

    def run(self, *arguments: str) -> str:
        """Run the command; what it prints comes back, and anything but success is `Failed`."""
        done = self.tried(*arguments)
        if done.returncode or "Traceback" in done.stderr:
            raise Failed(
                f"{arguments[0]} ended with {done.returncode}: {done.stdout[-500:]}{done.stderr[-500:]}"
            )
        return done.stdout

    def tried(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command and return how it ended, whatever that was."""
        return subprocess.run(
            self.command("grant-panel", *arguments),
            cwd=self.place,
            env=environment(self.place, is_foreign=bool(self.ending) and os.name != "nt"),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=HUNG_S,
        )


def environment(place: Path, *, is_foreign: bool) -> dict[str, str]:
    """Return an environment without Python, in which the person's own folders lie in `place`.

    Under Wine its own variables stay, since it is no Windows by itself.
    """
    home = place / "home"
    home.mkdir(exist_ok=True)
    if is_foreign:
        return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    names = ("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA", "TEMP", "TMP", "TMPDIR", "XDG_DATA_HOME")
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR") if name in os.environ}
    path = os.path.join(kept.get("SYSTEMROOT", ""), "System32") if os.name == "nt" else ""
    return {**kept, **dict.fromkeys(names, str(home)), "PATH": path, "QT_QPA_PLATFORM": "offscreen"}


def offline() -> tuple[str, ...]:
    """Return what starts a program without a network, nothing where the system does not allow that."""
    cut = ("unshare", "--net", "--map-root-user")
    unshare = shutil.which(cut[0])
    if unshare and subprocess.run([*cut, "true"], capture_output=True).returncode == 0:
        return (unshare, *cut[1:])
    return ()
