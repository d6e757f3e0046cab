"""What would come of importing returns, itemised before anything is written, and what is left to decide."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from models.operation import operation_of
from models.queries.packs.packs import enrolled, settled_histories, without_closed
from models.queries.packs.return_checks import (
    closed_to_interests,
    closed_to_marks,
    hold_back,
    issued_in,
    references,
    require_ours,
    require_same_scheme,
    require_sound,
    where_it_belongs,
)
from models.queries.panel.panel import interests
from models.queries.set_up.office import office_name
from models.queries.set_up.rounds import has_revisions, round_line
from models.schema.applications import application_table
from models.schema.packs import member_key_table, returned_table
from models.schema.set_up import area_table
from models.session import Session, row_at, selection
from models.store import chain as journal
from models.store.chain import said_rows
from models.store.locks.signing_on import closed_disputes
from models.trouble import Trouble
from models.values import canonical
from models.values.pack_plans import (
    Copied,
    Decision,
    Difference,
    Incoming,
    Item,
    MemberPlan,
    MemberReport,
    MergeReport,
    Plan,
    Side,
    Source,
    Unfit,
    counts,
    decided_of,
    taken_of,
)
from models.values.packs import MOST_OF_ONE, Return, read_return
from models.values.revisions import INTEREST, History, Key, Revision, contradicts_itself, within
from models.values.rows import gathered, waits_for_declaration
from models.values.signing import short_code
from scoring.round import InterestKind
from scoring.written.text import Refused, counted, first_of

GONE, GONE_WORDS = "An application that is gone", "this record no longer has the application"
TOO_OFTEN = f"it was changed more than {MOST_OF_ONE} times; enter it by hand"
BOTH = "{} is declared in it too, and the interest counts"
NO_APPLICATION = "it names no application; ask the member which one, and enter it by hand"
UNDECLARED = "the member has not declared interests, and must declare before their marks count"
NOT_ISSUED = "it was not in the pack, so the member was not asked to score it"
_NONE = InterestKind.NONE.value
Of = tuple[str, str]
"""The identities of a round and of a member in it."""


class _Round(Struct, frozen=True):
    """What is asked once of a round: references by identity, and what is closed to marks and interests.

    `issued` are the applications that the member was given, None where that is not known or not asked; of one
    who `is_undeclared` no mark is taken.
    """

    references: Mapping[str, str]
    marks: Mapping[str, str]
    interests: Mapping[str, str]
    issued: frozenset[str] | None = None
    is_undeclared: bool = False

    def closed(self, key: Key) -> str:
        """Say why a value may not be taken, "" when it may."""
        if self.issued is not None and key.application and key.application not in self.issued:
            return NOT_ISSUED
        if key.slot == INTEREST:
            return self.interests.get(key.application, "")
        return UNDECLARED if self.is_undeclared else self.marks.get(key.application, "")

    def reference(self, key: Key) -> str:
        """Return the reference of a key's application, "" for the whole round."""
        return self.references.get(key.application, "")


def import_plan(
    session: Session,
    texts: Sequence[str],
    decisions: Sequence[Decision] = (),
    copied: Sequence[Copied] = (),
    also: Iterable[Of] = (),
) -> Plan:
    """Return what importing returns would do; refused where one is not of this record, round or scheme.

    `copied` is what members entered in a copy of this record since it diverged, and is joined after the
    returns. `also` are members of whom something is asked though nothing came of them.
    """
    asked = (*((d.round, d.member) for d in decisions), *((c.round, c.member) for c in copied), *also)
    given: dict[Of, dict[str, Return]] = {of: {} for of in asked}
    for text in texts:
        found = read_return(text)
        given.setdefault((found.round, found.member), {})[text] = found
    return Plan(tuple(_member_plan(session, of, given[of], decisions, copied) for of in sorted(given)))


class Fitting(Struct, frozen=True):
    """Returns by the names of their files: those that fit this record, and why each other one does not."""

    files: Mapping[str, str]
    unfit: tuple[Unfit, ...]


def importable_returns(session: Session, files: Mapping[str, str]) -> Fitting:
    """Return which of several returns can be imported; each one that cannot is named, with why."""
    texts = tuple(files)
    try:
        import_plan(session, texts)
    except (Refused, Trouble):
        faults = {text: _fault(session, text) for text in texts}
        unfit = tuple(Unfit(files[text], str(no)) for text, no in faults.items() if no)
        return Fitting({text: file for text, file in files.items() if not faults[text]}, unfit)
    return Fitting(dict(files), ())


def _fault(session: Session, text: str) -> Refused | Trouble | None:
    try:
        import_plan(session, (text,))
    except (Refused, Trouble) as no:
        return no
    return None


def plan_of_files(session: Session, files: Mapping[str, str], copied: Sequence[Copied] = ()) -> Plan:
    """Return what taking in returns would do, by the names of their files; one that does not fit is named."""
    texts = tuple(files)
    try:
        return import_plan(session, texts, copied=copied)
    except (Refused, Trouble) as no:
        for text, file in files.items() if texts[1:] else ():
            if own := _fault(session, text):
                raise type(own)(f"{file}: {own}") from no
        raise no


def open_plan(session: Session, round_id: int) -> Plan:
    """Return the members of whom something is still to be decided; there is nothing to take in."""
    round_uid = round_line(session, round_id).uid
    every = enrolled(session, round_id).values()
    plans = (_member_plan(session, (round_uid, member.uid), {}, ()) for member in every)
    return Plan(tuple(member for member in plans if member.differences))


def _member_plan(
    session: Session,
    of: Of,
    given: Mapping[str, Return],
    decisions: Sequence[Decision],
    copied: Sequence[Copied] = (),
) -> MemberPlan:
    round_id, code, name = where_it_belongs(session, *of)
    closed = closed_to_marks(session, round_id), closed_to_interests(session, round_id)
    came = [found.revisions for found in given.values()]
    came += [part.revisions for part in copied if (part.round, part.member) == of]
    declares = any(one.slot == INTEREST for revisions in came for one in revisions)
    waits = not declares and waits_for_declaration(interests(session, round_id), code)
    facts = _Round(dict(references(session, round_id)), *closed, is_undeclared=waits)
    before = settled_histories(session, round_id, code)
    after = dict(before)
    refused: dict[Item, None] = {}
    for found in given.values():
        require_ours(session, round_id, found, after)
        issued = issued_in(session, found)
        refused |= dict.fromkeys(
            _join(after, found.revisions, replace(facts, issued=issued), code, within(*of))
        )
    for part in (part for part in copied if (part.round, part.member) == of):
        require_same_scheme(session, round_id, part)
        require_sound(session, round_id, part.within, part.revisions, after)
        refused |= dict.fromkeys(_join(after, part.revisions, facts, code, within(*of)))
    _decide(after, [d for d in decisions if (d.round, d.member) == of])
    for key, why in hold_back(session, round_id, before, after):
        refused[Item(code, facts.reference(key), key.slot, "false", "true", why)] = None
    in_order = sorted(after.items(), key=lambda pair: (facts.reference(pair[0]), pair[0].slot))
    on_file = session.scalar(selection(member_key_table.c.member_key, member=of[1]))
    kept = tuple(text for text in given if _is_new(session, text))
    keys = tuple(dict.fromkeys(given[text].member_key for text in kept))
    others = tuple(key for key in keys if key != on_file)
    return MemberPlan(
        round_id,
        *of,
        code,
        name,
        before,
        after,
        taken=tuple(_taken(before, in_order, facts, code)),
        refused=tuple(sorted(refused, key=attrgetter("reference", "slot"))),
        differences=tuple(_differences(of, in_order, facts, code)),
        kept=kept,
        new_keys=others,
        is_key_changed=bool(others) and (on_file is not None or len(keys) > 1),
    )


def _join(
    after: dict[Key, History], given: Sequence[Revision], facts: _Round, code: str, of: str
) -> Iterator[Item]:
    for key, revisions in gathered((revision.key, revision) for revision in given).items():
        newest = max(revisions, key=lambda revision: revision.number)
        if key.application and key.application not in facts.references:
            yield Item(code, GONE, key.slot, key.at_first, newest.value, GONE_WORDS)
            continue
        here = after.get(key) or History.new(of, key)
        joined = here.joined(revisions)
        why = facts.closed(key) or _of_no_application(newest)
        why = why or (TOO_OFTEN if len(joined.revisions) > MOST_OF_ONE + 1 else "")
        if why and joined != here:
            yield Item(code, facts.reference(key), key.slot, here.value, newest.value, why)
        elif joined != here:
            after[key] = joined
            yield from _put_aside(newest, here, code, facts)


def _of_no_application(newest: Revision) -> str:
    """Say why an interest that belongs to no application is not taken, "" for anything else."""
    is_wide = newest.slot == INTEREST and not newest.application
    return NO_APPLICATION if is_wide and any(kind != _NONE for kind, _ in json.loads(newest.value)) else ""


def _put_aside(newest: Revision, here: History, code: str, facts: _Round) -> Iterator[Item]:
    """Yield the "none" that stands beside an interest in one declaration, which counts for nothing."""
    if newest.hash not in here.revisions and contradicts_itself(newest.slot, newest.value):
        kinds = " and ".join(kind for kind, _ in json.loads(newest.counted))
        nothing = canonical.dumps([[_NONE, ""]])
        yield Item(code, facts.reference(newest.key), newest.slot, here.value, nothing, BOTH.format(kinds))


def _decide(after: dict[Key, History], decisions: Sequence[Decision]) -> None:
    """Write down what a person chose; refused where that is no longer one of the sides."""
    for decision in decisions:
        key = Key(decision.application, decision.slot)
        history = after.get(key)
        if history is None or not history.is_open or decision.chosen not in {h.hash for h in history.heads}:
            raise Refused("What was to be decided changed in the meantime. Look again.")
        if not decision.reason.strip():
            raise Refused("Say why this value is kept and not the other.")
        after[key] = history.decided(decision.chosen)


def _taken(
    before: Mapping[Key, History], after: Iterable[tuple[Key, History]], facts: _Round, code: str
) -> Iterator[Item]:
    for key, history in after:
        stood = before[key].value if key in before else key.at_first
        if history.value != stood:
            yield Item(code, facts.reference(key), key.slot, stood, history.value)


def _differences(
    of: Of, after: Iterable[tuple[Key, History]], facts: _Round, code: str
) -> Iterator[Difference]:
    for key, history in after:
        if history.is_open:
            sides = tuple(Side(h.hash, h.counted, h.hash in history.stands) for h in history.heads)
            ordered = tuple(sorted(sides, key=attrgetter("is_here"), reverse=True))
            yield Difference(*of, code, facts.reference(key), key, history.value, ordered)


SHOWN = 3


def open_disputes(session: Session, round_id: int, areas: Collection[str]) -> tuple[Difference, ...]:
    """Return what is to be decided in some areas of a round: on their applications, or of the whole round.

    What differs on a withdrawn application holds nothing up.
    """
    if not has_revisions(session, round_id):
        return ()
    columns = select(application_table.c.uid).join(area_table)
    of = columns.where(application_table.c.round_id == round_id, area_table.c.name.in_(areas))
    known = {"", *session.scalars(of.where(application_table.c.withdrawn.is_(False)))}
    return tuple(one for one in open_plan(session, round_id).differences if one.key.application in known)


def refuse_disputes(session: Session, round_id: int, areas: Collection[str], action: str) -> None:
    """Refuse an action that rests on marks and declarations while some of them are to be decided."""
    found = open_disputes(session, round_id, areas)
    if found:
        raise Refused(f"{dispute_words(found)} Decide it on Packs; then {action}.")
    closed = closed_disputes(session, round_id)
    number = sum(closed.get(area, 0) for area in areas)
    if number:
        raise Refused(f"{closed_words(number)}; then {action}.")


def dispute_words(found: Collection[Difference]) -> str:
    """Say what is to be decided: "1 value differs from a return: ACF-001 A1 of M1."."""
    named = first_of((f"{one.what} of {one.code}" for one in found), SHOWN)
    return f"{counted(len(found), 'value differs', 'values differ')} from a return: {named}."


def closed_words(number: int) -> str:
    """Say that something is to be decided by somebody else, without its full stop."""
    count = counted(number, "value differs", "values differ")
    return f"{count} from a return on what your interest closes to you. An officer decides that on Packs"


def merge_report(
    session: Session,
    record: str,
    incoming: Incoming,
    decisions: Sequence[Decision] = (),
    reader: str = "",
) -> MergeReport:
    """Return the report of taking in what came, as a dry run; `record` is the name of the record's file.

    What is closed to the `reader` is left out.
    """
    texts = tuple(incoming.files)
    planned = import_plan(session, texts, decisions, incoming.copied)
    undecided = import_plan(session, texts, (), incoming.copied, [member.of for member in planned.members])
    planned, undecided = (without_closed(session, one, reader) for one in (planned, undecided))
    head = journal.head(session).seq
    last_day = next((row.at.date() for row in journal.entries(session, after=head - 1)), None)
    markings = [round_line(session, one).marking for one in {one.round_id for one in undecided.members}]
    return MergeReport(
        office="" if last_day is None else office_name(session, last_day),
        record=record,
        marking=max(markings, key=len, default="OFFICIAL"),
        sources=tuple(_sources(session, undecided, incoming)),
        members=tuple(
            _member(session, asked, member, decisions)
            for asked, member in zip(undecided.members, planned.members, strict=True)
        ),
        warnings=incoming.warnings,
        after_row=head,
        left=incoming.left,
        unfit=incoming.unfit,
    )


def _member(
    session: Session, asked: MemberPlan, planned: MemberPlan, decisions: Sequence[Decision]
) -> MemberReport:
    return MemberReport(
        code=planned.code,
        name=planned.name,
        round=round_line(session, planned.round_id).words,
        key=" and ".join(short_code(bytes.fromhex(key)) for key in planned.new_keys),
        is_key_changed=planned.is_key_changed,
        counts=counts(planned.before, planned.after),
        taken=taken_of(asked, planned),
        decided=tuple(decided_of(asked, decisions)),
        refused=planned.refused,
    )


def _sources(session: Session, planned: Plan, incoming: Incoming) -> Iterator[Source]:
    if incoming.copy:
        yield Source(incoming.copy_file, "–", f"Copy that ends with {incoming.copy}", "–", planned.is_new)
    members = {member.of: f"{member.name} ({member.code})" for member in planned.members}
    for text, file in incoming.files.items():
        given = read_return(text)
        whose, what = members[given.round, given.member], f"Return {given.number}"
        yield Source(file, whose, what, given.code, _is_new(session, text))


def _is_new(session: Session, text: str) -> bool:
    return row_at(session, returned_table, hashlib.sha256(text.encode()).hexdigest()) is None


def taken_up_to(session: Session, source: str) -> int | None:
    """Return the last row of a record's journal when it was imported last, None where it never was."""
    found = [operation_of(row.kind, row.body) for row in said_rows(session, ("take in rounds",))]
    return max((one.row for one in found if one.source == source), default=None)
