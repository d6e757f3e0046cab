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
    from exchange.pack_files import open_pack, open_sealed  # no pack is needed to open the window

    return open_pack(partial(open_sealed, path), key.reveal())


def put_out(tools: PageTools, path: Path, staged: Path, words: str) -> None:
    """Put a sealed file that is recorded by now in its place, and say so; `words` hold {} for its name."""
    tools.write(path, partial(_put, staged, path), words, failed=partial(_tell_unwritten, tools, path))


def _put(staged: Path, path: Path, ticket: Ticket) -> Path:
    from exchange.pack_files import put_staged

    return put_staged(staged, path)


def _tell_unwritten(tools: PageTools, path: Path, error: Exception) -> None:
    """Say what is true of what was recorded before its file could not be written after all."""
    from exchange.pack_files import UNWRITTEN

    is_told = isinstance(error, Trouble | Cancelled)
    tools.workspace.failed.emit(Trouble(UNWRITTEN.format(path.name)) if is_told else error)
