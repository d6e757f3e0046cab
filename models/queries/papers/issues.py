"""The issued versions of papers of every kind, and the files in which they were issued."""

import json
import zlib
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Select, func, select

from models.papers.issued import AccountsFile, Candidates, Issued, IssuedFile, PaperFile, file_sum
from models.papers.kinds import FINANCE, KINDS, SCHEDULE
from models.papers.paper_words import Sentences
from models.papers.texts import LETTERS
from models.queries.applications.endings import erasures
from models.queries.awards.awards import payment_layouts
from models.queries.rows import columns_of
from models.schema.applications import attachment_table
from models.schema.journal import journal_table
from models.schema.papers import file_piece_table, paper_file_table, paper_issue_table
from models.session import Session
from models.store.chain import said_rows
from models.store.parts import part

PAYMENTS = ".csv"
"""The ending of payment files, which no issue keeps."""
_ISSUES, _FILES, _PIECES = paper_issue_table.c, paper_file_table.c, file_piece_table.c
_COLUMNS = columns_of(Issued, paper_issue_table, kind=_ISSUES.paper)
_IS_KNOWN = _ISSUES.paper.in_(KINDS)
"""One of a kind that the program does not know is passed over, so that the others can be read."""
_ISSUED: Any = select(*_COLUMNS).where(_IS_KNOWN)
_NEWEST_FIRST = _ISSUES.after_row.desc()
KEPT_FILES = _FILES.is_kept & _FILES.erased_at.is_(None)
NAMED_BYTES = (
    select(_FILES.pieces)
    .where(KEPT_FILES)
    .union(select(attachment_table.c.pieces).where(attachment_table.c.erased_at.is_(None)))
)
"""The keys of all bytes that are kept: of issued files and of attachments."""


def issues(session: Session, kind: str, round_id: int | None, subject: str) -> tuple[Issued, ...]:
    """Return the versions of a paper on a subject, newest first."""
    is_it = (
        _ISSUES.paper == kind,
        _ISSUES.round_id.is_not_distinct_from(round_id),
        _ISSUES.subject == subject,
    )
    return _found(session, _ISSUED.where(*is_it).order_by(_ISSUES.version.desc()))


def issues_of_kind(session: Session, kind: str, round_id: int) -> Iterator[Issued]:
    """Yield the versions of one kind of paper of a round, of whatever it is within that, newest first."""
    is_it = (_ISSUES.paper == kind, _ISSUES.round_id == round_id)
    yield from map(_issued, session.execute(_ISSUED.where(*is_it).order_by(_NEWEST_FIRST)))


def newest_issue(session: Session, kind: str, round_id: int | None, subject: str) -> Issued | None:
    return next(iter(issues(session, kind, round_id, subject)), None)


def issued_papers(session: Session, round_id: int) -> tuple[Issued, ...]:
    """Return what was issued of a round, and of no round at all, newest first."""
    return _found(
        session,
        _ISSUED.where(_ISSUES.round_id.is_(None) | (_ISSUES.round_id == round_id)).order_by(_NEWEST_FIRST),
    )


def has_issues(session: Session, round_id: int) -> bool:
    """Whether a paper of a round was issued."""
    is_it = _ISSUES.round_id == round_id
    return bool(session.scalar(select(func.count()).select_from(paper_issue_table).where(is_it)))


def every_issue(session: Session) -> Iterator[Issued]:
    yield from map(_issued, session.execute(_ISSUED.order_by(_ISSUES.after_row)))


def files_of(session: Session, issued: Issued) -> tuple[IssuedFile, ...]:
    return _with_bytes(session, _files(session, _FILES.issue_id == issued.id))


def files_like(session: Session, name: str, sha256: str, digests: Collection[str]) -> Candidates:
    """Return the issued files that a file of this name and sum may be: of the SHA-256 that it prints, if any.

    One that prints none is looked for by its name, then among all files of its form.
    """
    ending = name[name.rfind(".") :].casefold()
    of_print = (_ISSUES.sha256.in_(digests) & (_FILES.name == ending),)
    of_name = (_FILES.name == name, _FILES.name.endswith(ending, autoescape=True))
    ways = (_FILES.sha256 == sha256, *(of_print if digests else of_name))
    files = next(filter(None, (_files(session, way) for way in ways)), ())
    of_finance = _ISSUED.where(_ISSUES.paper == FINANCE).order_by(_NEWEST_FIRST)
    schedules = _found(session, of_finance) if ending == PAYMENTS else ()
    noted = _accounts_file(session, sha256)
    return Candidates(_with_bytes(session, files), schedules, payment_layouts(session), noted)


def _accounts_file(session: Session, sha256: str) -> AccountsFile | None:
    asked = {row.seq: json.loads(row.body)["asked_by"] for row in said_rows(session, ("export accounts",))}
    for row in said_rows(session, ("note accounts files",)):
        noted = json.loads(row.body)
        if any(file["sha256"] == sha256 for file in noted["files"]):
            return AccountsFile(asked.get(noted["row"], ""), row.at, row.seq)
    return None


def bytes_of(session: Session, one: IssuedFile) -> bytes | None:
    """Return the bytes of an issued file, None where none are kept or others."""
    return bytes_under(session, one.pieces, one.file.sha256, one.file.size)


def bytes_under(session: Session, key: str, sha256: str, size: int) -> bytes | None:
    """Return the bytes of a sum and size that are kept under a key, None where there are none or others.

    No more than that many are unpacked: a piece of a few may hold more than there is memory.
    """
    rows = select(_PIECES.piece).where(_PIECES.sha256 == key).order_by(_PIECES.number)
    unpacked, content = zlib.decompressobj(), bytearray()
    try:
        for piece in session.scalars(rows):
            content += unpacked.decompress(piece, size + 1 - len(content))
            if len(content) > size:
                return None
    except zlib.error:
        return None
    whole = bytes(content)
    is_whole = unpacked.eof and not unpacked.unused_data
    return whole if is_whole and file_sum(whole) == sha256 else None


def file_faults(session: Session) -> Iterator[str]:
    """Yield which kept files are missing or not as they were issued, and pieces that no file names."""
    wanted = frozenset(session.scalars(NAMED_BYTES))
    for one in _files(session, KEPT_FILES):
        if bytes_of(session, one) is None:
            which = f"The file {one.file.name} of version {one.issued.version} of the {one.issued.kind}"
            yield f"{which} is not in the record as it was issued."
    loose = [one for one in session.scalars(select(_PIECES.sha256).distinct()) if one not in wanted]
    if loose:
        yield f"Bytes are kept of no file: SHA-256 {loose[0]}."


def _files(session: Session, where: Any) -> tuple[IssuedFile, ...]:
    columns = (_FILES.name, _FILES.sha256.label("file_sum"), _FILES.size, _FILES.about, _FILES.is_kept)
    rows = session.execute(
        select(*_COLUMNS, *columns, _FILES.erased_at)
        .join(paper_file_table)
        .where(_IS_KNOWN, where)
        .order_by(_NEWEST_FIRST, _FILES.name)
    )
    return tuple(
        IssuedFile(
            _issued(row),
            PaperFile(row.name, row.file_sum, row.size, row.about, row.is_kept),
            row.erased_at,
        )
        for row in rows
    )


def _with_bytes(session: Session, files: Collection[IssuedFile]) -> tuple[IssuedFile, ...]:
    return tuple(replace(one, content=bytes_of(session, one)) for one in files)


def _found(session: Session, query: Select[Any]) -> tuple[Issued, ...]:
    return tuple(map(_issued, session.execute(query)))


def _issued(row: Any) -> Issued:
    return Issued(*row[: len(_COLUMNS)])


CHECK, _SHOWN = Sentences("to_check"), 6


def since_issue(session: Session, after_row: int) -> str:
    """Say in a sentence what came after the row that a paper's issue followed, the issue itself left out."""
    journal_rows = select(journal_table.c.seq, journal_table.c.kind).where(journal_table.c.seq > after_row)
    kinds = [kind for seq, kind in session.execute(journal_rows.order_by(journal_table.c.seq))]
    if kinds[:1] == ["issue paper"]:
        kinds = kinds[1:]
    return changes_by_kind(kinds, "since it was issued")


def changes_by_kind(kinds: list[str], when: str) -> str:
    """Return how many changes there are and of which kinds, the most frequent first."""
    shown = Counter(kinds).most_common(_SHOWN)
    return CHECK.changes(kinds, when, shown, len(kinds) - sum(many for _, many in shown))


class SchedulesIssued(Struct, frozen=True):
    """The applications that an issued award schedule tells an award of, and the areas of finance schedules.

    "" stands for a finance schedule of all areas. `told` are those that a letter or agreement was issued to,
    and what was erased, to which none is.
    """

    awarded: frozenset[str] = frozenset()
    finance_areas: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()

    def has_finance(self, area: str | None) -> bool:
        return "" in self.finance_areas or (area or "") in self.finance_areas


@part
def schedules_issued(session: Session, round_id: int) -> SchedulesIssued:
    """Return what was issued of a round; a schedule from before the decisions tells no award."""
    issued = issued_papers(session, round_id)
    schedules = (json.loads(one.content) for one in issued if one.kind == SCHEDULE)
    lines = (line for values in schedules for line in values.get("lines", ()))
    awarded = frozenset(line["reference"] for line in lines if line.get("awarded_pence") is not None)
    finance = frozenset(one.subject for one in issued if one.kind == FINANCE)
    written = [json.loads(one.content) for one in issued if one.kind == LETTERS and one.content]
    told = frozenset(letter["reference"] for values in written for letter in values.get("letters", ()))
    in_agreements = frozenset(of for values in written for of in values.get("in_agreements", ()))
    return SchedulesIssued(awarded, finance, told | in_agreements | erasures(session, round_id).keys())
