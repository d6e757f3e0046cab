"""Open returns that came back, each under the passphrase of its own pack."""

from dataclasses import dataclass, field
from pathlib import Path

from exchange.packs.opening import open_return
from exchange.packs.sealing import WrongPassphrase, read_sealed
from gui.passphrase import Passphrase
from gui.runner import Ticket
from models.trouble import Trouble

NEXT = "{} of {} open with it. Now the passphrase of “{}”."


@dataclass(slots=True)
class Unopened:
    """Returns that are to be opened: names of files by text once they are open, and those still closed."""

    left: tuple[Path, ...]
    files: dict[str, str] = field(default_factory=dict)


def open_with(unopened: Unopened, key: Passphrase, ticket: Ticket) -> str:
    """Open what a passphrase opens; return what to say of those that it does not, "" for none.

    What is no return, or is damaged, is told by its name; nothing is taken in then.
    """
    left: list[Path] = []
    words = ""
    for number, path in enumerate(unopened.left):
        ticket.tick(number, len(unopened.left))
        try:
            unopened.files.setdefault(open_return(read_sealed(path), key.reveal())[1], path.name)
        except WrongPassphrase as wrong:
            left.append(path)
            words = str(wrong)
        except Trouble as error:
            raise type(error)(f"{path.name}: {error}") from error
    opened, of = len(unopened.left) - len(left), len(unopened.left)
    unopened.left = tuple(left)
    return NEXT.format(opened, of, left[0].name) if opened and left else words
