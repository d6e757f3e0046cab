"""Ask for a new passphrase, or for all that a new record begins with."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from gui.access.passphrase import Passphrase
from gui.access.passphrase_box import NewPassphrase
from gui.listed.form import Across, Choice, Form, Line, Own, Radio, Saying, Values
from models.papers.office import BY_KEY, read_fact
from models.reference.fund_facts import WEST_MIDLANDS
from models.reference.schemes import WITH_PANEL

WIDE = 540
NEW = "Make a new record"
ENCRYPT = "Encrypt it with a passphrase"
PLAIN = "Leave it without encryption, for a reason"
PLAIN_MEANS = (
    "Anyone who can read the file can read the applications in it. Your name and the reason are recorded in "
    "the record's History. It can be encrypted later, in Settings."
)
ENCRYPTED_HERE = "Your organisation has every record encrypted on this computer."
ASKED = {
    "name": "Your office, by its legal name",
    "force": "Police force",
    "area_label": "What you call an area",
}
PERSON, WHO = "Your name, as history and papers have it", "Give your name."
LATER = (
    "The office can wait, and be changed on the page Office. No paper is issued before the office has a name."
)
FUNDS: tuple[tuple[str, tuple[str, ...] | None], ...] = (
    ("Active Citizens Fund and Victims Fund", WITH_PANEL),
    ("All six funds of the West Midlands", None),
    ("None: I add my own", ()),
)
CHANGED = "You can change these funds on the page Funds, and add others there, from a template or empty."
THEIR_OWN = (
    "They come without the areas and the money of another force. Give them your own names on the page Funds, "
    "and add others there."
)
"""Takes the place of `CHANGED`, in as many lines: nothing below moves while a force is being typed."""
WHY = "Say why it is left without encryption. The reason is recorded in History."


def new_passphrase_form(
    title: str, words: tuple[str, ...], action: str, make: Callable[[], NewPassphrase]
) -> Form:
    """Return what asks for a new passphrase, and gives it."""
    return Form(
        title=title,
        sentences=words,
        action=action,
        does=lambda key: key,
        width=WIDE,
        fields=(Own("key", "", make=make),),
    )


class NewRecord(NamedTuple):
    """What a new record begins with: who makes it, what was entered of the office, by key, and its funds.

    These are the codes of those that ship, None for all. It has a key, or a reason why it has none.
    """

    person: str
    office: tuple[tuple[str, str], ...]
    codes: tuple[str, ...] | None
    key: Passphrase | None
    reason: str


def new_record_form(name: str, make: Callable[[], NewPassphrase], *, may_be_plain: bool, person: str) -> Form:
    """Return what asks who keeps a new record, and for its passphrase; a person may say why it has none."""
    first, *others = (
        Line(key, words, hint=BY_KEY[key].hint, read=partial(read_fact, key)) for key, words in ASKED.items()
    )
    plain = (
        Radio("plain", PLAIN, goes_to="reason"),
        Saying(PLAIN_MEANS, "text2", only=_is_plain),
        Line("reason", "Reason", wanted=WHY, only=_is_plain),
    )

    def made(
        person: str,
        funds: tuple[str, ...] | None,
        key: Passphrase | None,
        encrypt: bool,
        plain: bool = False,
        reason: str | None = None,
        **office: str,
    ) -> NewRecord:
        entered = tuple((of, text) for of, text in office.items() if text)
        return NewRecord(person, entered, funds, key, reason or "")

    return Form(
        title=NEW,
        sentences=(f"“{name}” will hold what applicants wrote, some of it about victims of crime.",),
        action="Make the record",
        does=made,
        width=WIDE,
        fields=(
            first,
            Across(tuple(others)),
            Line("person", PERSON, value=person, wanted=WHO),
            Saying(LATER, "text2"),
            Choice("funds", "Funds to start with", options=FUNDS, value=FUNDS[0][1]),
            Saying(_of_funds, "text2"),
            Radio("encrypt", ENCRYPT, value=True, goes_to="key"),
            Own("key", "", make=make, only=lambda typed: not _is_plain(typed)),
            *(plain if may_be_plain else (Saying(ENCRYPTED_HERE, "text2"),)),
        ),
    )


def _is_plain(typed: Values) -> bool:
    return bool(typed.get("plain"))


def _of_funds(typed: Values) -> str:
    """Say what another force is given of the funds that ship; what is chosen never changes by itself."""
    force = typed["force"] or ""
    begun = force.strip().casefold()
    is_theirs = WEST_MIDLANDS.startswith(begun) or WEST_MIDLANDS in force.casefold()
    return CHANGED if is_theirs else THEIR_OWN
