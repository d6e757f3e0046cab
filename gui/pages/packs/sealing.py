"""What packs and returns have in common: opened with a passphrase, and written where there is room."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gui.access.passphrase import Passphrase
from gui.pages.page import PageTools
from gui.record.runner import Cancelled, Ticket
from models.trouble import Trouble

if TYPE_CHECKING:
    from models.packs.pack_making import OpenedPack

PACKS = "Grant Panel packs (*.gpack);;All files (*)"


def unsealed(path: Path, key: Passphrase, ticket: Ticket) -> "OpenedPack":
    """Return the pack that a file holds."""
    from exchange.pack_files import open_pack, read_sealed  # no pack is needed to open the window

    return open_pack(read_sealed(path), key.reveal())


def write_out(tools: PageTools, path: Path, content: bytes, words: str) -> None:
    """Write a sealed file that is recorded by now, and say so; `words` hold {} for its name."""
    tools.write(path, partial(_written, content, path), words, failed=partial(_tell_unwritten, tools, path))


def _written(content: bytes, path: Path, ticket: Ticket) -> Path:
    from exchange.pack_files import write_sealed

    return write_sealed(content, path)


def _tell_unwritten(tools: PageTools, path: Path, error: Exception) -> None:
    """Say what is true of what was recorded before its file could not be written after all."""
    from exchange.pack_files import UNWRITTEN

    is_told = isinstance(error, Trouble | Cancelled)
    tools.workspace.failed.emit(Trouble(UNWRITTEN.format(path.name)) if is_told else error)
