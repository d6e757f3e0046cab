"""Read the files of an import: as a book of applications, and each file placed with one of them."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from msgspec import Struct

from exchange.application_forms.message_words import SENT_ON
from exchange.application_forms.reading import (
    Form,
    FormFile,
    answers_enough,
    book_of,
    forms_of,
    is_form,
    message_as_form,
    read_file,
)
from exchange.applications.fields import AreaNames
from exchange.applications.importer import Reading
from exchange.cells.garbled import with_letters
from exchange.incoming.gathering import Gathered, Incoming, gather
from exchange.incoming.placing import Placed, place, told_by
from exchange.incoming.workbook_form import form_in
from exchange.reading.sheets import Book, Tick, read_book, shown_name
from models.trouble import Trouble
from models.values.form_questions import NO_FORMS, KnownForms
from models.values.rows import ApplicationRow
from scoring.written.text import said_once

_AT_ONCE = 2
"""How many forms are read at the same time: each has a process of its own."""


class Taken(Struct, frozen=True):
    """All that an import was given: its applications as a book, the forms as read, and every file."""

    name: str
    book: Book
    gathered: Gathered = Gathered()
    forms: tuple[Form, ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether there was a list of applications, or a form, and not other files alone."""
        return self.book.kind != "form" or any(form.records for form in self.forms)

    @property
    def faults(self) -> Iterator[str]:
        """Yield sentences on files that could not be read, and on those that are no form."""
        yield from self.gathered.faults
        yield from said_once((form.name, form.why) for form in self.forms if form.why)

    @property
    def notes(self) -> Iterator[str]:
        """Yield sentences on what was passed over, and on what is in the messages."""
        yield from self.gathered.notes
        yield from said_once(
            (file.shown, f"{file.shown}: {note}")
            for file in self.gathered.files
            if file.message is not None
            for note in file.message.notes
        )

    def placed(self, reading: Reading, existing: Sequence[ApplicationRow]) -> list[Placed]:
        """Return each file with the applications that it belongs to."""
        return place(self.gathered.files, told_by(reading, existing)) if self.gathered.files else []


def is_list_alone(paths: Sequence[Path]) -> bool:
    """Say whether an import is of one list of applications, and of no other file."""
    path = paths[0]
    is_other = path.is_dir() or is_form(path.name) or path.suffix.casefold() in (".zip", ".eml", ".msg")
    return len(paths) == 1 and not is_other


def take(
    paths: Sequence[Path],
    areas: AreaNames,
    known: KnownForms = NO_FORMS,
    mapping: Mapping[str, str] | None = None,
    tick: Tick | None = None,
) -> Taken:
    """Return what an import is given; nothing is written. `known` are the record's own forms.

    Where a list of applications is named all other files are kept with its rows, else forms are read; a
    workbook may be a form itself.
    Raises `Trouble` for a file that is not there, a list or a form alone that cannot be read, or more than is
    taken.
    """
    gathered = Gathered(table=paths[0]) if is_list_alone(paths) else gather(paths, tick)
    if gathered.table is not None:
        book = with_letters(read_book(gathered.table, tick=tick))
        form = form_in(book, shown_name(gathered.table))
        book = book if form is None else book_of((form,), areas, mapping)
        return Taken(gathered.table.name, book, gathered, () if form is None else (form,))
    forms = read_forms(gathered.files, known, tick)
    if len(gathered.files) == len(forms) == 1 and not forms[0].sha256:
        raise Trouble(f"{forms[0].why} Nothing was imported.")
    return Taken(paths[0].name, book_of(forms, areas, mapping), gathered, forms)


def read_forms(files: Sequence[Incoming], known: KnownForms, tick: Tick | None = None) -> tuple[Form, ...]:
    """Return the filled-in forms among some files and e-mails, these with the time that they came in."""
    asked = [file for file in files if is_form(file.name)]
    forms = [*zip(forms_of(_opened(asked, tick), known.forms), asked, strict=True)]
    brought = {id(file.came_with) for form, file in forms if form.records}
    typed = _typed([file for file in files if id(file.message) not in brought], known)
    return tuple(_came(form, file).for_round(known.code) for form, file in (*forms, *typed))


def _opened(files: Sequence[Incoming], tick: Tick | None) -> Iterator[FormFile]:
    """Yield what files hold; the next ones are opened while whoever asked goes through the first."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        try:
            read = pool.map(lambda file: read_file(file.content, file.shown), files)
            for number, file in enumerate(read, start=1):
                if tick:
                    tick(number, len(files))
                yield file
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _typed(files: Sequence[Incoming], known: KnownForms) -> Iterator[tuple[Form, Incoming]]:
    """Yield the applications that were typed into e-mails themselves, each read alone.

    Nobody who copies a form into a message keeps to how its labels are printed.
    """
    for file in files:
        if file.message is not None:
            form = next(forms_of([message_as_form(file.message, file.shown, file.sha256)], known.forms))
            if answers_enough(form):
                is_sent_on = bool(SENT_ON.match(file.message.subject))
                yield form if is_sent_on else form.sent_from(file.message.sender), file


def _came(form: Form, file: Incoming) -> Form:
    """Return a form as come in when its e-mail did."""
    came = file.message or file.came_with
    return form if came is None or came.received is None else form.received_on(came.received)
