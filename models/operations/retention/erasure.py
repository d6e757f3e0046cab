"""Erasing what some applicants wrote: the journal's own words go, and a tombstone keeps what totals need."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import ClassVar

from msgspec import Struct
from sqlalchemy import delete, or_, select, tuple_, update

from models.journal import chain as journal
from models.operation import Actor, Outcome, Topic
from models.operations.awards.bank_details import take_out_account
from models.operations.finders import the_application
from models.operations.operation_base import RegisteredOperation
from models.operations.retention.erased_columns import NOTHING, empty_columns
from models.operations.retention.erased_terms import erase_terms
from models.operations.rows.writing import erase_files, put, remove
from models.papers.kinds import KINDS
from models.papers.paper_kind import Kept
from models.queries.awards.awards import awards
from models.queries.retention.retention import is_done
from models.salvage.recovered_rows import FoundTable, put_found
from models.schema.applications import application_table, disposal_table, hold_table
from models.schema.journal import draft_table, erasure_table, journal_body_table
from models.schema.papers import paper_file_table, paper_issue_table
from models.session import Session
from scoring.counted import counted, first_of, listed
from scoring.refused import Refused
from scoring.written.text import with_capital

_SENT, _WITH_MARKS = (
    tuple(code for code, kind in KINDS.items() if kind.kept is kept)
    for kept in (Kept.WITH_APPLICATION, Kept.WITH_MARKS)
)
"""The kinds of paper whose files go with the application they are about, and with a round's marks."""


class Tombstone(Struct, frozen=True):
    """A journal row whose words are erased, and what is done in its place when the journal is done over.

    Of one that was erased before, it takes the place of what was done until then.
    `body` is the change without the erased texts, as canonical JSON; "" where nothing of it is left.
    """

    seq: int
    body: str


class EraseBodies(RegisteredOperation, frozen=True):
    """Erase every text of applications that is marked as personal, in tables and journal. A barrier.

    Each application is a round's number and a reference. `ground` is why, `person` at whose word. Made by
    `models.journal.erasing.proved_erasure_of`, which works the tombstones out. Accounts that are done with
    go too. `removed` are applications that were taken out of their rounds again, of which the journal alone
    tells. Where the journal cannot be done over again without what is erased, `passed` are the rows that are
    passed over there, and `stated` is what the tables hold that it then lacks. Of no application, it sets
    rows aside that cannot be read or repeated, made by `models.journal.erasing.setting_aside`.
    """

    kind: ClassVar[str] = journal.ERASE_KIND
    is_barrier: ClassVar[bool] = True
    applications: tuple[tuple[int, str], ...]
    rows: tuple[Tombstone, ...]
    ground: str
    person: str
    removed: tuple[tuple[int, str], ...] = ()
    passed: tuple[int, ...] = ()
    stated: tuple[FoundTable, ...] = ()

    @property
    def label(self) -> str:
        """Return the change in words."""
        if self.sets_aside:
            return f"Pass over {self.named_rows} of the journal, because: {self.ground.strip().rstrip('.')}"
        many = len(self.applications) + len(self.removed)
        return f"Erase what was written in and of {counted(many, 'application')}"

    @property
    def sets_aside(self) -> bool:
        """Whether it sets rows of the journal aside, and erases nothing that an applicant wrote."""
        return bool(self.rows) and not (self.applications or self.removed)

    @property
    def named_rows(self) -> str:
        """Return the rows whose words go, as "row 8 and row 9"."""
        return listed([f"row {row.seq:,}" for row in self.rows])

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Erase; refused without a ground and a person, and while any of the applications is held."""
        if not self.ground.strip() or not self.person.strip():
            raise Refused("Say on what ground this is erased, and who authorised it.")
        if not (self.applications or self.removed or self.rows):
            raise Refused("There is no application to erase.")
        _refuse_there(session, self.removed)
        numbers = [the_application(session, round_id, of) for round_id, of in self.applications]
        self._refuse_held(session, numbers)
        self._erase_bodies(session)
        _erase_texts(session, numbers)
        empty_columns(session, self.applications, numbers)
        erase_terms(session, numbers)
        _erase_accounts(session, self.applications)
        _erase_files(session, (*self.applications, *self.removed), at)
        self._record(session, numbers, actor, at)
        if self.stated and session.dialect.name == "sqlite":  # a server's own tables hold it already
            put_found(session, self.stated)
        if self.sets_aside:
            return Outcome(
                frozenset(Topic), None, f"{with_capital(self.named_rows)} of the journal set aside."
            )
        many = counted(len(numbers) + len(self.removed), "application")
        words = f"What was written in and of {many} is erased; reference, amounts, marks stay."
        return Outcome(frozenset(Topic), None, words)

    def _refuse_held(self, session: Session, numbers: Sequence[int]) -> None:
        table = hold_table
        held = set(session.scalars(select(table.c.application_id).where(table.c.application_id.in_(numbers))))
        found = [of for (_, of), number in zip(self.applications, numbers, strict=True) if number in held]
        if found:
            raise Refused(f"On hold: {first_of(found)}. Remove the hold first.")

    def _erase_bodies(self, session: Session) -> None:
        """Take the rows' words out of the journal; where it is done over again there are none."""
        head = journal.head(session)
        if head.seq == 0 or not self.rows:
            return
        bodies, gone = journal_body_table, erasure_table
        rows = [row.seq for row in self.rows]
        before = set(session.scalars(select(gone.c.seq).where(gone.c.seq.in_(rows))))
        put(session, gone, [{"seq": seq, "by_seq": head.seq + 1} for seq in rows if seq not in before])
        session.execute(delete(bodies).where(bodies.c.seq.in_(rows)))
        field = draft_table.c.field
        for round_id, reference in (*self.applications, *self.removed):
            of_round = or_(*(field.startswith(f"{kind}/{round_id}/") for kind in ("reason", "agreed")))
            remove(session, draft_table, of_round & field.contains(f"/{reference}/", autoescape=True))
        # an import that was left holds what was typed over in any row of its file
        remove(session, draft_table, field.startswith("import/") & (not self.sets_aside))

    def _record(self, session: Session, numbers: Sequence[int], actor: Actor, at: datetime) -> None:
        remove(session, disposal_table, disposal_table.c.application_id.in_(numbers))
        rows = [
            {
                "application_id": number,
                "ground": self.ground,
                "person": self.person,
                "erased_by": actor.name,
                "erased_at": at,
            }
            for number in numbers
        ]
        put(session, disposal_table, rows)


def _refuse_there(session: Session, removed: Sequence[tuple[int, str]]) -> None:
    table = application_table
    there = {
        (of, reference) for of, reference in session.execute(select(table.c.round_id, table.c.reference))
    }
    back = [reference for round_id, reference in removed if (round_id, reference) in there]
    if back:
        raise Refused(f"In the round again: {first_of(back)}. Look again.")


def _erase_texts(session: Session, numbers: Sequence[int]) -> None:
    """Erase in the table what is erased in the journal; what is erased already is left alone."""
    is_written = or_(*(application_table.c[name] != nothing for name, nothing in NOTHING.items()))
    chosen = application_table.c.id.in_(numbers) & is_written
    session.execute(update(application_table).where(chosen).values(NOTHING))


def _erase_files(session: Session, applications: Sequence[tuple[int, str]], at: datetime) -> None:
    """Let go of the files that were sent about these applications, and of those kept with a round's marks."""
    issues, files, rounds = paper_issue_table.c, paper_file_table.c, {number for number, _ in applications}
    about = {*applications, *_awards_of(session, applications)}
    in_rounds = issues.round_id.is_(None) | issues.round_id.in_(rounds)
    is_sent = tuple_(issues.round_id, files.about).in_(list(about))
    goes = (issues.paper.in_(_SENT) & is_sent) | (issues.paper.in_(_WITH_MARKS) & in_rounds)
    found = session.execute(
        select(files.issue_id, files.name).join(paper_issue_table, issues.id == files.issue_id).where(goes)
    ).all()
    if found:
        erase_files(session, tuple_(files.issue_id, files.name).in_([tuple(row) for row in found]), at)


def _awards_of(session: Session, applications: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    for round_id in {round_id for round_id, _ in applications}:
        for award in awards(session, round_id):
            if (round_id, award.application) in applications:
                yield round_id, award.reference


def _erase_accounts(session: Session, applications: Sequence[tuple[int, str]]) -> None:
    """Delete the accounts into which all is paid; one that is still to be paid into stays."""
    for round_id in {round_id for round_id, _ in applications}:
        chosen = {reference for of, reference in applications if of == round_id}
        for award in awards(session, round_id):
            if award.application in chosen and award.bank is not None and is_done(award):
                take_out_account(session, the_application(session, round_id, award.application))
