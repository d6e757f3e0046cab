"""A copy of a file that somebody sent, saved as it came: asked after a sentence on its kind, in one way."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from gui.dialogs.files import Kind
from gui.listed.acts import Confirm, Save
from gui.shell.written import write_whole
from models.values.attachments import disk_name

EVERY = "All files (*)"
PLAIN = "The copy is plain: it is not encrypted, and not erased with the record."
RUNS = "A file of this kind can hold macros or run commands. Open it only where you know who sent it."
_ENDINGS = (
    ".exe .com .bat .cmd .ps1 .vbs .js .jse .wsf .hta .msi .scr .lnk .jar .sh .html .htm .svg .mht .url .reg",
    ".docm .dotm .doc .xlsm .xltm .xlsb .xls .xll .xlam .pptm .ppt .ppam .iso .cpl .msc",
)
RUNNING = frozenset(" ".join(_ENDINGS).split())
"""Endings of files that run as programs, or may hold macros or scripts."""


def saving_copy(name: str, content: Callable[[Any], bytes]) -> Confirm:
    """Say what a copy is, then ask where it goes; `content` reads the file's bytes from the record."""
    ending = Path(name).suffix
    save = Save(
        kind=Kind.ATTACHED,
        title=f"Save a copy of {name}",
        name=disk_name(name),
        filter=f"As it came (*{ending})" if ending else EVERY,
        content=content,
        write=partial(write_whole, is_private=True),
        said="{} is saved as it came, not encrypted",
    )
    runs = (RUNS,) if ending.casefold() in RUNNING else ()
    return Confirm(f"Save a copy of {name}?", (*runs, PLAIN), "Choose where…", save)
