"""Open returns that came back: each is known by its pack, and each pack by whose it is."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field

from exchange.pack_files import WrongPassphrase, checked_header, open_return, read_sealed
from gui.access.passphrase import Passphrase
from gui.record.runner import Ticket
from gui.text import counted
from models.queries.packs.packs import PackOwner
from models.trouble import Trouble
from models.values.pack_plans import Unfit

NOT_OURS = "It comes from a pack that this record did not issue. Open the record that it was made for."
NO_PASSPHRASE = "Its passphrase was not given."
OPENS = "“{}”: the passphrase is the one that went with {}."


class SealedFile(Struct):
    """A return that is still closed: its file, its bytes, and which pack it answers."""

    file: str
    content: bytes
    pack: str


class Unopened(Struct):
    """Returns that are to be opened: names of files by text once they are open, and those still closed.

    `unfit` are files that cannot be imported, each with why; `owners` says whose each pack is.
    """

    left: tuple[SealedFile, ...]
    unfit: list[Unfit]
    owners: Mapping[str, PackOwner] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> PackOwner:
        """Return whose passphrase is to be asked for next."""
        return self.owners[self.left[0].pack]

    @property
    def title(self) -> str:
        """Return what is asked: "Passphrase of Ann Sample’s pack"."""
        return f"Passphrase of {self.asked.name}’s pack"

    @property
    def words(self) -> str:
        """Return which pack it went with, and which file it opens; then how many are still closed."""
        pack = f"pack {self.asked.number} for {self.asked.whose}"
        named = OPENS.format(self.left[0].file, pack)
        packs = len({one.pack for one in self.left})
        return f"{named} {counted(packs, 'passphrase', 'passphrases')} to go." if packs > 1 else named

    def keep_to_own(self, owners: Mapping[str, PackOwner]) -> None:
        """Name whose the packs are; a return of a pack that was not issued here stays out."""
        self.owners = owners
        self.unfit += [Unfit(one.file, NOT_OURS) for one in self.left if one.pack not in owners]
        self.left = tuple(one for one in self.left if one.pack in owners)

    def leave_out(self) -> None:
        """Leave out the returns whose passphrase is asked for."""
        pack = self.left[0].pack
        self.unfit += [Unfit(one.file, NO_PASSPHRASE) for one in self.left if one.pack == pack]
        self.left = tuple(one for one in self.left if one.pack != pack)


def read_outsides(paths: tuple[Path, ...], ticket: Ticket) -> Unopened:
    """Return what is known of files before they are opened; one that is no return is left out with why."""
    found: list[SealedFile] = []
    unfit: list[Unfit] = []
    for number, path in enumerate(paths):
        ticket.tick(number, len(paths))
        try:
            found.append(_sealed(path))
        except Trouble as error:
            unfit.append(Unfit(path.name, str(error)))
    return Unopened(tuple(found), unfit)


def open_with(unopened: Unopened, key: Passphrase, ticket: Ticket) -> str:
    """Open what a passphrase opens; return what to say where it does not open what was asked for, else "".

    A return of another pack that has the same passphrase is opened with it. What proves to be damaged or
    no return stays out, with why.
    """
    asked, left, words = unopened.left[0].pack, [], ""
    for number, one in enumerate(unopened.left):
        ticket.tick(number, len(unopened.left))
        try:
            unopened.files.setdefault(open_return(one.content, key.reveal())[1], one.file)
        except WrongPassphrase as wrong:
            left.append(one)
            words = str(wrong) if one.pack == asked else words
        except Trouble as error:
            unopened.unfit.append(Unfit(one.file, str(error)))
    unopened.left = tuple(left)
    return words


def _sealed(path: Path) -> SealedFile:
    content = read_sealed(path)
    return SealedFile(path.name, content, str(checked_header(content, "return").get("pack", "")))
