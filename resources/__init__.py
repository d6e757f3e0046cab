"""Read-only files that ship with the product: schemes, fonts and samples.

Belongs here: data, and the two functions that find it. Does not belong here: anything that knows what
the data means. It is the one package whose `__init__` holds code, so that no other need know folders.
"""

import os.path
from pathlib import Path

_FOLDER = str(Path(__file__).resolve().parent)


def path(name: str) -> Path:
    """Return where a shipped file is, by its name within this folder: "fonts/NotoSans-Regular.ttf".

    Raises `FileNotFoundError` when nothing of that name ships, or the name leads out of the folder.
    """
    return Path(_where(name))


def text(name: str) -> str:
    """Return a shipped text file as it stands, by its name within this folder."""
    with open(_where(name), encoding="utf-8") as file:
        return file.read()


def _where(name: str) -> str:
    """Return the place of a shipped file as text: the window reads dozens as it starts."""
    found = os.path.normpath(os.path.join(_FOLDER, name))
    if not (found == _FOLDER or found.startswith(_FOLDER + os.sep)) or not os.path.exists(found):
        raise FileNotFoundError(f"no file of the name {name} ships with this version")
    return found
