"""The application that an e-mail, a form or another file of the record may hold."""

from datetime import date, datetime, time
from email.utils import parseaddr

from msgspec import Struct
from msgspec.structs import replace

from exchange.application_forms.labels import without_bank
from exchange.application_forms.reading import book_of, forms_of, message_as_form
from exchange.applications.fields import AreaNames, text_of
from exchange.applications.importer import Reading, applications_in, problem_with, with_typed
from exchange.applications.row_reader import Setting
from exchange.applications.row_sorter import References, width_in_use
from exchange.incoming.gathering import gather_content
from exchange.incoming.reading import Taken, read_forms
from exchange.reading.messages import Message
from models.values.importing import ImportTarget
from models.values.rows import ApplicationRow, AsSubmitted
from scoring.written.text import Refused


class Offered(Struct, frozen=True):
    """An application as far as a file tells it, to be completed by hand, and what the file said of it.

    `sums` are those of the bytes of the file and of all that lie in it.
    """

    row: ApplicationRow
    sums: frozenset[str]
    submitted: tuple[AsSubmitted, ...] = ()


def sums_in(name: str, content: bytes) -> frozenset[str]:
    """Return the sums of the bytes of a file and of all that lie in it, such as what came with an e-mail."""
    return frozenset(one.sha256 for one in gather_content(name, content).files)


def offered_by(name: str, content: bytes, received: datetime | None, target: ImportTarget) -> Offered:
    """Return the application that a file may hold; refused where that application is in the round already.

    `received` is when the file came in, None where nobody knows.
    """
    areas = AreaNames(target.usual_areas, target.areas)
    gathered = gather_content(name, content)
    forms = read_forms(gathered.files, target.forms)
    message = next((one.message for one in gathered.files if one.message is not None), None)
    if message is not None and not any(form.records for form in forms):
        forms = tuple(
            forms_of([message_as_form(message, name, gathered.files[0].sha256)], target.forms.forms)
        )
    taken = Taken(name, book_of(forms, areas), gathered, forms)
    used = [one.reference for one in target.existing]
    reference = References(target.line.fund_code, used, width_in_use(target.line.fund_code, used)).give()
    row, submitted = ApplicationRow(reference, ""), tuple[AsSubmitted, ...]()
    if taken.is_read:
        since, sums = target.since or date.today(), target.sums_total_cost
        setting = Setting(target.line.fund_code, areas, target.existing, target.areas, since, sums)
        reading = applications_in(taken.book, setting, name=name)
        if reading.applications:
            row, submitted = reading.applications[0], reading.submitted[:1]
        elif here := [one.same_as for one in reading.duplicates]:
            raise Refused(f"{name} is {here[0]}, which is in the round already. Give it to {here[0]}.")
        else:
            row = _as_far_as_read(row, reading)
    elif message is not None:
        row = _of_sender(row, message)
    if row.received_at is None and received is not None:
        row = replace(row, received_at=received, received_has_time=received.time() != time())
    is_known = row.area in (None, *target.areas)
    sums_of = frozenset(one.sha256 for one in gathered.files)
    return Offered(row if is_known else replace(row, area=None), sums_of, submitted)


def _as_far_as_read(row: ApplicationRow, reading: Reading) -> ApplicationRow:
    """Return what can be read of a row that is not taken; the rest is left empty."""
    cells, table = reading.table.rows[0], reading.columns
    texts = {field: text_of(cells[heading.at]) for heading, field in table.mapped if field != "reference"}
    known = {field: text for field, text in texts.items() if text and not problem_with(field, text)}
    told = ((heading.text, text_of(cells[heading.at])) for heading in table.answers)
    return replace(with_typed(row, known), answers=tuple((one, text) for one, text in told if text))


def _of_sender(row: ApplicationRow, message: Message) -> ApplicationRow:
    """Return what an e-mail tells that is no form: who wrote, when, and its words without bank details."""
    name, address = parseaddr(message.sender)
    return replace(
        row,
        contact_name=name,
        email=address,
        project=message.subject,
        summary=without_bank(message.words).strip(),
        received_at=message.received,
        received_has_time=message.received is not None,
    )
