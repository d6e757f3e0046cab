"""The deciding office's signing, step by step of the round's chain, and what is refused past a pot."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from models.operation import Outcome
from models.operations.deciding.kept_standings import keep_panels, keep_standings
from models.operations.operation_base import Barrier, InRound, require_published
from models.operations.panel.reopened import note_meeting
from models.operations.rows.write_applications import application_ids
from models.queries.applications.applications import areas_by_reference
from models.queries.deciding.allowances import given_amounts, pots_past
from models.queries.deciding.decided_anew import ranked
from models.queries.deciding.decisions import recommendations, signed_lines, signed_words
from models.queries.packs.returns import refuse_disputes
from models.queries.panel.area_panels import chair_fault
from models.queries.permissions.areas import refuse_other_area
from models.queries.permissions.declarations import declared_by
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import round_line
from models.schema.applications import application_table
from models.schema.deciding import signature_table
from models.schema.set_up import area_table
from models.session import Session, actor_name, moment, pairs_of, put, selection, set_values
from models.store.locks.signing_on import with_figures
from models.trouble import refuse
from models.values.recommending import RecommendationRow
from models.values.rounds import NOW, STAGES
from scoring.allocating.allocation import list_of
from scoring.allocating.over_pot import refusal
from scoring.money import pounds, score
from scoring.ranking import Allowance, Ranking
from scoring.written.text import Refused, counted, first_of, listed


def beyond_words(
    session: Session,
    round_id: int,
    given: Mapping[str, int],
    areas: Collection[str],
    allowed: Iterable[Allowance] = (),
    *,
    before: Mapping[str, int] | None = None,
    own: Collection[str] = (),
) -> str:
    """Return why money (pence by reference) does not fit into the first of some areas, "" where it does.

    `before` is what was given before the change of awards on its `own` applications.
    """
    past = pots_past(session, round_id, given, areas, allowed, before=before, own=own)
    return next((refusal(use, beyond) for use, beyond in past), "")


def refuse_more(
    session: Session,
    round_id: int,
    before: Mapping[str, int],
    after: Mapping[str, int],
    told: str,
    allowed: Iterable[Allowance] = (),
    own: Collection[str] = (),
) -> None:
    """Refuse where an area that gets more than it had goes past what is allowed; less is never refused.

    `told` says what was not done, `allowed` is recorded with what is done to its `own` applications.
    """
    areas = areas_with_more(session, round_id, before, after)
    refuse_beyond(session, round_id, after, areas, told, allowed, before=before, own=own)


def areas_with_more(
    session: Session, round_id: int, before: Mapping[str, int], after: Mapping[str, int]
) -> set[str]:
    """Return the areas, by the first of those that share a pot, that get more than they had."""
    areas, lists = areas_by_reference(session, round_id), list_of(round_rows(session, round_id).areas)
    change = Counter[str | None]()
    for of in before.keys() | after.keys():
        change[lists[areas.get(of)]] += after.get(of, 0) - before.get(of, 0)
    return {area for area in change if area and change[area] > 0}


def refuse_given(
    session: Session,
    round_id: int,
    after: Mapping[str, int],
    references: Collection[str],
    told: str,
    allowed: Iterable[Allowance] = (),
) -> None:
    """Refuse where money on some applications stands in an area that is past what is allowed."""
    areas = areas_given(session, round_id, after, references)
    refuse_beyond(session, round_id, after, areas, told, allowed, own=references)


def areas_given(
    session: Session, round_id: int, after: Mapping[str, int], references: Collection[str]
) -> set[str]:
    """Return the areas in which some applications get money."""
    areas = areas_by_reference(session, round_id)
    return {area for of in references if after.get(of) and (area := areas.get(of))}


def refuse_beyond(
    session: Session,
    round_id: int,
    after: Mapping[str, int],
    areas: Collection[str],
    told: str,
    allowed: Iterable[Allowance] = (),
    *,
    before: Mapping[str, int] | None = None,
    own: Collection[str] = (),
) -> None:
    """Refuse where some areas are past what is allowed for a change of awards on its `own` applications."""
    if words := beyond_words(session, round_id, after, areas, allowed, before=before, own=own):
        raise Refused(f"{words} {told}")


SIGNED_AT = ("recommending", "deciding")
"""The stages at which recommendations are signed; at the second, those that were sent back."""
LOADED_AT = "intake"
"""Where an area stands that came with its sheets in a workbook."""
PANELS_REMEDY = (
    "Write the panel's reasons on Ranking & budget, with “Write reasons…” at its top, or with the command: "
    "recommend --accept --reasons FILE."
)
NAMED = 30
"""How many lines without a reason are named; the rest are counted."""
_BEFORE = STAGES[: STAGES.index("deciding")]


class SignRecommendations(Barrier, InRound, frozen=True):
    """Sign what the panel recommends in an area, or ("") everywhere. A barrier; the chair's.

    Lines that are signed already are left as they are, so lines that were sent back are signed again. One
    that is `from_paper` was signed `by` the chair elsewhere, whatever stage the areas were at.
    """

    kind = "sign recommendations"
    titled = "Sign the recommendations of {0.area:or all areas}"
    area: str
    on: date
    by: str = ""
    from_paper: bool = False

    @property
    def detail(self) -> str:
        """Return who signed them on paper, whoever records that; "" where the chair signs."""
        return f"Signed on paper by {self.by}" if self.from_paper else ""

    def check_at_entry(self, session: Session) -> None:
        """Refuse who is no chair of the panels of what is signed, and a paper of another area's panel."""
        if self.from_paper:
            refuse_other_area(session, self, self.by)
        areas, items = areas_by_reference(session, self.round_id), unsigned(session, self.round_id, self.area)
        panels = dict.fromkeys(areas[item.application] for item in items)
        by = self.by.strip() or actor_name(session)
        refuse(chair_fault(session, self.round_id, panels, by))

    def apply(self, session: Session) -> Outcome:
        """Sign them; refused while a ranked application has none, money has no reason, or a total changed."""
        require_published(session, self.round_id)
        with with_figures(session, self.round_id, to_rank=True):
            items = unsigned(session, self.round_id, self.area)
            if not items:
                raise Refused("There is no recommendation left to sign.")
            names = self._areas(session, {item.application for item in items})
            _check_lines(session, self.round_id, self.area, items)
            numbers = application_ids(session, self.round_id)
            keep_panels(session, self.round_id, [item.application for item in items])
        put(
            session,
            signature_table,
            [
                {
                    "application_id": numbers[item.application],
                    "signed_by": self.by.strip() or actor_name(session),
                    "signed_on": self.on,
                    "recorded_at": moment(session),
                }
                for item in items
            ],
        )
        of = [item.application for item in items]
        closed = declared_by(session, self.round_id, actor_name(session)).intersection(of)
        # once an area has moved on, a server gives its figures to those who decide
        keep_standings(session, self.round_id, dict.fromkeys(one for one in of if one not in closed))
        moved = move_on(session, self.round_id, of) if self.from_paper else self._pass_on(session, names)
        total = pounds(sum(item.amount_pence or 0 for item in items if item.application not in closed))
        words = f"The recommendations on {counted(len(items), 'application')} are signed, {total} in all"
        words += f" without {listed(sorted(closed))}." if closed else "."
        return Outcome(None, f"{words}{moved_words(moved)}")

    def _areas(self, session: Session, references: set[str]) -> set[str]:
        """Return the areas of what is signed; refused where one is not at the stage for it.

        One that was loaded with its sheets met elsewhere, though it stands at intake.
        """
        line = round_line(session, self.round_id)
        stages = line.stages
        met = {area.name for area in line.areas if area.stage == LOADED_AT and area.was_scored}
        names = {
            area
            for of, area in areas_by_reference(session, self.round_id).items()
            if of in references and area
        }
        early = sorted(name for name in names - met if stages[name] not in SIGNED_AT)
        if early and not self.from_paper:
            raise Refused(
                f"{early[0]} is at the stage “{stages[early[0]]}”. "
                "Recommendations are signed at the stage “recommending”."
            )
        return names

    def _pass_on(self, session: Session, names: set[str]) -> tuple[str, ...]:
        """Bring areas that recommended, here or elsewhere, to deciding; of that nothing is said."""
        here = {"round_id": self.round_id, "name": names, "stage": (LOADED_AT, SIGNED_AT[0])}
        set_values(session, area_table, here, stage="deciding")
        return ()


def signing_fault(session: Session, round_id: int, area: str = "") -> str:
    """Return why the recommendations of an area, or ("") of all, would not be signed; "" when they would."""
    try:
        with with_figures(session, round_id, to_rank=True):
            _check_lines(session, round_id, area, unsigned(session, round_id, area))
    except Refused as refused:
        return str(refused)
    return ""


def _check_lines(session: Session, round_id: int, area: str, items: tuple[RecommendationRow, ...]) -> None:
    ranking = ranked(session, round_id)
    there = {row.application for row in recommendations(session, round_id)}
    signed = {item.application for item in items}
    areas = {area} if area else {s.area for s in ranking.standings if s.reference in signed}
    refuse_disputes(session, round_id, {of for of in areas if of is not None}, "sign")
    missing = [
        s.reference for s in ranking.standings if s.is_ranked and s.area in areas and s.reference not in there
    ]
    if missing:
        raise Refused(
            f"Nothing is recommended yet on {first_of(sorted(missing))}. That is recorded first, "
            "by an officer where the chair declared an interest."
        )
    _check_totals(ranking, items)
    refuse_given(session, round_id, given_amounts(session, round_id), signed, "Nothing was signed.")
    without = [item.application for item in items if item.amount_pence and not item.reason.strip()]
    if without:
        raise Refused(f"{unreasoned_words(without)} {PANELS_REMEDY} Nothing was signed.")


def unsigned(session: Session, round_id: int, area: str = "") -> tuple[RecommendationRow, ...]:
    """Return the recommendations that the chair has still to sign, of one area or ("") of all."""
    held = signed_lines(session, round_id)
    areas = areas_by_reference(session, round_id)
    return tuple(
        row
        for row in recommendations(session, round_id)
        if row.application not in held and area in ("", areas[row.application])
    )


def require_unsigned(session: Session, round_id: int, references: Iterable[str]) -> None:
    """Refuse where the chair has signed a recommendation, or the deciding office decided on it."""
    held = sorted(signed_lines(session, round_id) & set(references))
    if held:
        raise Refused(signed_words(first_of(held)))


def has_signatures(session: Session, round_id: int, area: str) -> bool:
    """Whether anything of an area is signed or decided."""
    areas = areas_by_reference(session, round_id)
    return any(areas.get(of) == area for of in signed_lines(session, round_id))


def unreasoned_words(references: Sequence[str]) -> str:
    """Say which lines have money and no reason: "ACF-001, ACF-002 need the reason why …"."""
    verb = "needs" if len(references) == 1 else "need"
    return f"{first_of(references, NAMED)} {verb} the reason why it reduces crime or helps victims."


def _check_totals(ranking: Ranking, items: tuple[RecommendationRow, ...]) -> None:
    totals = {standing.reference: standing.total_1e2 for standing in ranking.standings}
    for item in items:
        now = totals[item.application]
        if item.total_1e2 is not None and item.total_1e2 != now:
            has = "no total" if now is None else score(now)
            raise Refused(
                f"{item.application} was recommended on {score(item.total_1e2)} and has {has} now. "
                "Record the recommendation again, or withdraw it, then sign."
            )


def move_on(session: Session, round_id: int, references: Collection[str]) -> tuple[str, ...]:
    """Bring the areas of what is signed to the stage “deciding”, and return those that stood before it.

    Refused while what returns differ in is left to decide there, as when the chair moves an area on.
    """
    of = selection(application_table.c.area_id, round_id=round_id, reference=references)
    here = pairs_of(session, area_table.c.name, area_table.c.id, id=of, stage=_BEFORE)
    areas = {here[name]: name for name in sorted(here)}
    refuse_disputes(session, round_id, set(areas.values()), "record what was signed")
    set_values(session, area_table, {"id": areas}, stage="deciding")
    note_meeting(session, areas)
    return tuple(areas.values())


def moved_words(areas: Collection[str]) -> str:
    """Say where deciding is open now: " Deciding is open in Coventry."; "" for nowhere."""
    return f" {NOW['deciding'].format(listed(list(areas)))}" if areas else ""
