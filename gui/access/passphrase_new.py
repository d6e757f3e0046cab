"""Ask for a new passphrase, print its sealed copy, or ask for all that a new record begins with."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from shiboken6 import isValid

from gui.access.passphrase import Passphrase
from gui.access.passphrase_box import NewPassphrase
from gui.dialogs.files import Kind
from gui.dialogs.host import DialogHost
from gui.listed.form import Across, Choice, Form, Line, Own, Saying, Values, reason_form, show_form
from gui.pages.page import PageTools
from gui.record.runner import Ticket
from gui.record.turns import Turns, given, performing
from gui.record.workspace import Workspace
from gui.widgets.typed import TextLine
from models.clock import utc_now
from models.papers.office import BY_KEY, read_fact
from models.queries.set_up.rounds import wants_reason
from models.reference.fund_facts import WEST_MIDLANDS
from models.reference.schemes import WITH_PANEL
from models.store.upkeep import NotePlain
from scoring.written.days import full_moment
from scoring.written.text import with_capital

WIDE = 540
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
    protection = (
        Choice("plain", "", options=((ENCRYPT, False), (PLAIN, True)), value=False, are_radios=True),
        Saying(PLAIN_MEANS, "text2", only=_is_plain),
        Line("reason", "Reason", wanted=WHY, only=_is_plain),
    )

    def made(
        person: str,
        funds: tuple[str, ...] | None,
        key: Passphrase | None,
        plain: bool = False,
        reason: str | None = None,
        **office: str,
    ) -> NewRecord:
        entered = tuple((of, text) for of, text in office.items() if text)
        return NewRecord(person, entered, funds, key, reason or "")

    return Form(
        title="Make a new record",
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
            *(protection if may_be_plain else (Saying(ENCRYPTED_HERE, "text2"),)),
            Own("key", "", make=make, only=lambda typed: not _is_plain(typed)),
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


KEEP = (
    "Print this sheet once, put it into an envelope, sign across the flap and lock it away, where two "
    "people of the office know of it.",
    "Then delete this file, and empty the bin of the computer. Anyone who has the file has the passphrase.",
    "Nobody can recover the passphrase: without it the record and its copies stay closed for good.",
    "After the passphrase is changed, keep the sheet: copies that were made before still need it.",
)


WRITTEN = "Written to {}. Print it, seal it in an envelope, then delete the file."


def new_passphrase(workspace: Workspace, dialogs: DialogHost, record: Path) -> NewPassphrase:
    """Return what a record's new passphrase is asked in; its sheet is written where somebody says."""
    made = NewPassphrase()
    made.copy_asked.connect(partial(_ask, workspace, dialogs, made, record))
    return made


def _ask(
    workspace: Workspace, dialogs: DialogHost, asked: NewPassphrase, record: Path, key: Passphrase
) -> None:
    name = record.with_name(f"{record.stem} passphrase.pdf")
    path = dialogs.files.save(Kind.COPY, "Sealed copy", name, "PDF (*.pdf)")
    if path is not None:
        typed = asked.form.fields.get("person")
        person = (typed.text().strip() if isinstance(typed, TextLine) else "") or workspace.person
        work = partial(write_sealed_copy, record.name, person, key, path, utc_now())
        workspace.work(work, partial(_tell, asked), failed=partial(_tell_failed, asked))


def _tell(asked: NewPassphrase, path: Path) -> None:
    if isValid(asked):  # the dialog may be closed by now
        asked.tell_written(WRITTEN.format(path))


def _tell_failed(asked: NewPassphrase, error: Exception) -> None:
    if isValid(asked):
        asked.form.refuse(str(error))


def write_sealed_copy(
    name: str, person: str, key: Passphrase, path: Path, at: datetime, ticket: Ticket
) -> Path:
    """Write the sheet and return where it is."""
    from exchange.papers.document.pdf import write_document_pdf
    from exchange.papers.document.values import Bullets, Document, Heading, Look, Pairs, Para

    made = at.astimezone()
    facts = (("Record", name), ("Recorded by", person), ("On", full_moment(made)))
    blocks = (
        Pairs(facts),
        Heading("The passphrase"),
        Para(key.reveal(), Look.LEAD),
        Para("Capitals, spaces and signs count.", Look.SMALL),
        Heading("What to do with this sheet"),
        Bullets(KEEP),
    )
    marking = "OFFICIAL-SENSITIVE"
    sheet = Document("Sealed copy of a passphrase", blocks, at, marking=marking)
    return write_document_pdf(sheet, path, is_private=True)


TITLE = "This record is not encrypted"
WORDS = (
    "{} holds applications that describe victims of crime. In this record anyone who can read the file can "
    "read them.",
    "Encrypt the record in Settings first, or say why it is right to go on. The reason is recorded in "
    "History as given by {}.",
)


def pass_gate(tools: PageTools, fund: str, what: str, stay: Callable[[], object]) -> Turns:
    """Go on where the record is encrypted, the fund is another, or a reason is there; else ask for one.

    Without a reason nothing goes on, and it is told to `stay`.
    """
    facts, workspace = tools.workspace.facts, tools.workspace
    is_plain = facts is not None and not facts.is_encrypted
    if is_plain and (yield partial(workspace.ask, partial(wants_reason, fund=fund, what=what))):
        said = (WORDS[0].format(with_capital(what)), WORDS[1].format(tools.identity.words))
        dialog = show_form(tools.dialogs, reason_form(TITLE, said, "Continue without encryption"))
        dialog.rejected.connect(stay)
        reason: str = yield given(dialog.given)
        yield performing(workspace.perform, NotePlain(reason, what))
