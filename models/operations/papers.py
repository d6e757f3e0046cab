"""Issuing a paper, its files, and taking tables of earlier years into the record as printed figures."""

import hashlib
import zlib
from collections.abc import Iterable, Iterator

from msgspec.structs import asdict, replace
from sqlalchemy import ColumnElement, select, update

from models.operation import Outcome
from models.operations.operation_base import (
    PAPER,
    Barrier,
    RegisteredOperation,
    refuse_changed,
    require_known_round,
)
from models.papers.issued import PaperFile, file_sum, paper_key
from models.papers.kinds import AGREEMENT, MINISTRY, SCHEDULE
from models.papers.ministry.summing import MinistryReturn
from models.papers.office import NAME_IT
from models.queries.awards.award_checks import agreement_fault
from models.queries.awards.ministry import beside, reported_between, reported_in, submitted_on
from models.queries.papers.issues import KEPT_FILES, NAMED_BYTES, newest_issue
from models.queries.papers.year_tables import printed_tables
from models.queries.set_up.funds import fund_list
from models.queries.set_up.office import office_name
from models.reference.reporting import read_period
from models.reference.shipped_history import STATEMENTS, PrintedTable
from models.schema.papers import (
    file_piece_table,
    paper_file_table,
    paper_issue_table,
    printed_figure_table,
    printed_table_table,
)
from models.session import (
    Session,
    Values,
    fields_of,
    moment,
    next_id,
    put,
    remove,
    row_of,
    selection,
    stamp,
    today,
)
from models.store import chain as journal
from models.trouble import refuse
from models.values import canonical
from scoring.written.days import full_day
from scoring.written.text import Refused, listed


class AddPrintedTables(RegisteredOperation, frozen=True):
    """Take printed tables in, apart from every application, each known by fund, year and code.

    `is_back` takes them out. Refused of one that is there already, or is not there to be taken out.
    """

    kind = "add printed tables"
    titled = "{0.is_back:Remove|Import} {0._figures:table} of earlier years"
    told = (
        "{0._figures:table} {0.is_back:of printed figures were removed|with {0._rows:row} were imported as "
        "printed figures}."
    )
    tables: tuple[PrintedTable, ...]
    is_back: bool = False

    @property
    def _figures(self) -> list[PrintedTable]:
        """Return the tables without what papers say of them in sentences."""
        return [table for table in self.tables if table.code != STATEMENTS]

    @property
    def _rows(self) -> int:
        return sum(len(table.lines) for table in self._figures)

    def apply(self, session: Session) -> Outcome:
        """Put them in as they are printed, or take them out."""
        if not self.tables:
            raise Refused("There is no table to import. Nothing was added.")
        stood = {table.key: table for table in printed_tables(session)}
        there = set(stood)
        for table in self.tables:
            refuse(PAPER.printed(table, table.key in there, self.is_back))
            there ^= {table.key}
        (self._take_out if self.is_back else self._put)(session)
        tables = tuple(stood.get(table.key, table) for table in self.tables)
        return self.done(replace(self, tables=tables, is_back=not self.is_back))

    def _put(self, session: Session) -> None:
        numbered = tuple(enumerate(self.tables, next_id(session, printed_table_table.c.id)))
        put(session, printed_table_table, [row_of(printed_table_table, one, id=n) for n, one in numbered])
        cells = [cell for n, table in numbered for cell in _cells(n, table)]
        put(session, printed_figure_table, cells)

    def _take_out(self, session: Session) -> None:
        for one in self.tables:
            key = fields_of(one, "fund", "year", "code")
            of_it = selection(printed_table_table.c.id, **key)
            remove(session, printed_figure_table, table_id=of_it)
            remove(session, printed_table_table, **key)


def _cells(number: int, table: PrintedTable) -> Iterator[Values]:
    for row, cells in enumerate(table.rows, 1):
        for column, words in enumerate(cells):
            is_money = table.kinds[column] == "pounds"
            yield {
                "table_id": number,
                "row": row,
                "column": column + 1,
                "heading": table.headings[column],
                "kind": table.kinds[column],
                "words": words,
                "pence": table.figure(column, words) if is_money else None,
            }


def check_submission(session: Session, content: str, version: int) -> None:
    """Refuse a return before its period is over, or of a period that is not the fund's own.

    A correction is refused without a reason, and of another version than the newest.
    """
    value = canonical.from_text(MinistryReturn, content)
    named = f"The return of {value.fund} for {value.period}"
    if today(session) <= value.ends_on:
        raise Refused(
            f"{named} can be submitted once the period is over, after {full_day(value.ends_on)}. "
            "Until then write a draft."
        )
    if version == 1:
        _check_due(session, value)
    refuse_changed(value.corrects, version - 1, named, "was submitted")
    if version > 1 and not value.reason:
        raise Refused(f"{named} is submitted. Say why it is corrected.")


def _check_due(session: Session, value: MinistryReturn) -> None:
    """Refuse a period by which its fund does not report, unless others that it submitted leave just that.

    One of which part was submitted by others is refused too: it would return that money twice.
    """
    fund = next(one for one in fund_list(session) if one.code == value.fund_code)
    period, every = read_period(value.period), fund.rules.reports_every
    if every is None:
        raise Refused(f"{value.fund} no longer reports to the Ministry. See its reporting period on Funds.")
    at = submitted_on(session, fund)
    if others := beside(period, at):
        due = [one for one in reported_between(period.begins_on, period.ends_on, every, at) if one not in at]
        instead = f" Submit {listed([one.name for one in due])} instead." if due else ""
        raise Refused(
            f"{value.fund} submitted {listed([one.name for one in others])}, and {value.period} would report "
            f"that money again, so it is written as a draft and not submitted.{instead}"
        )
    if period.every != every and reported_in(period.begins_on, every, at) != period:
        raise Refused(
            f"{value.fund} reports every {every}, so {value.period} is written as a draft and not submitted."
        )


NOT_ISSUED = f"{NAME_IT} Nothing was issued."


class IssuePaper(Barrier, frozen=True):
    """Issue the next version of a paper on a subject, of a round or (None) of the office. A barrier.

    `content` is the canonical JSON of the values; `after_row` and `after_head` are the journal's last row
    and its hash before this one, as every copy prints them. `files` are the files that were drawn of it:
    their bytes are put in beside the change, as the journal holds their sums alone (`write_files`).
    """

    kind = "issue paper"
    told = "Version {1} was issued."
    paper: str
    round_id: int | None
    subject: str
    content: str
    sha256: str
    control: str
    after_row: int
    after_head: str
    files: tuple[PaperFile, ...] = ()

    @property
    def label(self) -> str:
        issue = f"Issue the {self.paper.replace('-', ' ')}"
        does = "Submit the return to the Ministry" if self.paper == MINISTRY else issue
        return does + (f", {self.subject}" if self.subject else "")

    def check_at_entry(self, session: Session) -> None:
        """Refuse what was drawn before another version was issued, and values that are not those of its sum.

        A version issued meanwhile has the number that this one bears. Facts may be erased later. An agreement
        is refused before the due diligence that its fund requires.
        """
        if self.paper == AGREEMENT and self.round_id is not None:
            refuse(agreement_fault(session, self.round_id, self.subject))
        is_sound = hashlib.sha256(self.content.encode()).hexdigest() == self.sha256
        has_newer = any(map(self._is_of_mine, journal.entries(session, after=self.after_row)))
        refuse(PAPER.drawn(is_sound, has_newer))

    def _is_of_mine(self, entry: journal.Entry) -> bool:
        """Whether a journal's row issues another version of this paper."""
        if entry.kind != self.kind or not entry.body:
            return False
        other = canonical.from_text(IssuePaper, entry.body)
        mine = (self.paper, self.round_id, self.subject)
        return (other.paper, other.round_id, other.subject) == mine and other.sha256 != self.sha256

    def apply(self, session: Session) -> Outcome:
        """Keep the values as the next version; refused where the newest holds the same, or without a name."""
        stage = None if self.round_id is None else require_known_round(session, self.round_id)
        if stage == "set up" and self.paper == SCHEDULE:
            raise Refused("The round is still being set up. There is nothing to issue yet.")
        if not office_name(session, today(session)):
            raise Refused(NOT_ISSUED)
        newest = newest_issue(session, self.paper, self.round_id, self.subject)
        if newest is not None and newest.sha256 == self.sha256:
            raise Refused(f"Version {newest.version} holds these values already. Print that one again.")
        version = 1 if newest is None else newest.version + 1
        if self.paper == MINISTRY:
            check_submission(session, self.content, version)
        self._put(session, version)
        return self.done(None, version)

    def _put(self, session: Session, version: int) -> None:
        """Keep the version and what its files are."""
        number = next_id(session, paper_issue_table.c.id)
        issued = {"id": number, "version": version, **stamp(session, "issued")}
        scope = "" if self.round_id is None else str(self.round_id)
        put(session, paper_issue_table, [row_of(paper_issue_table, self, scope=scope, **issued)])
        put(
            session,
            paper_file_table,
            [
                {"issue_id": number, **asdict(file), "pieces": paper_key(number, file.sha256)}
                for file in self.files
            ],
        )


PIECE = 256 * 1024
"""The most bytes of a piece."""
_LEVEL, _WORTH = 6, 0.95
"""A file is compressed where this part or less is left of its middle: a photograph does not shrink."""
_FILES, _PIECES = paper_file_table.c, file_piece_table.c


def put_files(session: Session, contents: Iterable[bytes]) -> None:
    """Put in the bytes of files that a change has issued: given to `perform_beside` with it."""
    for content in contents:
        is_it = (_FILES.sha256 == file_sum(content)) & KEPT_FILES
        for key in session.scalars(select(_FILES.pieces).where(is_it)).all():
            put_pieces(session, key, content)


def put_pieces(session: Session, key: str, content: bytes) -> None:
    """Put in the bytes of one file under a key, packed and in pieces, unless some are there."""
    if session.scalar(select(_PIECES.number).where(_PIECES.sha256 == key).limit(1)) is None:
        packed = packed_bytes(content)
        cut = [packed[at : at + PIECE] for at in range(0, len(packed), PIECE)]
        named = {"sha256": key, "pieces": len(cut)}
        put(session, file_piece_table, [{**named, "number": n, "piece": one} for n, one in enumerate(cut, 1)])


def packed_bytes(content: bytes) -> bytes:
    """Return a file's bytes as they are kept: compressed, or only framed where that would gain little."""
    middle = content[len(content) // 2 :][:PIECE]
    shrinks = len(zlib.compress(middle, 1)) <= _WORTH * len(middle)
    return zlib.compress(content, _LEVEL if shrinks else 0)


def erase_files(session: Session, which: ColumnElement[bool]) -> None:
    """Take the bytes of some files out; their sums stay, with when the bytes went."""
    session.execute(update(paper_file_table).where(which, KEPT_FILES).values(erased_at=moment(session)))
    remove_unnamed(session)


def remove_unnamed(session: Session) -> None:
    """Take out the bytes of which neither an issued file nor an attachment is any more."""
    remove(session, file_piece_table, _PIECES.sha256.not_in(NAMED_BYTES))
