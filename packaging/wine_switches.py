"""Each switch of the set-up for Windows, tried under Wine, with the exit status that the IT page names."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from frozen import Failed
from wine_chain import REMOVES_S, Chain

WINDOW, TYPES = "grant-panel-window.exe", r"\Software\Classes\.panel"
_OWN_FOLDER, _ANOTHER = "Own Folder", "Another"
DONE, IN_USE, NOT_OURS, HALF_DONE = 0, 3, 4, 5


def holds_every_switch(chain: Chain) -> str:
    """Another folder, a newer version, no file types, everybody; refusals; what is not its own stays."""
    for left in (_OWN_FOLDER, _ANOTHER):  # by an earlier run of this prefix
        shutil.rmtree(chain.prefix / "drive_c" / left, ignore_errors=True)
    for trial in _TRIALS:
        trial(chain)
    return f"{len(_TRIALS)} ways to install and remove"


def refuses_while_open(chain: Chain) -> None:
    """Expect that nothing is installed over a program that runs."""
    _set_up(chain, expected=IN_USE)


def _set_up(chain: Chain, *words: str, expected: int = DONE) -> None:
    command = ["wine", str(chain.work / "grant-panel-setup.exe"), "/S", *words]
    done = subprocess.run(command, env=chain.environment, cwd=chain.work, stdin=subprocess.DEVNULL)
    if done.returncode != expected:
        raise Failed(f"the set-up with {words} ended with {done.returncode}, not {expected}")


def _remove(chain: Chain, folder: Path) -> None:
    chain.wine(folder / "uninstall.exe", "/S")
    until = time.monotonic() + REMOVES_S
    while (folder / "uninstall.exe").exists():
        if time.monotonic() > until:
            raise Failed(f"{folder} is not removed")
        time.sleep(0.2)


def _expect(is_so: bool, words: str) -> None:
    if not is_so:
        raise Failed(words)


def _knows(chain: Chain, key: str) -> bool:
    try:
        return "GrantPanel" in chain.wine("reg", "query", key)
    except Failed:
        return False


def _another_folder_and_a_newer_version(chain: Chain) -> None:
    folder = chain.prefix / "drive_c" / _OWN_FOLDER / "Grant Panel"
    _set_up(chain, "/D=C:\\Own", "Folder\\Grant", "Panel")  # Wine would quote it as one word
    stale, kept = folder / "_internal" / "of an older version.dll", folder / "defaults.toml"
    record = folder / "left here.panel"
    for path in (stale, kept, record):
        path.write_text("lock_minutes = 5", encoding="utf-8")
    _set_up(chain)
    _expect((folder / WINDOW).exists() and not chain.installed.exists(), "a newer version went elsewhere")
    _expect(not stale.exists() and kept.exists() and record.exists(), "a newer version kept or took too much")
    _remove(chain, folder)
    _expect(list(folder.iterdir()) == [record], "a record in the program's folder did not stay alone")


def _without_file_types(chain: Chain) -> None:
    _set_up(chain)
    _expect(_knows(chain, f"HKCU{TYPES}"), ".panel is not known")
    _set_up(chain, "/NoFileTypes")
    _expect(
        (chain.installed / WINDOW).exists() and not _knows(chain, f"HKCU{TYPES}"), ".panel is known still"
    )
    _remove(chain, chain.installed)


def _for_everybody_beside_one_person(chain: Chain) -> None:
    everybody = chain.prefix / "drive_c" / "Program Files" / "Grant Panel"
    _set_up(chain)
    _set_up(chain, "/AllUsers")
    _expect((everybody / WINDOW).exists() and _knows(chain, f"HKLM{TYPES}"), "not installed for everybody")
    _remove(chain, everybody)
    _expect((chain.installed / WINDOW).exists() and _knows(chain, f"HKCU{TYPES}"), "one person's own is gone")
    _expect(not _knows(chain, f"HKLM{TYPES}"), ".panel is still known for everybody")
    _remove(chain, chain.installed)


def _never_over_another_program(chain: Chain) -> None:
    theirs = chain.prefix / "drive_c" / _ANOTHER / "_internal" / "library.dll"
    theirs.parent.mkdir(parents=True)
    theirs.write_bytes(b"x")
    _set_up(chain, "/D=C:\\Another", expected=NOT_OURS)
    _expect([path.name for path in theirs.parents[1].rglob("*.*")] == [theirs.name], "it changed the folder")


def _tells_what_it_could_not_write(chain: Chain) -> None:
    chain.installed.mkdir(parents=True)
    in_the_way = chain.installed / "_internal"
    in_the_way.write_bytes(b"x")
    _set_up(chain, expected=HALF_DONE)
    in_the_way.unlink()
    _set_up(chain)
    _remove(chain, chain.installed)


_TRIALS: tuple[Callable[[Chain], None], ...] = (
    _another_folder_and_a_newer_version,
    _without_file_types,
    _for_everybody_beside_one_person,
    _never_over_another_program,
    _tells_what_it_could_not_write,
)
