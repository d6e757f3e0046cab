"""Bringing a round up to date from its workbook, and back as it was (guide, round-workbook 4)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from models.operation import Outcome
from models.operations.operation_base import InRound, has_recommendations, in_open_round, require_round
from models.operations.panel.meetings import has_meeting
from models.operations.panel.reopened import (
    handed_in_words,
    keeping_reopened,
    marking_opened,
    met_areas,
    reopened_words,
)
from models.operations.rows.write_applications import Standing, application_ids, set_standings
from models.operations.rows.write_funds import freeze_rules, put_areas_served, remove_areas_served, set_areas
from models.operations.rows.write_panel import (
    put_panel,
    refuse_other_letters,
    remove_idle_people,
    remove_panel,
)
from models.operations.rows.write_round import is_amended, put_back, put_scheme, remove_scheme, taken_down
from models.operations.set_up.people import NameSignatories, refuse_on_panel
from models.queries.applications.applications import entered
from models.queries.deciding.signatories import people_in, seat_rows, signers_in
from models.queries.panel.panel import (
    areas_served,
    declared_on,
    interests,
    members_of,
)
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import is_direct
from models.schema.applications import application_table
from models.schema.panel import member_table
from models.schema.personal import TextAbout
from models.schema.set_up import round_table
from models.session import Session, actor_name, moment, pairs_of, set_values, today
from models.store.upkeep import TableRows
from models.trouble import refuse
from models.values.rows import (
    Answer,
    ApplicationRow,
    RoundRows,
    by_reference,
    declared_none,
    refuse_silent_withdrawal,
)
from scoring.publishing import check_scheme
from scoring.round import Area, Eligibility
from scoring.scheme import Criterion, Scheme
from scoring.written.text import Refused, first_of

HEADINGS = {
    "requested_pence": "Amount requested",
    "minimum_pence": "Minimum amount",
    "total_cost_pence": "Total project cost",
    "match_funding_pence": "Match funding",
    "received_at": "Received",
    "answers": "the answers",
}
"""What the workbook calls a field, where it is not the field's own name."""

_SET_BY_LOADING = ("eligibility", "eligibility_reason", "withdrawn")
COLUMNS_OF_LOADING = "Eligible, Eligibility reason and Withdrawn"
"""What a workbook calls what loading sets."""
_COMPARED = tuple(
    name
    for name in ApplicationRow.__struct_fields__
    if name not in (*_SET_BY_LOADING, "reference", "received_has_time")
)


def application_differences(
    record: Iterable[ApplicationRow], workbook: Iterable[ApplicationRow]
) -> Iterator[str]:
    """Yield why a workbook's applications are not those of the record; what loading sets is left out.

    Texts are compared as a workbook can hold them: trimmed, with plain line breaks, blank answers left
    out; times to the second.
    """
    ours = by_reference(record)
    theirs = by_reference(workbook)
    added = [reference for reference in theirs if reference not in ours]
    if added:
        yield (
            f"The workbook has applications that are not in the record: {first_of(added)}. Import them "
            f"first, from a copy without the columns that loading sets: {COLUMNS_OF_LOADING}."
        )
    removed = [reference for reference in ours if reference not in theirs]
    if removed:
        yield f"The workbook lacks applications of the record: {first_of(removed)}. Put their rows back."
    yield from _changed(ours, theirs)


def scheme_differences(published: Scheme, workbook: Scheme) -> Iterator[str]:
    """Yield the names of what differs between two schemes; a workbook holds no descriptors of marks."""
    ours = {criterion.code: criterion for criterion in published.criteria}
    theirs = {criterion.code: criterion for criterion in workbook.criteria}
    for code in dict.fromkeys((*ours, *theirs)):
        if code not in theirs:
            yield f"criterion {code} is missing"
        elif code not in ours:
            yield f"criterion {code} is new"
        elif not _same_criterion(ours[code], theirs[code]):
            yield f"criterion {code}"
    for name in Scheme.__struct_fields__:
        if name in ("criteria", "descriptors"):
            continue
        if not _same(getattr(published, name), getattr(workbook, name)):
            yield name.removesuffix("_pence").replace("_", " ")


def _changed(ours: Mapping[str, ApplicationRow], theirs: Mapping[str, ApplicationRow]) -> Iterator[str]:
    found = {
        reference: names
        for reference, row in ours.items()
        if reference in theirs and (names := list(_fields_differing(row, theirs[reference])))
    }
    if found:
        listed = first_of([f"{reference} in {' and '.join(names)}" for reference, names in found.items()])
        yield (
            f"Applications differ from the record: {listed}. Loading sets {COLUMNS_OF_LOADING}; "
            "what was submitted stays as it is."
        )


def _fields_differing(ours: ApplicationRow, theirs: ApplicationRow) -> Iterator[str]:
    if ours == replace(theirs, **{name: getattr(ours, name) for name in _SET_BY_LOADING}):
        return
    for name in _COMPARED:
        if not _same(getattr(ours, name), getattr(theirs, name)):
            yield HEADINGS.get(name, name.replace("_", " ").capitalize())


def _same_criterion(ours: Criterion, theirs: Criterion) -> bool:
    names = Criterion.__struct_fields__
    return all(_same(getattr(ours, name), getattr(theirs, name)) for name in names)


def _same(ours: object, theirs: object) -> bool:
    if isinstance(ours, str) and isinstance(theirs, str):
        return _plain(ours) == _plain(theirs)
    if isinstance(ours, datetime) and isinstance(theirs, datetime):
        return abs(ours - theirs) < timedelta(seconds=1)
    if (
        isinstance(ours, tuple)
        and isinstance(theirs, tuple)
        and all(isinstance(item, tuple) for item in ours + theirs)
    ):
        return _answered(ours) == _answered(theirs)
    return ours == theirs


def _answered(answers: tuple[Answer, ...]) -> dict[str, str]:
    return {_plain(heading): _plain(text) for heading, text in answers if _plain(text)}


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


class ReplaceRound(InRound, frozen=True):
    """Set a round's pots, panel, marks and gates from its workbook, and open it if it was being set up.

    While it is being set up the scheme is the workbook's; once published it must be the same. Eligible
    sets all gates of an application where it, or its reason, differs from what the gates come to now.
    `reopen_because` is why members are otherwise in it, or sheets that were handed in, which say it too.
    """

    kind = "replace round"
    titled = "Bring the round “{0.rows.name}” up to date from its workbook"
    rows: RoundRows
    source: str = ""
    reopen_because: TextAbout = ""

    def check_at_entry(self, session: Session) -> None:
        """Refuse a workbook that lacks a declared interest without a word of why.

        And a name that somebody has in other letters who is none of the panel that it stands for, and a sheet
        that was handed in and is not, or otherwise, there without a reason.
        """
        members = {member.code for member in self.rows.members}
        refuse_silent_withdrawal(interests(session, self.round_id), self.rows.interests, members)
        leaving = [one.name for one in members_of(session, self.round_id)]
        refuse_other_letters(session, people_in(self.rows), leaving)
        refuse_on_panel([one.name for one in self.rows.members], signers_in(self.rows))
        before = round_rows(session, self.round_id)
        known = replace(before, members=()) if self.reopen_because.strip() else before
        refuse(handed_in_words(known, self.rows))

    @marking_opened
    def apply(self, session: Session) -> Outcome:
        """Set what a workbook may set; refused for anything else, and in a round without a competition."""
        stage = require_round(session, self.round_id)
        _refuse_direct(session, self.round_id, self.rows.name)
        before = round_rows(session, self.round_id)
        refuse(" ".join(_refusals(session, self.round_id, before, self.rows, stage)))
        inverse = _snapshot(session, self.round_id, before, stage)
        inverse = replace(inverse, reopen_because=self.reopen_because)
        rows = replace(self.rows, scheme=_with_descriptors(self.rows.scheme, before.scheme))
        if stage == "set up":
            remove_scheme(session, self.round_id)
            put_scheme(session, self.round_id, rows.scheme, frozen_at=moment(session))
            _set_stage(session, self.round_id, "open", opened_at=moment(session))
        set_standings(session, dict(_changed_standings(session, self.round_id, before, rows)))
        rows = replace(rows, interests=(*rows.interests, *declared_none(rows, before)))
        kept = keeping_reopened(rows, before, met_areas(session, self.round_id))
        _write(session, self.round_id, kept)
        if rows.seats:
            seated = NameSignatories.of_seats(session, self.round_id, rows.seats)
            inverse = replace(inverse, signing=seated.before(session))
            seated.apply(session)
        opened = " It is now open, and its scheme is published." if stage == "set up" else ""
        told = f"{opened}{reopened_words(before, rows)}{_new_words(session, self.round_id, before, rows)}"
        return Outcome(inverse, f"The round “{rows.name}” now matches the workbook.{told}")


def _new_words(session: Session, round_id: int, before: RoundRows, rows: RoundRows) -> str:
    """Say who is new on every panel of a round whose members belong to areas, "" for nobody."""
    known = {one.code for one in before.members}
    new = [one.code for one in rows.members if one.code not in known]
    if not (new and areas_served(session, round_id)):
        return ""
    return f" New on the panel of every area: {first_of(new)}. Change their areas on Panel & interests."


class Stood(Struct, frozen=True):
    """What a workbook sets of one application: withdrawn, and what stands for all gates, by whom."""

    reference: str
    withdrawn: bool
    all_gates: str
    reason: TextAbout
    by: str


class PutRoundBack(InRound, frozen=True):
    """Put a round back as it was before it was brought up to date from a workbook, row by row.

    `areas` and `standings` are what the workbook set beside the rows of `tables`; `signing` puts back who
    signed after the panel, where the workbook said who does. `reopen_because` is as in what is taken
    back.
    """

    kind = "put round back"
    titled = "Put the round “{0.name}” back as it was"
    name: str
    stage: str
    areas: tuple[Area, ...]
    standings: tuple[Stood, ...]
    tables: tuple[TableRows, ...]
    signing: NameSignatories | None = None
    reopen_because: TextAbout = ""

    @marking_opened
    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Put it back; refused once the panel met, its scheme was amended or anything is recommended."""
        _refuse_recommended(session, self.round_id, self.name)
        self._check(session)
        before = round_rows(session, self.round_id)
        if self.signing is not None:
            before = replace(before, seats=seat_rows(session, self.round_id))
            self.signing.apply(session)
        if self.stage == "set up":
            _set_stage(session, self.round_id, "set up", opened_at=None)
        numbers = application_ids(session, self.round_id)
        stood = {numbers[one.reference]: one for one in self.standings}
        set_standings(session, {of: (Eligibility(s.all_gates), s.reason, s.by) for of, s in stood.items()})
        _set_withdrawn(session, {of: one.withdrawn for of, one in stood.items()})
        put_back(session, self.round_id, self.tables)
        set_areas(session, self.round_id, self.areas)
        remove_idle_people(session)
        return self.done(ReplaceRound(self.round_id, before, reopen_because=self.reopen_because))

    def _check(self, session: Session) -> None:
        if has_meeting(session, self.round_id):
            raise Refused(f"{_met(self.name)} It was not put back.")
        if self.stage == "set up" and is_amended(session, self.round_id):
            raise Refused(f"The criteria of “{self.name}” were amended since, and every version is kept.")


def _refusals(
    session: Session, round_id: int, before: RoundRows, rows: RoundRows, stage: str
) -> Iterator[str]:
    _refuse_recommended(session, round_id, rows.name)
    if has_meeting(session, round_id):
        yield _met(rows.name)
    yield from application_differences(before.applications, rows.applications)
    if stage == "set up":
        check_scheme(rows.scheme)
        return
    differing = list(scheme_differences(before.scheme, rows.scheme))
    if differing:
        yield (
            f"The scheme of “{rows.name}” is published and the workbook's differs: {first_of(differing)}. "
            "Put it back as it was published."
        )


def _refuse_recommended(session: Session, round_id: int, name: str) -> None:
    if has_recommendations(session, round_id):
        raise Refused(
            f"The round “{name}” has recommendations, which rest on its marks and pots as they are. "
            "Nothing was changed. Withdraw the recommendations in the window first, or give the workbook "
            "another round name and load it as a new round."
        )


def _refuse_direct(session: Session, round_id: int, name: str) -> None:
    if is_direct(session, round_id):
        raise Refused(
            f"The round “{name}” holds awards without a competition, which a workbook cannot change. Change "
            "them on Awards & payments, or with award set. Nothing was changed."
        )


def _met(name: str) -> str:
    return f"The panel of “{name}” has met. Change its marks on the Meeting page."


def _snapshot(session: Session, round_id: int, before: RoundRows, stage: str) -> PutRoundBack:
    withdrawn = {row.reference: row.withdrawn for row in before.applications}
    standings = tuple(Stood(of, withdrawn[of], *one.word) for of, one in entered(session, round_id).items())
    tables = taken_down(session, round_id, scheme=stage == "set up")
    return PutRoundBack(round_id, before.name, stage, before.areas, standings, tables)


def _with_descriptors(scheme: Scheme, before: Scheme) -> Scheme:
    """Return the workbook's scheme with the words for marks that the record has for the same scale."""
    if scheme.descriptors or scheme.scale_maximum != before.scale_maximum:
        return scheme
    return replace(scheme, descriptors=before.descriptors)


def _set_stage(session: Session, round_id: int, stage: str, *, opened_at: datetime | None) -> None:
    values = {"stage": stage, "opened_at": opened_at, "fund_rules": None}
    set_values(session, round_table, {"id": round_id}, **values)
    if opened_at is not None:
        freeze_rules(session, round_id)


def _changed_standings(
    session: Session, round_id: int, before: RoundRows, rows: RoundRows
) -> Iterator[tuple[int, Standing]]:
    """Yield what to set all gates to, for the applications whose Eligible or reason is another now."""
    numbers = application_ids(session, round_id)
    was = {row.reference: (row.eligibility, row.eligibility_reason) for row in before.applications}
    for row in rows.applications:
        if was[row.reference] != (row.eligibility, row.eligibility_reason):
            yield numbers[row.reference], (row.eligibility, row.eligibility_reason, actor_name(session))


def _write(session: Session, round_id: int, rows: RoundRows) -> None:
    """Write areas, withdrawals and everything of the panel; kinds and areas served stay."""
    served = areas_served(session, round_id)
    set_areas(session, round_id, rows.areas)
    remove_areas_served(session, round_id)
    numbers = application_ids(session, round_id)
    _set_withdrawn(session, {numbers[row.reference]: row.withdrawn for row in rows.applications})
    kinds = pairs_of(session, member_table.c.code, member_table.c.kind, round_id=round_id)
    days = declared_on(session, round_id)
    remove_panel(session, round_id)
    put_panel(session, round_id, rows, kinds, days, today(session))
    put_areas_served(session, round_id, served)
    remove_idle_people(session)


def _set_withdrawn(session: Session, withdrawn: Mapping[int, bool]) -> None:
    for answer in (True, False):
        chosen = [of for of, is_withdrawn in withdrawn.items() if is_withdrawn is answer]
        set_values(session, application_table, {"id": chosen}, withdrawn=answer)
