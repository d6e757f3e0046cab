"""What Settings says of passphrases, copies and the lock."""

from collections.abc import Sequence

from gui.record.workspace import OpenRecord
from gui.text import counted
from models.store.sqlite.backup import Copy
from scoring.written.text import first_of

CHANGE, ENCRYPT = "Change the passphrase…", "Encrypt this record…"
TAKE_OFF, DELETE = "Take encryption off…", "Delete copies without encryption…"
CHANGE_TITLE, ENCRYPT_TITLE = "Change the passphrase", "Encrypt the record"
OFF_TITLE, DELETE_TITLE = "Take encryption off", "Delete copies without encryption"
PROVE = "To change how “{}” is protected, type its current passphrase first."
GO_ON = "Continue"
OFF = (
    "The record is written again without encryption: from then on anyone who can read the file can read "
    "every application in it.",
    "Copies that were made before stay encrypted, with the passphrase they had. Your name is recorded in "
    "History. Earlier changes can then no longer be undone.",
)
IS_OFF = (
    "The record is no longer encrypted. Keep it on a disk that is encrypted, and do not send it by e-mail."
)
NO_RECORD = "Open a record to see how it is protected."
COPY = "You are reading a copy: its passphrase is the one it was made with."
VERIFIED = (
    "The record is copied, the copy is checked and put in its place. Earlier changes can then no longer be "
    "undone."
)
LISTED = 6


def idle_words(minutes: int) -> str:
    """Return after how long the record is locked by itself."""
    return f"After {minutes} minutes without use" if minutes else "Never"


SHARED = "The record is on the office server; the person who runs it says how it is protected there."


def state(facts: OpenRecord | None, plain: int) -> str:
    """Return how the open record is protected."""
    if facts is None:
        return NO_RECORD
    if facts.is_copy:
        return COPY
    if facts.is_shared:
        return SHARED
    if not facts.is_encrypted:
        return "The record is not encrypted: anyone who can read the file can read the applications."
    said = "The record is encrypted. Nobody can recover its passphrase."
    if plain:
        said += f" {counted(plain, 'earlier copy', 'earlier copies')} beside it can be read by anybody."
    return said


def before_change(copies: Sequence[Copy], plain: int) -> tuple[str, ...]:
    """Return what is said before a passphrase is given or changed."""
    if not copies:
        return (VERIFIED,)
    sealed = len(copies) - plain
    said = "Earlier copies stay as they are:"
    if sealed:
        said += f" {sealed} with the passphrase used so far"
    if plain:
        said += f"{',' if sealed else ''} {plain} without encryption"
    return VERIFIED, f"{said}."


def after_change(plain: Sequence[Copy], beside: Sequence[str], *, was_sealed: bool) -> str:
    """Return what is said once the passphrase is another; `beside` lies in the folder without encryption."""
    said = "The passphrase was changed." if was_sealed else "The record is encrypted."
    if was_sealed:
        said += " Copies made before need the passphrase they had."
    if plain:
        said += f" {counted(len(plain), 'copy', 'copies')} made before can be read by anybody."
    if beside:
        listed = first_of(beside, LISTED)
        said += f" So can what lies in its folder: {listed}. Delete what is not needed."
    return said


def before_delete(plain: Sequence[Copy]) -> tuple[str, ...]:
    """Return the copies that are to go, by name, and what deleting does not do."""
    names = [copy.path.name for copy in plain]
    return (
        f"{counted(len(names), 'copy', 'copies')} without encryption: {first_of(names, LISTED)}.",
        "A fresh, encrypted copy is made in their place. Copies that you put elsewhere are not touched, and "
        "a disk may keep deleted bytes until it writes over them.",
    )


def after_delete(left: Sequence[str]) -> str:
    """Return what became of the copies."""
    if left:
        return (
            f"Not deleted, because another program has them open: {', '.join(left)}. Close it, then try "
            "again."
        )
    return "The copies without encryption were deleted."
