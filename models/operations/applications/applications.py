"""Importing applications, removing them and bringing them back."""

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace
from sqlalchemy import select

from models.operation import Operation, Outcome
from models.operations.applications.attachments import put_with, remove_with, set_removed
from models.operations.applications.gates import judge_new, late_words
from models.operations.operation_base import (
    SETTING,
    TOLD,
    InRound,
    RegisteredOperation,
    in_open_round,
    recommended_areas,
    require_competition,
    require_round,
)
from models.operations.panel.reopened import marking_opened
from models.operations.rows.write_applications import (
    NOT_CHECKED,
    Standing,
    application_ids,
    put_applications,
    put_choices,
    put_corrections,
    put_gate_results,
    put_matching,
    suggest_choices,
)
from models.operations.rows.write_funds import area_ids, find_fund, put_areas
from models.operations.rows.write_round import remove_applications
from models.operations.set_up.load import RemoveRound, check_areas
from models.operations.set_up.rounds import check_name, set_up
from models.queries.applications.applications import (
    GateResult,
    applications,
    as_submitted,
    corrections,
    entered,
    gate_results,
)
from models.queries.applications.choices import choices_of
from models.queries.deciding.challenges import challenged_in
from models.queries.set_up.rounds import find_round_id
from models.schema.applications import application_table
from models.schema.panel import (
    agreement_table,
    attendance_table,
    chair_decision_table,
    closed_item_table,
    interest_table,
    meeting_table,
    not_applicable_table,
    sheet_table,
    signer_interest_table,
)
from models.schema.set_up import area_table
from models.session import Session, count, next_position, pairs_of, remove, selection
from models.trouble import refuse
from models.values.applications import ChoicesOf, corrections_on_import
from models.values.attachments import FileOf
from models.values.importing import Matching
from models.values.rounds import RoundKey
from models.values.rows import ApplicationRow, AsSubmitted
from scoring.round import Area, Eligibility
from scoring.written.text import Refused, first_of

Came = tuple[str, str]
"""A correction that came with its application: the reference, and the field."""


def add_areas(session: Session, round_id: int, names: Sequence[str]) -> None:
    """Add areas to a round with a £0.00 pot each; refused where one is there."""
    there = area_ids(session, round_id)
    taken = next((name for name in names if name in there), "")
    refuse(SETTING.new_names(taken, len(set(names)) < len(names)))
    put_areas(session, round_id, {i: Area(name, 0) for i, name in enumerate(names, len(there))})


def check_new(session: Session, round_id: int, rows: Sequence[ApplicationRow]) -> None:
    """Refuse a reference that the round has already, or that is there twice."""
    references = [row.reference for row in rows]
    there = application_ids(session, round_id)
    taken = [reference for reference in references if reference in there]
    twice = [reference for reference, count in Counter(references).items() if count > 1]
    refuse(SETTING.new_references(taken, twice))


def check_stages(session: Session, round_id: int, rows: Sequence[ApplicationRow]) -> None:
    """Refuse an application to an area whose intake is over."""
    columns = select(area_table.c.name, area_table.c.stage).where(
        area_table.c.round_id == round_id, area_table.c.stage != "intake"
    )
    moved_on = dict(session.execute(columns).all())
    for row in rows:
        if row.area in moved_on:
            raise Refused(
                f"{row.reference} is of the area {row.area}, which has moved on to {moved_on[row.area]}. "
                "The chair can move it back to intake."
            )


class RemoveApplications(InRound, frozen=True):
    """Take applications out that nothing hangs on yet, and the areas that came with them.

    `corrected` are corrections that came with them: a reference and a field.
    """

    kind = "remove applications"
    titled = "Remove {0.references:application}"
    told = "{1:application} removed."
    references: tuple[str, ...]
    areas: tuple[str, ...] = ()
    corrected: tuple[Came, ...] = ()

    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Take them out; refused once a member marked or declared anything on one, or it is recommended."""
        if not self.references:
            raise Refused("There is no application to remove.")
        chosen = set(self.references)
        _check_there(session, self.round_id, self.references)
        _check_free(session, self.round_id, chosen, self.corrected)
        inverse = _bring_back(session, self.round_id, chosen)
        of_it = selection(application_table.c.uid, round_id=self.round_id, reference=sorted(chosen))
        attached = remove_with(session, of_it)
        inverse = replace(
            inverse, choices=choices_of(session, self.round_id, sorted(chosen)), attachments=attached
        )
        remove_applications(session, self.round_id, reference=sorted(chosen))
        there = area_ids(session, self.round_id)
        _remove_areas(session, self.round_id, self.areas)
        gone = there.keys() - area_ids(session, self.round_id).keys()
        areas = tuple(name for name in self.areas if name in gone)
        return self.done(replace(inverse, areas=areas), chosen)


class BringBackApplications(InRound, frozen=True):
    """Bring removed applications back where they stood, with what their gates came to.

    `attachments` are the numbers of the files that were removed with them, and `numbers` those by which the
    record knew them: they have these again, unless others have one by now.
    """

    kind = "bring back applications"
    titled = "Bring back {0.rows:application}"
    told = "{0.rows:application} brought back."
    rows: tuple[ApplicationRow, ...]
    positions: tuple[int, ...]
    all_gates: tuple[tuple[str, str, str], ...]
    gates: tuple[GateResult, ...] = ()
    areas: tuple[str, ...] = ()
    choices: tuple[ChoicesOf, ...] = ()
    submitted: tuple[AsSubmitted, ...] = ()
    attachments: tuple[int, ...] = ()
    numbers: tuple[int, ...] = ()

    @marking_opened
    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Put them in again; refused where a reference is taken by now."""
        check_new(session, self.round_id, self.rows)
        add_areas(session, self.round_id, self.areas)
        standings = ((Eligibility(word), reason, by) for word, reason, by in self.all_gates)
        free = () if count(session, application_table, id=self.numbers) else self.numbers
        put_applications(session, self.round_id, self.rows, standings, self.positions, self.submitted, free)
        put_corrections(session, self.round_id, self.rows, self.submitted)
        put_gate_results(session, self.round_id, self.gates)
        put_choices(session, self.round_id, self.choices)
        set_removed(session, self.attachments, is_removed=False)
        references = tuple(row.reference for row in self.rows)
        return self.done(RemoveApplications(self.round_id, references, self.areas, came_with(self.submitted)))


def came_with(submitted: Sequence[AsSubmitted]) -> tuple[Came, ...]:
    return tuple((one.application, of.field) for one in submitted for of in one.corrected)


def _check_there(session: Session, round_id: int, references: Sequence[str]) -> None:
    there = application_ids(session, round_id)
    missing = [reference for reference in references if reference not in there]
    if missing:
        raise Refused(f"Not in the round: {first_of(missing)}. Correct the references.")


def _remove_areas(session: Session, round_id: int, names: Sequence[str]) -> None:
    of_round = area_table.c.round_id == round_id
    kept = select(application_table.c.area_id).where(application_table.c.area_id.is_not(None))
    met = select(attendance_table.c.area_id).union_all(select(meeting_table.c.area_id))
    free = area_table.c.id.not_in(kept) & area_table.c.id.not_in(met)
    remove(session, area_table, of_round & area_table.c.name.in_(names) & free)


_OF_THE_PANEL = (
    sheet_table.c.application_id,
    interest_table.c.application_id,
    signer_interest_table.c.application_id,
    agreement_table.c.application_id,
    not_applicable_table.c.application_id,
    chair_decision_table.c.application_id,
    closed_item_table.c.application_id,
)
"""Where the panel's work on an application stands."""


def _check_free(session: Session, round_id: int, chosen: set[str], came: Sequence[Came]) -> None:
    """Refuse to remove what somebody corrected since, marked, challenged or recommended."""
    made = [one for one in corrections(session, round_id) if one.application in chosen]
    touched = dict.fromkeys(one.application for one in made if (one.application, one.field) not in came)
    of, marked = application_table.c, list[str]()
    for column in () if touched else _OF_THE_PANEL:
        query = select(of.reference).where(of.round_id == round_id, of.id.in_(select(column))).order_by(of.id)
        marked = marked or [reference for reference in session.scalars(query) if reference in chosen]
    challenged = sorted(chosen.intersection(challenged_in(session, round_id)))
    areas = [area or "The round" for area in sorted(recommended_areas(session, round_id, chosen))]
    refuse(SETTING.applications_stay(list(touched), marked, challenged, areas))


def _bring_back(session: Session, round_id: int, chosen: set[str]) -> BringBackApplications:
    of = application_table.c
    positions = pairs_of(session, of.reference, of.position, round_id=round_id)
    words = entered(session, round_id)
    rows = tuple(row for row in applications(session, round_id) if row.reference in chosen)
    known = application_ids(session, round_id)
    return BringBackApplications(
        round_id,
        rows,
        numbers=tuple(known[row.reference] for row in rows),
        positions=tuple(positions[row.reference] for row in rows),
        all_gates=tuple(words[row.reference].word for row in rows),
        gates=tuple(found for found in gate_results(session, round_id) if found.application in chosen),
        submitted=as_submitted(session, round_id, chosen),
    )


BY_HAND = "by hand"
"""The source of what somebody typed in, and no file brought."""


class ImportApplications(RegisteredOperation, frozen=True):
    """Import applications, as they were submitted; a round that is not there is set up for them.

    Gates start to check, whatever the rows say of eligibility, but for those that the caps and the closing
    dates answer. Each of `added_areas` gets a £0.00 pot. `source` and `sha256` are of the file that the rows
    were read from; `matching` is remembered, and stays so when this is undone. `submitted` has the cells of
    the file, and what of the rows was corrected on the way in. `files` come with the applications, or with
    the round that is set up; their bytes are put in beside.
    """

    kind = "import applications"
    titled = "Import {0.rows:application} to {0.round.words}"
    round: RoundKey
    rows: tuple[ApplicationRow, ...]
    added_areas: tuple[str, ...] = ()
    source: str = ""
    sha256: str = ""
    matching: Matching | None = None
    submitted: tuple[AsSubmitted, ...] = ()
    files: tuple[FileOf, ...] = ()

    @property
    def detail(self) -> str:
        """Return what was corrected on the way in, and why, "" for nothing."""
        told = corrections_on_import(self.rows, self.submitted)
        said = (": ".join(filter(None, (one.in_history, one.reason))) for one in told)
        return "; ".join(f"{one.application}, {words}" for one, words in zip(told, said, strict=True))

    def check_at_entry(self, session: Session) -> None:
        """Refuse a new round whose name one of the fund and year has in other letters."""
        check_name(session, self.round)

    @marking_opened
    def apply(self, session: Session) -> Outcome:
        """Put the applications in; refused where a reference is taken or an area has no pot."""
        if not self.rows:
            raise Refused("There is no application to import.")
        fund_id = find_fund(session, self.round.fund)
        round_id = find_round_id(session, fund_id, self.round.year, self.round.name)
        is_new = round_id is None
        if round_id is None:
            round_id = set_up(session, self.round, ())
        require_round(session, round_id)
        require_competition(session, round_id)
        add_areas(session, round_id, self.added_areas)
        self._put(session, round_id)
        if self.matching is not None:
            assert fund_id is not None, "a round is of a fund"
            put_matching(session, fund_id, self.matching)
        judged = judge_new(session, round_id, self.rows)
        new_round = self.round.words if is_new else ""
        words = TOLD.imported(new_round, self.rows, self.source == BY_HAND, judged.over_cap)
        return Outcome(self._inverse(round_id, is_new=is_new), f"{words}{late_words(judged.late)}")

    def _put(self, session: Session, round_id: int) -> None:
        check_new(session, round_id, self.rows)
        check_stages(session, round_id, self.rows)
        check_areas(set(area_ids(session, round_id)), self.rows)
        first = next_position(session, application_table, round_id)
        standings: list[Standing] = [NOT_CHECKED] * len(self.rows)
        positions = range(first, first + len(self.rows))
        put_applications(session, round_id, self.rows, standings, positions, self.submitted)
        put_corrections(session, round_id, self.rows, self.submitted)
        suggest_choices(session, round_id, self.rows)
        references = [row.reference for row in self.rows]
        came = selection(application_table.c.uid, round_id=round_id, reference=references)
        remove_with(session, came)  # left by a round or an application of these names that is gone
        put_with(session, round_id, self.files)

    def _inverse(self, round_id: int, *, is_new: bool) -> Operation:
        if is_new:
            return RemoveRound(round_id, "")
        references = tuple(row.reference for row in self.rows)
        return RemoveApplications(round_id, references, self.added_areas, came_with(self.submitted))
