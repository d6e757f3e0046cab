"""Ask for the passphrase of a sealed file, and for one of a member's own; a wrong one is asked for again."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gui.access.passphrase import Passphrase
from gui.access.passphrase_box import PassphraseBox, PassphraseTwice
from gui.listed.form import Form, Helps, Leads, Own, Saying, show_form
from gui.pages.page import PageTools
from gui.record.runner import Cancelled, Ticket
from gui.record.turns import Turns, given
from models.trouble import Trouble

if TYPE_CHECKING:
    from models.packs.pack_making import OpenedPack

TITLE = "I was sent a pack"
WORDS = (
    "A pack opens into a record of your own on this computer. You can declare, score and give reasons in it; "
    "your return takes them back to the office.",
    "A newer pack opens into the record that you have: open that record first, and your marks stay.",
)
SENT, OWN = "The passphrase that you were given", "A passphrase of your own, for your record"
KEPT = "Nobody can recover it: keep it away from this computer."
EMPTY = "Type the passphrase that came with the pack, by telephone or on paper."
OF_PACK = "Passphrase of the pack"
NOT_TYPED = "Type the passphrase of the pack."


def open_form(title: str, words: str, *, action: str = "Open", may_skip: bool = False) -> Form:
    """Return what asks for the passphrase of a file, and waits while it is tried; None where left out."""
    skip = (Leads("Leave this return out", lambda: None),) if may_skip else ()
    return Form(
        title=title,
        action=action,
        does=lambda key: key,
        stays=True,
        fields=(
            Saying(words, "text2", size=13),
            Own("key", "", make=partial(PassphraseBox, name=OF_PACK), wanted=NOT_TYPED),
            *skip,
        ),
    )


def open_pack_form(name: str, whose: str, sent: Passphrase | None) -> Form:
    """Return what asks for two passphrases: the pack's, known or not, and one of the member's own."""
    return Form(
        title=TITLE,
        heading=f"{TITLE}: {name}",
        action="Choose where to keep it…",
        does=lambda key, own: (key, own),
        width=620,
        stays=True,
        focus="key" if sent is None else "own",
        fields=(
            *((Saying(whose, "text", size=13, weight=600),) if whose else ()),
            *(Saying(words, "text2", size=13) for words in WORDS),
            Saying(SENT, "text", weight=600),
            Own("key", "", make=partial(_box, sent), wanted=EMPTY),
            Saying(OWN, "text", weight=600),
            Own("own", "", make=partial(PassphraseTwice, name="Your own passphrase")),
            Helps("Offer six words", lambda form: form["own"].offer_words(), KEPT),
        ),
    )


def _box(sent: Passphrase | None) -> PassphraseBox:
    box = PassphraseBox(OF_PACK)
    box.line.setText("" if sent is None else sent.reveal())
    return box


def until_opened(tools: PageTools, form: Form, opens: Callable[[Any, Ticket], object], label: str) -> Turns:
    """Ask for a passphrase until it opens what it is of; return what was found, and what was typed.

    `opens` raises `WrongPassphrase` where it does not. What is left out without one comes to None.
    """
    from exchange.pack_files import WrongPassphrase  # no pack is needed to open the window

    box = show_form(tools.dialogs, form)
    while True:
        typed = yield given(box.given)
        if typed is None:
            return None, None
        try:
            found = yield partial(tools.workspace.work, partial(opens, typed), label=label)
        except WrongPassphrase as wrong:
            box.ask_again(str(wrong), "key")
        except Exception:
            box.leave()
            raise
        else:
            box.accept()
            return found, typed


PACKS = "Grant Panel packs (*.gpack);;All files (*)"


def unsealed(path: Path, typed: Passphrase | tuple[Passphrase, Passphrase], ticket: Ticket) -> "OpenedPack":
    """Return the pack that a file holds; a passphrase of the member's own may come after its own."""
    from exchange.pack_files import open_pack, open_sealed  # no pack is needed to open the window

    key = typed[0] if isinstance(typed, tuple) else typed
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
