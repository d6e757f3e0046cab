"""Working an erasure out before it is made: which journal rows say what is to go, and what stays there."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, get_args

from msgspec import Struct
from msgspec.structs import asdict, replace
from msgspec.structs import fields as struct_fields
from sqlalchemy import func, select, tuple_

from models.journal import replay
from models.operation import Actor, Operation, Outcome
from models.operations.applications.applications import ImportApplications
from models.operations.applications.attachments import (
    DescribeAttachment,
    EraseAttachments,
    OfSubject,
)
from models.operations.applications.corrections import SetTogether
from models.operations.applications.organisations import MergeOrganisations, PartOrganisations
from models.operations.awards.variations import VaryAward
from models.operations.erasure import (
    Applications,
    EmptiedRows,
    EraseBodies,
    facts_left,
    is_of_others,
    not_erased,
    with_awards,
)
from models.operations.packs.take_in import PutReturnsBack, TakeInReturns
from models.operations.papers import IssuePaper
from models.operations.registry import KNOWN
from models.operations.retention import redacted, without_source
from models.papers.kinds import KINDS, Kept
from models.queries.applications.applications import application_heads
from models.queries.applications.attachments import Attachment, attached_to, every_attachment, subject_uid
from models.queries.awards.awards import awards
from models.queries.awards.variations import WITHDRAWN
from models.queries.deciding.decided_anew import Undecided, undecided
from models.queries.deciding.decisions import decisions, final_decisions
from models.queries.papers.issues import every_issue, schedules_issued
from models.queries.papers.letter_parts.without_decision import addressed
from models.queries.retention.held_rows import Rounds, erased_words
from models.queries.retention.retention import is_done
from models.queries.set_up.rounds import rounds as every_round
from models.record import Record
from models.schema.applications import (
    application_table,
    attachment_table,
    disposal_table,
    organisation_table,
)
from models.schema.awards import variation_table
from models.schema.journal import journal_table
from models.schema.personal import ERASED
from models.session import Session
from models.store import chain as journal
from models.store.chain import Tombstone, said_rows
from models.store.locks.policies import touched
from models.store.locks.signing_on import refuse_without_all
from models.store.sqlite import backup
from models.store.sqlite.backup import Copy
from models.store.upkeep import TableRows
from models.trouble import required
from models.values import canonical
from models.values.attachments import APPLICATION, FileOf, KeptFile, Subject
from models.values.awards import Terms
from models.values.rows import gathered
from scoring.written.days import full_day
from scoring.written.text import Refused, counted, first_of, listed, with_capital

_WHOLE = frozenset({"open pack", "update pack", "put pack back", "make return"})
"""Kinds of a member's own record of which no part can be taken out: a pack, a return as it was signed."""

_RETURNING = frozenset({TakeInReturns.kind, PutReturnsBack.kind})
"""Kinds that hold returns, each kept byte for byte as its member signed it while any of it is kept."""

_DECIDED = frozenset(("record recommendations", "record decisions", "decide tie", "decide exception"))
"""Kinds of which the reasons are kept for good: what was recommended, settled by the chair, and decided."""

_JOINING = frozenset({MergeOrganisations.kind, PartOrganisations.kind})
"""Kinds that say why organisations are one or several; they name no application."""
_JOINED = "joined"

MOST_NAMED = 8
_UNKNOWN = (
    "Row {:,} of the journal names it and is of a kind this program does not know, so its words could not be "
    "erased. Nothing was erased: erase it with the program that wrote the row, or set the row aside first."
)
KEPT_DECISIONS = (
    "Kept with their reasons, for good: recommendations, the chair's rulings and decisions ({many}). They "
    "are the record of how public money was given."
)
UNTOLD = (
    "Later changes rest on words that go: the journal, done over again, can no longer make them by itself. "
    "The erasure states in their place what the tables hold, and Verify says so for good."
)


class Erasing(Struct, frozen=True):
    """An erasure to be made, and what will still say what it erases.

    `returns` counts changes that hold returns of members, `decisions` those that give reasons of
    recommendations and decisions, `papers` issued papers that name an application, and `accounts` bank
    details into which there is still something to be paid. `undecided` are those that somebody has still to
    decide, who can then no longer read what is erased. `files` are the names of those that go. `unwritten`
    are those whose letter on the decision is not issued. Of organisations of which no application is left,
    `of_organisations` counts the files, and `joined` the changes that say why they were merged or kept apart.
    """

    operation: EraseBodies
    returns: int
    decisions: int
    papers: int
    accounts: int
    undecided: tuple[Undecided, ...] = ()
    files: tuple[str, ...] = ()
    unwritten: tuple[str, ...] = ()
    of_organisations: int = 0
    joined: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether the journal, done over again, still makes the tables without being told what they hold."""
        return not (self.operation.passed or self.operation.stated)


def erasure_of(session: Session, applications: Applications, ground: str, person: str) -> Erasing:
    """Return the erasure of what was written in and of these applications (a round's number, a reference)."""
    chosen, last = _Chosen(session, applications), _last_of(session, applications)
    rows: list[Tombstone] = []
    kinds: dict[int, str] = {}
    naming: Counter[str] = Counter()
    returned = 0
    for entry in journal.entries(session):
        kinds[entry.seq] = entry.kind
        if entry.body is None:  # said by the erasure that took it, or by one since
            continue
        if entry.kind in journal.ERASING:
            rows += of_erasure(entry.seq, entry.body, kinds, chosen.left_of)
        elif entry.kind in _JOINING:
            naming[_JOINED] += any(of in entry.body for of in last)
        elif entry.kind in _WHOLE:
            naming[entry.kind] += any(of in entry.body for of in chosen.identities)
        elif chosen.may_name(entry.kind, entry.body):
            naming[entry.kind] += 1
            left = tuple(tombstones_of(entry.seq, entry.kind, entry.body, chosen.left_of))
            rows += left
            returned += _holds_returns(left[0].body if left else entry.body, entry.kind)
    there = tuple(one for one in applications if one in chosen.there)
    gone = tuple(one for one in applications if one not in chosen.there)
    return Erasing(
        EraseBodies(there, tuple(rows), ground, person, gone),
        returns=returned + sum(naming[kind] for kind in _WHOLE),
        decisions=sum(naming[kind] for kind in _DECIDED),
        papers=_papers(session, {of for _, of in applications}),
        accounts=_accounts(session, applications),
        undecided=undecided(session, applications),
        unwritten=tuple(_unwritten(session, applications)),
        of_organisations=sum(
            one.subject in last and one.erased_at is None for one in every_attachment(session)
        ),
        joined=naming[_JOINED],
        files=tuple(
            one.name
            for one in every_attachment(session)
            if one.subject in chosen.identities and one.erased_at is None
        ),
    )


def _last_of(session: Session, applications: Applications) -> frozenset[str]:
    """Return the identities of the organisations whose last application is among these."""
    of, heads = organisation_table.c, application_heads(session)
    left = not_erased(session)
    owned = gathered((one.organisation_id, one) for one in heads if one.uid in left)
    last = [number for number, own in owned.items() if all(one.key in applications for one in own)]
    return frozenset(session.scalars(select(of.uid).where(of.id.in_(last))))


def _unwritten(session: Session, applications: Applications) -> Iterator[str]:
    """Yield those that are decided and whose letter on the decision is not issued."""
    rounds = {number for number, _ in applications} & {line.round_id for line in every_round(session)}
    for number in sorted(rounds):
        chosen = {of for of_round, of in applications if of_round == number}
        decided = final_decisions(decisions(session, number))
        if chosen & decided.keys():
            told = schedules_issued(session, number).told
            letters = addressed(session, number, decided, date.today())
            yield from sorted((chosen & decided.keys() & letters) - told)


def proved_erasure_of(session: Session, applications: Applications, ground: str, person: str) -> Erasing:
    """Return the erasure after which the journal, done over again, still makes the tables.

    It is tried, and what was tried is thrown away. Where words that go were needed to do a later row again,
    as of two that differed, the erasure names the rows that are passed over from then, and states what the
    tables hold without them. A record that did not agree with its journal before is erased all the same.
    """
    found = erasure_of(session, applications, ground, person)
    if not _differs(session, found.operation) or replay.differences(session):
        return found
    told = _telling(session, found.operation)
    if shared := tuple(_of_others(session, told, _Chosen(session, applications))):
        seqs = {row.seq for row in shared}
        rows = (*(row for row in found.operation.rows if row.seq not in seqs), *shared)
        told = _telling(session, replace(found.operation, rows=rows))
    return replace(found, operation=told)


def erased_already(session: Session, applications: Applications) -> Mapping[tuple[int, str], str]:
    """Return those that were erased and of which nothing was written since, each with when that was."""
    of, found = application_table.c, dict[tuple[int, str], str]()
    for round_id, reference in applications:
        one = round_id, reference
        told = erased_words(session, (of.round_id == round_id) & (of.reference == reference))
        if told and not (
            _accounts(session, [one], are_done=True) or erasure_of(session, [one], "", "").operation.rows
        ):
            found[one] = f"{told[0]} Nothing of it was written since."
    return found


def _of_others(session: Session, told: EraseBodies, chosen: "_Chosen") -> Iterator[Tombstone]:
    """Yield what rows that would be passed over do to other applications: that is done again."""
    for entry in journal.entries(session):
        if entry.seq in told.passed and entry.body:
            left = redacted(canonical.from_text(KNOWN[entry.kind], entry.body), chosen, in_parts=False)
            if left is not None:
                yield Tombstone(entry.seq, canonical.to_text(left))


def setting_aside(session: Session, seq: int, because: str, person: str) -> EraseBodies:
    """Return what sets aside a row that cannot be read or repeated, with all others that cannot be read.

    What stands in the tables stays, as the erasure states it. Refused of a row that can be repeated.
    """
    unreadable = {one.seq for one in journal.entries(session) if one.body and not _is_readable(one)}
    if seq not in unreadable and seq not in replay.told_beyond(session)[0]:
        raise Refused(
            f"No row {seq:,} of the journal needs it: it is not there, or can be read and repeated."
        )
    rows = tuple(Tombstone(one, "") for one in sorted(unreadable | {seq}))
    return _telling(session, EraseBodies((), rows, because, person))


def _is_readable(entry: journal.Entry) -> bool:
    try:
        canonical.from_text(KNOWN[entry.kind], entry.body or "")
    except (KeyError, RecursionError, ValueError):
        return False
    return True


def _telling(session: Session, operation: EraseBodies) -> EraseBodies:
    """Return an erasure with what replay is not told after it: it is tried, and thrown away."""
    with on_trial(session) as trial:
        _carry_out(trial, operation)
        passed, stated = replay.told_beyond(trial)
    return replace(operation, passed=passed, stated=stated)


def erase(record: Record, operation: EraseBodies, actor: Actor) -> tuple[Outcome, tuple[Copy, ...]]:
    """Erase, and return the automatic copies that still hold what was erased; a server makes none."""
    outcome = record.perform(operation, actor)
    return outcome, () if record.is_shared else backup.copies(record.path)


def copies_before(record: Record, applications: Applications) -> tuple[Copy, ...]:
    """Return the automatic copies from before the last of some applications was erased; none on a server."""
    at = record.ask(_last_erased, applications=applications)
    found = () if record.is_shared else backup.copies(record.path)
    return tuple(one for one in found if one.made_at <= at)


def _last_erased(session: Session, applications: Applications) -> datetime:
    of = application_table.c
    days = select(func.max(disposal_table.c.erased_at)).join(application_table)
    return session.execute(days.where(tuple_(of.round_id, of.reference).in_(applications))).scalar_one()


def undecided_words(found: Sequence[Undecided]) -> tuple[str, ...]:
    """Say first what is not decided yet, and which ties the chair has still to settle."""
    if not found:
        return ()
    named = first_of((one.reference for one in found), MOST_NAMED)
    are = "is" if len(found) == 1 else "are"
    told = [
        f"{named} {are} not decided yet: the person who decides can then no longer read what was written."
    ]
    tied = [one for one in found if one.tied_with]
    told += [
        f"{one.reference} shares its place with {', '.join(one.tied_with)}: let the chair settle that first."
        for one in tied[:MOST_NAMED]
    ]
    if len(tied) > MOST_NAMED:
        told.append(f"{counted(len(tied) - MOST_NAMED, 'more shares its place', 'more share their places')}.")
    return tuple(told)


def unwritten_words(found: Sequence[str]) -> tuple[str, ...]:
    """Say whose letter on the decision is not issued: nobody can write it once the words are erased."""
    if not found:
        return ()
    named = first_of(found, MOST_NAMED)
    letter, it = ("letter", "it") if len(found) == 1 else ("letters", "them")
    return (
        f"The decision {letter} for {named} {'is' if len(found) == 1 else 'are'} not issued yet. Issue {it} "
        "first: this cannot be done once the application is erased.",
    )


def kept_words(found: Erasing) -> tuple[str, ...]:
    """Name each kind of thing that will still say something of what is erased, and why it is kept."""
    told = []
    if found.decisions:
        told.append(KEPT_DECISIONS.format(many=counted(found.decisions, "change")))
    if found.returns:
        many = counted(found.returns, "return of a member", "returns of members")
        told.append(f"Kept whole: {many}, as signed. A signature covers all of a return.")
    if found.papers:
        many = counted(found.papers, "issued paper")
        told.append(
            f"Kept: {many}, so that what was published can be checked. Letters, agreements, panel books, "
            "marks and information on request go; the sums of their files stay."
        )
    if found.accounts:
        many = counted(found.accounts, "account")
        told.append(f"Retained until everything is paid and evidenced: bank details, {many}.")
    if found.of_organisations:
        many = counted(found.of_organisations, "file")
        told.append(
            f"Kept: {many} attached to an organisation that has no other application. Erase files on the "
            "page of the organisation, or with attachments erase."
        )
    if found.joined:
        many = counted(found.joined, "change that merged or kept apart", "changes that merged or kept apart")
        told.append(
            f"Kept in the journal: the reason in {many} an organisation that has no other application."
        )
    return tuple(told)


def erasure_words(session: Session) -> tuple[str, ...]:
    """Say when and by whom applications were erased, or rows set aside, and what of it replay is not told."""
    told: Counter[str] = Counter()
    aside = []
    for row in said_rows(session, (EraseBodies.kind,)):
        erasure = canonical.from_text(EraseBodies, row.body)
        if erasure.sets_aside:
            said = f"{with_capital(erasure.named_rows)} set aside on {full_day(row.at)}, by {row.actor}"
            because = f"because: {erasure.ground.strip().rstrip('.')}"
            aside.append(f"{said}{_untold(erasure)}, {because}. {_unchecked(session, erasure)}")
            continue
        many = len(erasure.applications) + len(erasure.removed)
        told[f"erased on {full_day(row.at)}, by {row.actor}{_untold(erasure)}."] += many
    return (*(f"{counted(many, 'application')}: {words}" for words, many in told.items()), *aside)


def _unchecked(session: Session, erasure: EraseBodies) -> str:
    """Say which tables replay checks no longer, since it passes over rows that could touch them."""
    passed = {*erasure.passed, *(row.seq for row in erasure.rows)}
    kinds = select(journal_table.c.kind).where(journal_table.c.seq.in_(passed)).distinct()
    tables = {table for kind in session.scalars(kinds) for table in touched(kind) if kind in KNOWN}
    named = first_of(sorted({*tables, *(one.table for one in erasure.stated)})) or "any table"
    return f"The journal no longer checks what that could change: {named}."


def last_erasure(session: Session) -> datetime | None:
    """Return when words were erased last, rows that were set aside left out; None where none were."""
    erased = (
        row.at
        for row in said_rows(session, journal.ERASING)
        if not getattr(canonical.from_text(KNOWN[row.kind], row.body), "sets_aside", False)
    )
    return max(erased, default=None)


def _untold(erasure: EraseBodies) -> str:
    """Say what of an erasure replay is not told, "" where it is told all."""
    named = ", ".join(of for _, of in (*erasure.applications, *erasure.removed)) or "them"
    cells = [f"{one.table} ({one.many})" for one in erasure.stated]
    passed = [f"row {number:,}" for number in erasure.passed]
    if not (cells or passed):
        return ""
    rest = f"; not repeated: {listed(passed)}" if passed else ""
    return f"; of {named} replay is not told of {listed(cells) or 'any cell'}{rest}"


class _Chosen:
    """Which applications are to be erased, asked by a value's round."""

    def __init__(self, session: Session, applications: Applications) -> None:
        self.session = session
        self._rounds = Rounds(session)
        self._by_round: dict[int, set[str]] = {}
        for round_id, reference in applications:
            self._by_round.setdefault(round_id, set()).add(reference)
        table = application_table
        found = session.execute(select(table.c.id, table.c.round_id, table.c.reference)).all()
        self.there = {(of, reference) for _, of, reference in found}
        self.numbers = {number for number, of, reference in found if reference in self.of_round(of)}
        uids = select(table.c.uid).where(table.c.id.in_(self.numbers))
        self.told = with_awards(session, applications)
        own = frozenset(session.scalars(uids))
        self.identities: Collection[str] = {*own, *(reference for _, reference in applications)}
        self._named = {*own, *(canonical.dumps(reference) for _, reference in applications)}
        self._left = not_erased(session) - own
        varied = variation_table.c
        of_awards = select(table.c.round_id, table.c.reference, varied.number, varied.becomes)
        standing = of_awards.join(variation_table).where(varied.state != WITHDRAWN)
        self._conditions = {
            (of, reference, number): canonical.from_text(Terms, becomes).conditions
            for of, reference, number, becomes in session.execute(standing)
        }

    def of_round(self, round_id: int) -> Collection[str]:
        return self._by_round.get(round_id, frozenset())

    def may_name(self, kind: str, body: str) -> bool:
        """Whether a row may say anything of them: by number too, where it holds rows of tables."""
        return _holds_rows(kind) or any(words in body for words in self._named)

    def rows_left(self, tables: tuple[TableRows, ...]) -> tuple[TableRows, ...]:
        return EmptiedRows(self.session, self.numbers).of_tables(tables)

    def has_ended(self, change: VaryAward) -> bool:
        """Whether a variation was withdrawn, or undone and another has its number."""
        key = change.round_id, change.application, change.number
        return self._conditions.get(key) != change.terms.conditions

    def texts_left(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        """Return the returns, of some, that hold anything else than what is erased."""
        return tuple(text for text in texts if is_of_others(text, self._left))

    def left_of(self, operation: Operation) -> Operation | None:
        """Return a change without what is to be erased, None where nothing is left of it."""
        after = redacted(operation, self)
        if isinstance(after, IssuePaper):
            return replace(after, content=facts_left(after.paper, after.round_id, after.content, self.told))
        return after

    def __call__(self, value: Any) -> Collection[str]:
        """Return the references that are to be erased in the round that a value names."""
        number = self._rounds.number_of(value)
        return frozenset() if number is None else self.of_round(number)


@cache
def _holds_rows(kind: str) -> bool:
    """Whether a change of a kind holds rows of tables, or the facts of a paper."""
    return kind == IssuePaper.kind or (kind in KNOWN and _holds(KNOWN[kind], TableRows))


def _holds(hint: Any, wanted: type) -> bool:
    """Whether a type is a wanted one, or holds it."""
    if isinstance(hint, type) and issubclass(hint, Struct):
        return hint is wanted or any(_holds(one.type, wanted) for one in struct_fields(hint))
    return any(_holds(one, wanted) for one in get_args(hint))


def _holds_returns(body: str, kind: str) -> bool:
    """Whether what is left of a change holds a return of a member."""
    if kind not in _RETURNING or not body:
        return False
    change: Any = canonical.from_text(KNOWN[kind], body)
    return bool(getattr(change, "undone", change).texts)


Left = Callable[[Operation], Operation | None]
"""Returns what is left of a change, None for nothing."""


def tombstones_of(seq: int, kind: str, body: str, left: Left) -> Iterator[Tombstone]:
    """Yield what is said in the place of a row, where anything of it goes; refused of an unknown kind."""
    after = left(canonical.from_text(required(KNOWN.get(kind), _UNKNOWN.format(seq)), body))
    text = "" if after is None else canonical.to_text(after)
    if text != body:
        yield Tombstone(seq, text)


def of_erasure(seq: int, body: str, kinds: Mapping[int, str], left: Left) -> tuple[Tombstone, ...]:
    """Redact the tombstones of an earlier erasure in their turn: the new one says them in its place."""
    erasure = canonical.from_text(KNOWN[kinds[seq]], body)
    assert isinstance(erasure, EraseBodies | EraseAttachments), "an erasure"
    rows = tuple(
        next(tombstones_of(row.seq, kinds[row.seq], row.body, left), row) if row.body else row
        for row in erasure.rows
    )
    alone = replace(erasure, rows=())
    after = left(alone)
    if rows == erasure.rows and after == alone:
        return ()
    return (*rows, Tombstone(seq, "" if after is None else canonical.to_text(after)))


def _differs(session: Session, operation: EraseBodies) -> bool:
    """Try an erasure, and say whether the record then differs from what its journal makes."""
    with on_trial(session) as trial:
        _carry_out(trial, operation)
        return bool(replay.differences(trial))


def _carry_out(trial: Session, operation: EraseBodies) -> None:
    journal.carry_out(trial, journal.head(trial), operation, Actor(""), datetime.now(UTC))


def _accounts(session: Session, applications: Applications, *, are_done: bool = False) -> int:
    """Count the accounts into which there is still something to be paid, or into which all is."""
    chosen = set(applications)
    return sum(
        award.bank is not None and is_done(award) is are_done and (round_id, award.application) in chosen
        for round_id in {round_id for round_id, _ in applications}
        for award in awards(session, round_id)
    )


def _papers(session: Session, references: Collection[str]) -> int:
    stay = (one.content for one in every_issue(session) if KINDS[one.kind].kept is Kept.ALWAYS)
    return sum(any(canonical.dumps(of) in content for of in references) for content in stay)


@contextmanager
def on_trial(session: Session) -> Iterator[Session]:
    """Give a session in which changes may be tried; nothing of them stays.

    A server changes nothing in a session that reads, so there they are tried in a copy in memory; refused to
    whom a part of the record is closed.
    """
    if session.dialect.name != "sqlite":
        from models.store.postgres.transfer import in_memory  # a record in a file needs no server

        refuse_without_all(session)
        with in_memory(session) as copy:
            yield copy
        return
    trial = session.begin_nested()
    try:
        yield session
    finally:
        trial.rollback()


def file_erasure_of(
    session: Session, subject: Subject, numbers: Sequence[int], ground: str, person: str
) -> EraseAttachments:
    """Return the erasure of files of a subject, with the rows of the journal that name them.

    Refused on a server to whom some of these are closed.
    """
    refuse_without_all(session)
    every = attached_to(session, subject_uid(session, subject), subject.about)
    sums = {one.sha256 for one in every if one.number in numbers}
    names = _Names(session, subject, [one for one in every if one.sha256 in sums])
    rows, kinds = list[Tombstone](), dict[int, str]()
    for entry in journal.entries(session):
        kinds[entry.seq] = entry.kind
        if entry.body is None:
            continue
        if entry.kind in journal.ERASING:
            rows += of_erasure(entry.seq, entry.body, kinds, names.left_of)
        elif entry.kind in _DESCRIBING or any(one in entry.body for one in sums):
            rows += tombstones_of(entry.seq, entry.kind, entry.body, names.left_of)
    return EraseAttachments(
        **asdict(subject), numbers=tuple(numbers), ground=ground, person=person, rows=tuple(rows)
    )


_DESCRIBING = (DescribeAttachment.kind, SetTogether.kind)
"""The kinds of changes that name files without their sums."""


class _Names:
    """The names of some files of one subject, to be taken out of changes."""

    def __init__(self, session: Session, subject: Subject, files: Sequence[Attachment]) -> None:
        self._subject, self._rounds = subject, Rounds(session)
        self._sums = {one.sha256 for one in files}
        self._pieces = {one.pieces for one in files}
        self._numbers = {one.number for one in files}

    def left_of(self, operation: Operation) -> Operation:
        """Return a change without them."""
        left: Operation = self._without(operation, None)
        return left

    def _without(self, value: Any, of: Subject | None) -> Any:
        """Return a value without them; `of` is what the files in it are attached to, None where unknown."""
        if isinstance(value, tuple) and not hasattr(value, "_fields"):
            return tuple(self._without(part, of) for part in value)
        if isinstance(value, TableRows) and value.table == attachment_table.name:
            return self._of_table(value)
        if not isinstance(value, Struct):
            return value
        of = self._subject_of(value, of)
        left = {name: self._without(getattr(value, name), of) for name in value.__struct_fields__}
        left |= dict.fromkeys(self._names_in(value, of), ERASED)
        is_same = all(getattr(value, name) == part for name, part in left.items())
        after = value if is_same else replace(value, **left)
        if isinstance(value, ImportApplications) and isinstance(after, ImportApplications):
            pairs = zip(value.files, after.files, strict=True)
            return without_source(after, {one.file.name for one, now in pairs if one != now})
        return after

    def _subject_of(self, value: Struct, of: Subject | None) -> Subject | None:
        if isinstance(value, ImportApplications):
            return Subject(APPLICATION, self._rounds.number_of(value) or 0)
        if isinstance(value, FileOf) and of is not None:
            return value.subject(of.round_id)
        return value.subject if isinstance(value, OfSubject) else of

    def _names_in(self, value: Struct, of: Subject | None) -> tuple[str, ...]:
        """Return the fields of a value that hold a name to be erased."""
        if isinstance(value, KeptFile):
            return ("name",) if of == self._subject and value.sha256 in self._sums else ()
        is_it = isinstance(value, DescribeAttachment) and value.number in self._numbers
        return ("name", "replaced_name") if is_it else ()

    def _of_table(self, value: TableRows) -> TableRows:
        key, name = (value.columns.index(one) for one in ("pieces", "name"))
        rows = (
            (*row[:name], ERASED, *row[name + 1 :]) if row[key] in self._pieces else row for row in value.rows
        )
        return replace(value, rows=tuple(rows))
