"""Read-only files that ship with the product: schemes, fonts and samples.

Belongs here: data, and the two functions that find it. Does not belong here: anything that knows what
the data means. It is the one package whose `__init__` holds code, so that no other need know folders.
"""

import os.path
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """Return where a shipped file is, by its name within this folder: "fonts/NotoSans-Regular.ttf".

    Raises `FileNotFoundError` when nothing of that name ships, or the name leads out of the folder.
    """
    found = Path(os.path.normpath(_FOLDER / name))
    if not (found.is_relative_to(_FOLDER) and found.exists()):
        raise FileNotFoundError(f"no file of the name {name} ships with this version")
    return found


def text(name: str) -> str:
    """Return a shipped text file as it stands, by its name within this folder."""
    return path(name).read_text(encoding="utf-8")
