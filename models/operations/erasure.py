"""Erasing what some applicants wrote: which cells and words go, and the tombstone that stays."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Column, Table, delete, or_, select, tuple_, update

from models.operation import Outcome
from models.operations.applications.attachments import erase_attachments
from models.operations.awards.bank_details import take_out_account
from models.operations.operation_base import Barrier, the_application
from models.operations.papers import erase_files
from models.papers.kinds import KINDS, Kept
from models.papers.letters.letter import CHALLENGE
from models.papers.texts import OF_APPLICATIONS
from models.queries.applications.merges import read_kept
from models.queries.awards.awards import awards
from models.queries.awards.variations import IN_EFFECT, WITHDRAWN
from models.queries.retention.retention import is_done
from models.reference.defaults import ListKind
from models.schema.applications import (
    LISTS,
    OWN_FIELDS,
    application_table,
    attachment_table,
    choice_table,
    correction_table,
    disposal_table,
    hold_table,
    matching_table,
)
from models.schema.awards import variation_table
from models.schema.base import MARKED, METADATA
from models.schema.holding import goes_whole, owning_columns, rows_of
from models.schema.journal import draft_table
from models.schema.packs import returned_table
from models.schema.panel import interest_table, interest_word_table
from models.schema.papers import paper_file_table, paper_issue_table, paper_text_table
from models.schema.personal import ABOUT, ERASED, OWN
from models.schema.set_up import round_table
from models.session import (
    Session,
    pairs_of,
    put,
    remove,
    selection,
    set_values,
    stamp,
)
from models.store import chain as journal
from models.store.chain import Tombstone, erase_bodies
from models.store.upkeep import TableRows, held_otherwise, put_found
from models.values import canonical
from models.values.attachments import ORGANISATION
from models.values.awards import Terms
from models.values.packs import read_return
from scoring.written.text import Refused, counted, first_of, listed, with_capital

Applications = Sequence[tuple[int, str]]
"""Those of any round: the round's number and the reference."""
NOTHING_LISTED = "[]"
"""What a column of applications holds that is a list as JSON, where it is empty."""
NOTHING = {name: NOTHING_LISTED if name in LISTS else "" for name in OWN_FIELDS}
"""What stands in each of them once it is erased."""

Cell = str | int | None


def is_read_off(kind: str, *, is_suggested: bool) -> bool:
    """Whether a line of a fund's list was read from answers, and nobody confirmed it.

    The kind of organisation is read from a field that stays.
    """
    return is_suggested and kind != ListKind.ORGANISATION.value


def empty_columns(session: Session, applications: Applications, numbers: Sequence[int]) -> None:
    """Empty the marked columns in the rows of some applications; what is erased already stays.

    What was read from erased answers goes with them, and so do corrections of erased texts and what the
    office wrote for the applicant's letter, or of the award for lists.
    """
    for table in METADATA.sorted_tables:
        if goes_whole(table):
            remove(session, table, rows_of(table, numbers))
            continue
        for about in (one for one in table.c if one.info[MARKED] == ABOUT):
            written = rows_of(table, numbers) & about.is_not(None) & (about != "") & (about != ERASED)
            session.execute(update(table).where(written).values({about.name: ERASED}))
    corrected, chosen, text = correction_table.c, choice_table.c, paper_text_table.c
    of_texts = corrected.application_id.in_(numbers) & corrected.field.in_(OWN_FIELDS)
    session.execute(delete(correction_table).where(of_texts))
    read_off = chosen.is_suggested & (chosen.kind != ListKind.ORGANISATION.value)
    session.execute(delete(choice_table).where(chosen.application_id.in_(numbers), read_off))
    of_it = tuple_(text.round_id, text.subject).in_(list(applications))
    session.execute(delete(paper_text_table).where(text.paper.in_(OF_APPLICATIONS), of_it))
    typed = pairs_of(session, matching_table.c.headings_key, matching_table.c.fields)
    for key, fields in typed.items():  # only sums tell over whose cells it was typed
        if (left := _without_typed(fields)) != fields:
            set_values(session, matching_table, {"headings_key": key}, fields=left)


def _without_typed(fields: str) -> str:
    matched, _ = read_kept(fields)
    return canonical.dumps([[*one] for one in matched])


class EmptiedRows:
    """Rows that the journal holds, with the same columns emptied for some applications."""

    def __init__(self, session: Session, numbers: Collection[int]) -> None:
        self._by: dict[Column[Any], set[Cell]] = {}
        for pointed in {to for table in METADATA.sorted_tables for _, to in owning_columns(table)}:
            self._by[pointed] = set(session.scalars(select(pointed).where(rows_of(pointed.table, numbers))))
        of_letters = select(application_table.c.round_id, application_table.c.reference)
        rows = session.execute(of_letters.where(application_table.c.id.in_(numbers)))
        self._letters = {(round_id, reference) for round_id, reference in rows}
        self._told = with_awards(session, self._letters)
        self._there = not_erased(session) - self._by[application_table.c.uid]

    def of_tables(self, tables: tuple[TableRows, ...]) -> tuple[TableRows, ...]:
        """Return rows that were put back, brought in or taken from a salvage."""
        for one in tables:
            self._learn(one.table, one.columns, one.rows)
        return tuple(
            replace(one, rows=tuple(self._emptied(one.table, one.columns, one.rows))) for one in tables
        )

    def _learn(self, name: str, columns: tuple[str, ...], rows: Sequence[tuple[Cell, ...]]) -> None:
        """Take by what other rows point to those of the applications, as these rows have it."""
        if name == application_table.name:
            return
        for pointed in (one for one in METADATA.tables[name].c if one in self._by):
            cells = [dict(zip(columns, row, strict=True)) for row in rows]
            self._by[pointed] -= {row[pointed.name] for row in cells}
            self._by[pointed] |= {row[pointed.name] for row in cells if self._is_own(name, row)}

    def _emptied(
        self, name: str, columns: tuple[str, ...], rows: Sequence[tuple[Cell, ...]]
    ) -> Iterator[tuple[Cell, ...]]:
        marks = _marks_in_journal(METADATA.tables[name])
        told = [dict(zip(columns, row, strict=True)) for row in rows]
        if name == variation_table.name:
            _empty_terms(cells for cells in told if self._is_own(name, cells))
        for cells in told:
            if name == matching_table.name:
                cells["fields"] = _without_typed(str(cells["fields"]))
            if name == returned_table.name and not is_of_others(str(cells["body"]), self._there):
                cells["body"] = ""
            if name == paper_issue_table.name:
                paper, of, content = cells["paper"], cells["round_id"], cells["content"]
                cells["content"] = facts_left(str(paper), of, str(content), self._told)  # type: ignore[arg-type]
            if not self._is_own(name, cells):
                yield tuple(cells.values())
            elif not _goes(name, cells):
                yield tuple(_cell(column, value, marks.get(column)) for column, value in cells.items())

    def _is_own(self, name: str, cells: Mapping[str, Cell]) -> bool:
        """Whether a row is of what is erased."""
        if name == paper_text_table.name:
            of = (cells["round_id"], cells["subject"])
            return cells["paper"] in OF_APPLICATIONS and of in self._letters
        pairs = owning_columns(METADATA.tables[name])
        return any(cells.get(column) in self._by[pointed] for column, pointed in pairs)


def _marks_in_journal(table: Table) -> Mapping[str, str]:
    """Return the marks of a table's columns; an interest and its words are one row in the journal."""
    columns = (*table.c, *interest_word_table.c) if table is interest_table else tuple(table.c)
    return {column.name: column.info[MARKED] for column in columns}


def _goes(name: str, cells: Mapping[str, Cell]) -> bool:
    """Whether a row of what is erased goes whole."""
    if name == correction_table.name:
        return cells["field"] in OWN_FIELDS
    if name == choice_table.name:
        return is_read_off(str(cells["kind"]), is_suggested=bool(cells["is_suggested"]))
    return name == paper_text_table.name or goes_whole(METADATA.tables[name])


def _cell(column: str, value: Cell, mark: str | None) -> Cell:
    if mark == OWN:
        return NOTHING.get(column, "")
    return ERASED if mark == ABOUT and value else value


def erase_terms(session: Session, numbers: Sequence[int]) -> None:
    """Take the outcomes out of the variations of some applications, as the journal then makes them."""
    of = variation_table.c
    columns = select(of.application_id, of.number, of.state, of.was, of.becomes)
    found = session.execute(columns.where(of.application_id.in_(numbers)))
    rows: list[dict[str, Any]] = [row._asdict() for row in found]
    _empty_terms(rows)
    for row in rows:
        key = {"application_id": row["application_id"], "number": row["number"]}
        set_values(session, variation_table, key, was=row["was"], becomes=row["becomes"])


def _empty_terms(rows: Iterable[dict[str, Any]]) -> None:
    """Take the outcomes out of rows of variations: what was before the first is empty in the application.

    The conditions of one that was withdrawn never held and go with them.
    """
    stood: dict[int, str] = {}
    for row in sorted(rows, key=itemgetter("application_id", "number")):
        before, after = (canonical.from_text(Terms, row[name]) for name in ("was", "becomes"))
        if after.outcomes is not None:
            of = row["application_id"]
            before, after = replace(before, outcomes=stood.get(of, "")), without_outcomes(after)
            stood |= {of: ERASED} if row["state"] == IN_EFFECT else {}
        if row["state"] == WITHDRAWN:
            after = without_conditions(after)
        row.update(was=canonical.to_text(before), becomes=canonical.to_text(after))


def without_outcomes(terms: Terms) -> Terms:
    """Return terms that say that outcomes were agreed, and not which."""
    return terms if terms.outcomes is None else replace(terms, outcomes=ERASED)


def without_conditions(terms: Terms) -> Terms:
    """Return terms that say that they set conditions, and not which."""
    return replace(terms, conditions=(ERASED,)) if terms.conditions else terms


_SENT, _WITH_MARKS = (
    tuple(code for code, kind in KINDS.items() if kind.kept is kept)
    for kept in (Kept.WITH_APPLICATION, Kept.WITH_MARKS)
)
"""The kinds of paper whose files go with the application they are about, and with a round's marks."""


def facts_left(paper: str, round_id: int | None, content: str, told: Collection[tuple[int, str]]) -> str:
    """Return the facts of an issue without what goes with its files, "" where nothing is left of them.

    `told` are applications and awards, each with its round's number.
    """
    if paper in _WITH_MARKS and (round_id is None or any(of == round_id for of, _ in told)):
        return ""
    if paper not in _SENT or not content:
        return content
    facts, gone = json.loads(content), {reference for of, reference in told if of == round_id}
    if "letters" not in facts:
        return "" if facts.get("award") in gone else content
    left = [
        one
        for one in facts["letters"]
        if not gone & {one.get("award"), one["reference"].partition(CHALLENGE)[0]}
    ]
    if len(left) == len(facts["letters"]):
        return content
    return canonical.dumps({**facts, "letters": left}) if left else ""


class EraseBodies(Barrier, frozen=True):
    """Erase every text of applications that is marked as personal, in tables and journal. A barrier.

    Each application is a round's number and a reference. `ground` is why, `person` at whose word. Made by
    `models.journal.erasing.proved_erasure_of`, which works the tombstones out. Accounts that are done with
    go too. `removed` are applications that were taken out of their rounds again, of which the journal alone
    tells. Where the journal cannot be done over again without what is erased, `passed` are the rows that are
    passed over there, and `stated` is what the tables hold that it then lacks. Of no application, it sets
    rows aside that cannot be read or repeated, made by `models.journal.erasing.setting_aside`.
    """

    kind = journal.ERASE_KIND
    applications: tuple[tuple[int, str], ...]
    rows: tuple[Tombstone, ...]
    ground: str
    person: str
    removed: tuple[tuple[int, str], ...] = ()
    passed: tuple[int, ...] = ()
    stated: tuple[TableRows, ...] = ()

    @property
    def label(self) -> str:
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

    def apply(self, session: Session) -> Outcome:
        """Erase; refused without a ground and a person, and while any of the applications is held."""
        if not self.ground.strip() or not self.person.strip():
            raise Refused("Say on what ground this is erased, and who authorised it.")
        if not (self.applications or self.removed or self.rows):
            raise Refused("There is no application to erase.")
        _refuse_there(session, self.removed)
        numbers = [the_application(session, round_id, of) for round_id, of in self.applications]
        self._refuse_held(session, numbers)
        erase_bodies(session, self.rows)
        self._erase_drafts(session)
        _erase_texts(session, numbers)
        empty_columns(session, self.applications, numbers)
        erase_terms(session, numbers)
        _erase_accounts(session, self.applications)
        _erase_files(session, (*self.applications, *self.removed))
        _erase_attached(session, (*self.applications, *self.removed))
        self._record(session, numbers)
        _erase_returns(session)
        if session.dialect.name == "sqlite":  # a server's own tables hold it already
            self._put_stated(session)
        if self.sets_aside:
            return Outcome(None, f"{with_capital(self.named_rows)} of the journal set aside.")
        many = counted(len(numbers) + len(self.removed), "application")
        return Outcome(None, f"What was written in and of {many} is erased; reference, amounts, marks stay.")

    def _put_stated(self, session: Session) -> None:
        """Put what replay is no longer told of, as the journal is done over again, where none can be read.

        As it is made, it states what the tables hold, and is refused where they hold anything else.
        """
        if journal.head(session).seq == 0:
            put_found(session, self.stated)
        elif other := held_otherwise(session, self.stated):
            raise Refused(f"{other}: an erasure states only what the record holds.")

    def _refuse_held(self, session: Session, numbers: Sequence[int]) -> None:
        held = set(session.scalars(selection(hold_table.c.application_id, application_id=numbers)))
        found = [of for (_, of), number in zip(self.applications, numbers, strict=True) if number in held]
        if found:
            raise Refused(f"On hold: {first_of(found)}. Remove the hold first.")

    def _erase_drafts(self, session: Session) -> None:
        """Let go of what is being typed of the applications, and in any import."""
        field = draft_table.c.field
        for round_id, reference in (*self.applications, *self.removed):
            of_round = or_(
                *(field.startswith(f"{kind}/{round_id}/") for kind in ("reason", "agreed", "page", "answer"))
            )
            remove(session, draft_table, of_round & field.contains(f"/{reference}/", autoescape=True))
        # an import that was left holds what was typed over in any row of its file
        remove(session, draft_table, field.startswith("import/") & (not self.sets_aside))

    def _record(self, session: Session, numbers: Sequence[int]) -> None:
        remove(session, disposal_table, application_id=numbers)
        rows = [
            {
                "application_id": number,
                "ground": self.ground,
                "person": self.person,
                **stamp(session, "erased"),
            }
            for number in numbers
        ]
        put(session, disposal_table, rows)


def _refuse_there(session: Session, removed: Applications) -> None:
    there = session.execute(select(application_table.c.round_id, application_table.c.reference)).all()
    back = [reference for round_id, reference in removed if (round_id, reference) in there]
    if back:
        raise Refused(f"In the round again: {first_of(back)}. Look again.")


def _erase_texts(session: Session, numbers: Sequence[int]) -> None:
    """Erase in the table what is erased in the journal; what is erased already is left alone."""
    is_written = or_(*(application_table.c[name] != nothing for name, nothing in NOTHING.items()))
    chosen = application_table.c.id.in_(numbers) & is_written
    session.execute(update(application_table).where(chosen).values(NOTHING))


def _erase_files(session: Session, applications: Applications) -> None:
    """Let go of what was sent about these applications, and kept with a round's marks: files and facts."""
    issues, files, rounds = paper_issue_table.c, paper_file_table.c, {number for number, _ in applications}
    about = with_awards(session, applications)
    in_rounds = issues.round_id.is_(None) | issues.round_id.in_(rounds)
    is_sent = tuple_(issues.round_id, files.about).in_(list(about))
    goes = (issues.paper.in_(_SENT) & is_sent) | (issues.paper.in_(_WITH_MARKS) & in_rounds)
    found = session.execute(select(files.issue_id, files.name).join(paper_issue_table).where(goes)).all()
    if found:
        erase_files(session, tuple_(files.issue_id, files.name).in_([tuple(row) for row in found]))
    columns = (issues.id, issues.paper, issues.round_id, issues.content)
    for row in session.execute(select(*columns).where(issues.paper.in_((*_SENT, *_WITH_MARKS)))).all():
        left = facts_left(row.paper, row.round_id, row.content, about)
        if left != row.content:
            set_values(session, paper_issue_table, {"id": row.id}, content=left)


def is_of_others(text: str, there: Collection[str]) -> bool:
    """Whether a return holds anything of an application that is there still, by its identity, or of none."""
    of = {one.application for one in read_return(text).revisions if one.application} if text else set()
    return not of or not of.isdisjoint(there)


def not_erased(session: Session) -> frozenset[str]:
    """Return the identities of the applications of which nothing was erased."""
    erased = select(disposal_table.c.application_id)
    return frozenset(
        session.scalars(select(application_table.c.uid).where(application_table.c.id.not_in(erased)))
    )


def _erase_returns(session: Session) -> None:
    """Take the words of a return with the last application in it; a signature covers all of a return."""
    there = not_erased(session)
    for sha256, body in pairs_of(session, returned_table.c.sha256, returned_table.c.body).items():
        if not is_of_others(body, there):
            set_values(session, returned_table, {"sha256": sha256}, body="")


def _erase_attached(session: Session, applications: Applications) -> None:
    """Let go of what is attached to applications and their awards.

    What was attached to an application or a round that is no longer in the record goes too: since an erasure
    clears the undo list, nothing brings that back.
    """
    if not applications:
        return
    files, there = attachment_table.c, application_table.c
    own = select(there.uid).where(tuple_(there.round_id, there.reference).in_(list(applications)))
    is_gone = files.subject.not_in(select(there.uid).union_all(select(round_table.c.uid)))
    of_those = is_gone & (files.about != ORGANISATION)
    erase_attachments(session, files.subject.in_(own) | of_those)


def with_awards(session: Session, applications: Collection[tuple[int, str]]) -> frozenset[tuple[int, str]]:
    """Return applications, each with its round's number, and in the same way their awards."""
    found = (
        (round_id, award.reference)
        for round_id in {round_id for round_id, _ in applications}
        for award in awards(session, round_id)
        if (round_id, award.application) in applications
    )
    return frozenset((*applications, *found))


def _erase_accounts(session: Session, applications: Applications) -> None:
    """Delete the accounts into which all is paid; one that is still to be paid into stays."""
    for round_id in {round_id for round_id, _ in applications}:
        chosen = {reference for of, reference in applications if of == round_id}
        for award in awards(session, round_id):
            if award.application in chosen and award.bank is not None and is_done(award):
                take_out_account(session, award.number)
