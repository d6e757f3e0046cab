"""What a paper is written and issued from: its values as they were ordered; and how it looks, read back."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from gui.pages.page import PageTools
from gui.record.runner import Cancelled, Ticket
from gui.record.turns import Settle, Turns, performing
from gui.theme.look import Tone
from gui.widgets.message_area import Notice
from models.clock import utc_now
from models.issuing import NextIssue, annex_order, given_back, is_outdated, next_issue, status_now
from models.operations.papers import put_files
from models.papers.finance import FinanceSchedule
from models.papers.issued import IssuedFile
from models.papers.kinds import AGREEMENT
from models.papers.letters.letters import LetterFiles, Letters
from models.papers.order import PaperOrder, PaperValue, Texts
from models.papers.status import PaperStatus
from models.permissions.viewing import Viewer
from models.queries.deciding.decisions import Waits, chain_of, decisions, hands_of, scorers, signatures
from models.queries.deciding.signatories import hand_on, own_hands, person_signing, signatories, why_not
from models.queries.papers.papers import paper_value
from models.queries.papers.to_check.questions import Question, questions_of, words_to_check
from models.role import SIGNING, Role
from models.store import chain as journal
from models.store.private_files import temporary_folder
from models.trouble import Trouble
from models.values.payments import PaymentLayout
from models.values.rows import ApplicationRow, RoundRows
from scoring.written.text import Refused, listed

if TYPE_CHECKING:
    from exchange.papers.drawing import Drawn
    from exchange.papers.paper_preview import ShownSheet
    from scoring.sensitivity.list_sensitivity import ListSensitivity

Tick = Callable[[int, int], None]
PAYMENT_FILE = ".csv"
"""The ending of the file that is written beside a finance schedule in a layout."""


class PaperSource(Struct, frozen=True):
    """The values of a paper, and what can be written and issued of them. Sessions are the record's own.

    How sure the list is, `sure`, stands beside the values where it is wanted and is never among them; until
    it is worked out, `rows` are what it is worked out from. `layout` is that of the payment file beside it,
    `files` what is written beside letters, `drawn` what was drawn for its issue, `issued` what is kept of
    it. `annex` is the paper that is issued with it and written beside it. `row` is the journal's last row as
    it was read. `to_check` is what somebody looks at before it goes out, a sentence or two each; `questions`
    are answered before it is issued.
    """

    order: PaperOrder
    value: PaperValue
    status: PaperStatus
    rows: RoundRows | None = None
    sure: "ListSensitivity | None" = None
    layout: PaymentLayout | None = None
    files: LetterFiles | None = None
    drawn: "Drawn | None" = None
    issued: tuple[IssuedFile, ...] = ()
    annex: "PaperSource | None" = None
    row: int = 0
    to_check: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def version(self) -> int | None:
        """Return which version it is, None for a draft."""
        return self.status.version

    @property
    def beside(self) -> tuple[str, ...]:
        """Return the endings of what is written beside it."""
        return () if self.layout is None else (PAYMENT_FILE,)

    @property
    def _beside(self) -> dict[str, Any]:
        """Return what a writer takes that is not among the values."""
        said = {"sure": self.sure, "files": self.files}
        return {name: value for name, value in said.items() if value is not None}

    def next_issue(self, session: Any) -> NextIssue | None:
        """Return what issues it, None when the record's values are others by now, or were issued."""
        return None if self.is_outdated(session) else next_issue(session, self.order, self.value)

    def is_outdated(self, session: Any) -> bool:
        """Whether something was recorded since it was read that gives it other values."""
        return is_outdated(session, self.order, self.status.sha256, self.row)

    def draw(self, status: PaperStatus, place: Path, tick: Tick) -> "Drawn":
        """Draw the version that is to be issued, in every form or as the files of a folder."""
        from exchange.papers.drawing import draw, draw_letters

        now = status if self.issued else replace(status, made_at=utc_now())
        if isinstance(self.value, Letters):
            return draw_letters(self.value, now, place, self.files or LetterFiles(), tick, self.issued)
        return draw(self.order.kind, self.value, now, tick, **self._beside)

    def as_issued(self, place: Path, tick: Tick) -> "Drawn | None":
        """Return its files as they were drawn for its issue or are kept of it; None where they are not."""
        if self.drawn is not None or not self.issued or self.sure is not None:
            return self.drawn
        from exchange.papers.drawing import Drawn

        return Drawn.given_back(self.issued) if self.files is None else self.draw(self.status, place, tick)

    def at(self, now: datetime) -> "PaperSource":
        """Return the same with another time of writing; letters that were issued keep that of their issue."""
        if isinstance(self.value, Letters) and self.version is not None:
            return self
        annex = None if self.annex is None else self.annex.at(now)
        return replace(self, status=replace(self.status, made_at=now), annex=annex)

    def worked_out(self, tick: Tick) -> "PaperSource":
        """Return the same with how sure the list is, where that is wanted; it takes thousands of lists."""
        if self.rows is None:
            return self
        from exchange.papers.sensitivity_words import schedule_sensitivity

        return replace(self, sure=schedule_sensitivity(self.rows, self.order.area, tick))

    def write(self, path: Path, tick: Tick) -> Path:
        """Write it in the form of the path's ending, or into a folder."""
        from exchange.papers.paper_writing import write_paper

        if self.layout is not None and path.suffix == PAYMENT_FILE:
            return self._write_payments(self.layout, path, tick)
        drawn = self.as_issued(path, tick)
        if drawn is not None:
            return drawn.write(path)
        is_new = not path.exists()
        try:
            return write_paper(self.order.kind, self.value, self.status, path, tick, **self._beside)
        except BaseException:
            if is_new:
                with suppress(OSError):
                    path.rmdir()  # a folder that was made for letters which were not written
            raise

    def _write_payments(self, layout: PaymentLayout, path: Path, tick: Tick) -> Path:
        from exchange.papers.finance.payment_file import write_payment_file

        assert isinstance(self.value, FinanceSchedule), "a payment file is of a finance schedule"
        return write_payment_file(self.value, layout, path, tick=tick)


def signs_of(session: Any, round_id: int, viewer: Viewer) -> Callable[[ApplicationRow, Waits], Texts] | None:
    """Return what the chair, or who decides, signs of what waits in a round; None for others."""
    if viewer.role == Role.CHAIR:
        return lambda of, waits: waits.posts if waits.step < 0 else ()
    if viewer.role not in SIGNING:
        return None
    chain, decided = chain_of(session, round_id), decisions(session, round_id)
    person = person_signing(signatories(session, round_id), viewer.name, viewer.role)
    hands, signed = own_hands(chain, person, scorers(session, round_id)), signatures(session, round_id)

    def signs(of: ApplicationRow, waits: Waits) -> Texts:
        hand = hand_on(hands, waits)
        if hand is None or why_not(chain, waits.step, person, [(of.reference, of.area)]):
            return ()
        is_in_another = of.reference in hands_of(signed, decided, hand, viewer.name)
        return () if is_in_another else (hand.post,)

    return signs


def paper_source(
    session: Any, order: PaperOrder, ask: Callable[[Any, PaperOrder], PaperValue] = paper_value
) -> PaperSource:
    """Return the source of the paper that an order asks for; raises Refused where there is none.

    `ask` gives its values where they are other than everybody's.
    An agreement that was signed as it was issued is drawn as signed: its version asks to be signed still.
    """
    value = ask(session, order)
    to_check = words_to_check(session, order, value)
    questions = questions_of(session, order, value)
    if order.kind == AGREEMENT:
        from models.queries.awards.finance import signed_status

        signed = signed_status(session, order, value)
        if signed is not None:
            return PaperSource(order, value, signed, to_check=to_check)
    status = status_now(session, order, value)
    issued = () if status.is_draft else given_back(session, order)
    row = journal.head(session).seq
    found = PaperSource(order, value, status, to_check=to_check, questions=questions, issued=issued, row=row)
    annex = annex_order(order, value)
    return found if annex is None else replace(found, annex=paper_source(session, annex))


class PagesView(Struct, frozen=True):
    """A PDF and how many pages it has."""

    pdf: bytes
    pages: int


class LettersView(Struct, frozen=True):
    """Letters, each of which is read when it is chosen."""

    source: PaperSource
    letters: Letters


View = PagesView | LettersView | tuple["ShownSheet", ...]
"""How a paper looks: as pages, as letters, or as the sheets of a workbook."""


def view_of(source: PaperSource, form: str, ticket: Ticket) -> View:
    """Return how a paper looks in one of its forms: written, and read back."""
    if isinstance(source.value, Letters):
        return LettersView(source, source.value)
    try:
        with temporary_folder() as folder:
            return _read_back(source.write(folder / f"paper{form}", ticket.tick))
    except OSError as error:
        raise Trouble(
            "The pages cannot be shown because the folder for temporary files cannot be written to "
            f"({error.strerror}). Nothing was changed; free some space there, then work it out again."
        ) from error


def _read_back(path: Path) -> View:
    if path.suffix == ".pdf":
        from exchange.pdf.pdf_reading import count_pages

        pdf = path.read_bytes()
        return PagesView(pdf, count_pages(pdf))
    from exchange.papers.paper_preview import shown_sheets

    return tuple(shown_sheets(path))


Write = Callable[[Path, Callable[[int, int], None]], Path]
"""Writes a paper in the form of a path's ending and returns the path it really has; the second part ticks."""
CHANGED = "The record was changed in the meantime. Nothing was issued; check the paper again."
DRAWING = "Drawing the pages…"


class Written(Struct, frozen=True):
    """What was written before the end; `is_cancelled` when the person stopped it.

    `version` is None for drafts; `notes` say which paper has another name than was wanted.
    """

    paths: tuple[Path, ...]
    is_cancelled: bool = False
    version: int | None = None
    notes: tuple[str, ...] = ()


def write_forms(
    write: Write, folder: Path, name: str, forms: Sequence[str], version: int | None, ticket: Ticket
) -> Written:
    """Write the forms of a paper one after the other and return where they are.

    A file of that name that somebody changed since it was written stays, and the new one stands beside it.
    """
    from exchange.atomic import beside_words, new_place

    if not folder.is_dir():
        raise Trouble(f"The folder {folder} is not there; choose another one; nothing was changed.")
    written: list[Path] = []
    notes: list[str] = []
    for number, form in enumerate(forms):
        tick = partial(_tick, ticket, number, len(forms))
        wanted = folder / f"{name}{form}"
        place = new_place(wanted) if form else wanted
        try:
            tick(0, 1)
            written.append(write(place, tick))
        except Cancelled:
            return Written(tuple(written), is_cancelled=True, version=version)
        except (Trouble, Refused) as no:
            if version is None and not written:
                raise
            raise Trouble(f"{no} {_so_far(written, version)}") from no
        if form:
            beside = beside_words(wanted, place, written[-1])
            notes += [beside] if beside else []
    return Written(tuple(written), version=version, notes=tuple(notes))


def write_with_annex(
    source: PaperSource, folder: Path, name: str, forms: Sequence[str], ticket: Ticket
) -> Written:
    """Write the forms of a paper, and those of its annex beside them."""
    from exchange.papers.drawing import annex_place

    written = write_forms(source.write, folder, name, forms, source.version, ticket)
    if source.annex is None or written.is_cancelled:
        return written
    beside = annex_place(Path(f"{name}.pdf")).stem
    annex = write_forms(source.annex.write, folder, beside, forms, source.annex.version, ticket)
    return Written(
        (*written.paths, *annex.paths), annex.is_cancelled, written.version, (*written.notes, *annex.notes)
    )


def written_words(written: Written) -> str:
    """Return the sentence that tells what was written where."""
    stays = "" if written.version is None else f" {_stays_issued(written.version)}"
    if not written.paths:
        return f"Cancelled. Nothing was written.{stays}"
    names = listed([f"“{path.name}”" for path in written.paths])
    where = f"{names} in {written.paths[0].parent}"
    if written.is_cancelled:
        return f"Cancelled. Finished before that: {where}. Nothing else was written.{stays}"
    notes = "".join(f" {note}" for note in written.notes)
    if written.version is not None:
        return f"Version {written.version} was written: {where}.{notes}"
    draft = "a draft" if len(written.paths) == 1 else "drafts"
    return f"Written as {draft}: {where}. The record is unchanged.{notes}"


def _so_far(written: Sequence[Path], version: int | None) -> str:
    """Return what is there though a form could not be written: the forms before it, and the issue."""
    names = f"Written before that: {listed([f'“{path.name}”' for path in written])}." if written else ""
    stays = "" if version is None else f"{_stays_issued(version)} Write it again."
    return " ".join(filter(None, (names, stays)))


def _stays_issued(version: int) -> str:
    return f"Version {version} was still issued in the record."


def _tick(ticket: Ticket, number: int, papers: int, done: int, total: int) -> None:
    """Report one paper's progress as its part of the whole, in thousandths."""
    part = 1000 * done // max(total, 1)
    ticket.tick(number * 1000 + part, papers * 1000)


def issue_paper(
    tools: PageTools, source: PaperSource, place: Path, settle: Settle | None, label: str = DRAWING
) -> Turns:
    """Issue the paper of a source, and its annex, drawn for a place: a file, or its folder.

    Returns the version as it is in the record, with its files as they were drawn. Nothing is issued where
    the record's values are others than those of the source by then: the dialog in which it was asked for,
    which `settle` speaks for, says so with what was typed in it, or else a notice, and None is returned.
    """
    workspace = tools.workspace
    following: NextIssue | None = yield partial(workspace.ask, source.next_issue)
    if following is None:
        _tell_changed(tools, settle)
        return None
    status = following.status
    drawn = yield partial(workspace.work, lambda ticket: source.draw(status, place, ticket.tick), label=label)
    if (yield partial(workspace.ask, source.is_outdated)):  # while it was drawn
        _tell_changed(tools, settle)
        return None
    operation, put = following.of_files(drawn.issued), partial(put_files, contents=drawn.contents)
    yield performing(workspace.perform_beside, operation, put, settle=settle)
    issued, annex = replace(source, status=status, drawn=drawn), source.annex
    if annex is None or not annex.status.is_draft:
        return issued
    beside = yield from issue_paper(tools, annex, place, settle)
    return None if beside is None else replace(issued, annex=beside)


def _tell_changed(tools: PageTools, settle: Settle | None) -> None:
    if settle is None or not settle(CHANGED):
        tools.notices.show_notice(Notice("export", Tone.WARNING, CHANGED))
