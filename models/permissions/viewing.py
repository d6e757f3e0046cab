"""What one person may read of a round: what an interest closes, and what waits for one's own sheets.

Nothing opens to a member of the panel, its chair, and who signs after it, before they declare. Marks and
reasons of others open with one's own sheet, or when the area meets; nothing of an application opens to who
declared an interest in it, nor its place and money, and what is given and left from it on, until it is
decided. Who marks nothing in the round reads all but that. What each member of an area's panel marked is not
open to other areas' panels.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from models.papers.kinds import PaperKind
from models.permissions.table import COVERS, DEPENDS, MARKS_FIRST, PRINTS, paper_closed
from models.permissions.telling import NO_TIES, Ties, ties
from models.role import PANEL, RANKING, SIGNING, Role
from models.trouble import refuse
from models.values.rows import AgreedRow, ApplicationRow, InterestRow, MemberRow, RoundRows, SheetRow
from scoring.allocating.allocation import list_of, share_out
from scoring.ranking import Outcome, PotUse, Ranking, Standing
from scoring.round import InterestKind, is_in_the_running
from scoring.scheme import Scheme
from scoring.written.names import is_same_text
from scoring.written.text import Refused, listed

R = TypeVar("R", "RecommendationRow", "DecisionRow")
YOU_DECLARED = "You declared an interest in this application"
"""What stands in the place of all that an interest closes."""
DECLARE_FIRST = "This opens when you have declared your interests"
"""What stands there for whoever declares first and has not."""
NOT_DECLARED = (
    "You have not declared your interests in this round yet. It opens to you after that; “none” is a "
    "declaration."
)
HAND_IN_FIRST = (
    "The ranked list opens when you have handed in your own score sheets, or when the panel meets."
)
WITHOUT_MARKS = (
    "You declared an interest in an application of this list, and the office server gives its marks "
    "to no member who did, and to nobody who did while its sheets come in, so the list is not worked out "
    "here. The chair or an officer can show it to you."
)
AMONG_OPEN = "among the applications that are open to you"
OTHER_PANEL = "You are not on the panel for {}, so you cannot see what each of its members marked."
BLIND_STAGE = "scoring"
"""The stage at which others' marks are closed to who has still a sheet to hand in."""


if TYPE_CHECKING:
    from models.values.recommending import DecisionRow, RecommendationRow
    from scoring.explaining.steps import Explanation
    from scoring.ranking import Step


class Viewer(Struct, frozen=True):
    """Who reads: a name, the role they read in, and the code under which they sit on the round's panel."""

    name: str
    role: str = Role.OFFICER
    member: str | None = None


OFFICE_VIEWER = Viewer("")
"""The office, which holds the record and reads all of it."""


class Sight(Struct, frozen=True):
    """What of a round is closed to one person.

    `closed` are the applications in which they declared an interest, `blind` those on which others' marks
    wait for their own sheets, and `waiting` the areas whose list tells of one of these; `own` are the
    codes of those sheets, and `viewer` is who reads. Of the areas `without_marks` a server gives them no
    list, and where it `hides_whose` a closed application's marks are, nothing comes out right member by
    member. Everything is closed to, and waits for, a person who `must_declare` first. `settled` are
    those that are decided: place and money of what an interest closes are told again. Of what is only
    signed, what was kept of the list would tell where a closed line stands. Of `other_panels` the
    marks that members gave one by one are closed, and nothing else. By the `ties` of the round other
    lists tell of what is closed. Of the `untold` neither the recommendation nor a first signature is told.
    """

    closed: frozenset[str] = frozenset()
    blind: frozenset[str] = frozenset()
    waiting: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    viewer: Viewer = OFFICE_VIEWER
    without_marks: frozenset[str] = frozenset()
    hides_whose: bool = False
    must_declare: bool = False
    settled: frozenset[str] = frozenset()
    other_panels: frozenset[str] = frozenset()
    ties: Ties = NO_TIES
    untold: frozenset[str] = frozenset()

    @property
    def without_sheets(self) -> frozenset[str]:
        """Return the applications of which the person is not told what each member marked."""
        return self.unseen | self.other_panels

    @property
    def unseen(self) -> frozenset[str]:
        """Return the applications of which no mark of others may be told to the person."""
        return self.closed | self.blind

    @property
    def hidden(self) -> frozenset[str]:
        """Return the applications of which an interest closes place and money as well."""
        return frozenset() if self.must_declare else self.closed - self.settled

    @property
    def veiled(self) -> frozenset[str]:
        """Return the applications of which the ranked list tells no marks: those unseen and not decided."""
        return self.unseen - self.settled

    def why(self, reference: str) -> str:
        """Return what stands in the place of what is closed of an application."""
        if self.must_declare:
            return DECLARE_FIRST
        return YOU_DECLARED if reference in self.closed else HAND_IN_FIRST


NOTHING_CLOSED = Sight()


def sight(
    rows: RoundRows,
    stages: Mapping[str, str],
    viewer: Viewer,
    signers: Iterable[InterestRow] = (),
    other_areas: Collection[str] = (),
) -> Sight:
    """Return what of a round is closed to a person; `stages` are those of its areas by name.

    `signers` is what those who sign after the panel declared, each under their name; `other_areas` are those
    whose marks are another panel's. What others marked waits for one's own sheet also where it was withdrawn,
    failed a gate or was taken out of its area.
    """
    codes, signers = codes_of(rows, viewer), tuple(signers)
    if must_declare(viewer, (row.member for row in (*rows.interests, *signers))):
        every = frozenset(row.reference for row in rows.applications)
        areas = frozenset(area.name for area in rows.areas)
        return Sight(every, every, areas, codes, viewer, must_declare=True)
    marked, waiting = set[str](), set[str]()
    for code in codes:
        done = {s.application for s in rows.sheets if s.member == code and s.submitted}
        done |= {
            i.application or ""
            for i in rows.interests
            if i.member == code and i.kind is not InterestKind.NONE
        }
        marked |= {s.application for s in rows.sheets if s.member != code} - done
        waiting |= waiting_areas(rows.applications, stages, done)
    blind = frozenset(
        a.reference
        for a in rows.applications
        if a.area in waiting
        or (a.reference in marked and stages.get(a.area or "", BLIND_STAGE) == BLIND_STAGE)
    )
    closed = closed_to(rows, codes) | conflicts_of(signers, viewer.name)
    others = frozenset(a.reference for a in rows.applications if a.area in other_areas) - closed - blind
    tied = ties(rows) if closed or blind else NO_TIES
    shut = tied.areas_telling([a.reference for a in rows.applications if a.area in waiting])
    return Sight(closed, blind, shut, codes, viewer, other_panels=others, ties=tied)


def must_declare(viewer: Viewer, declared: Iterable[str]) -> bool:
    """Whether nothing of a round opens to a person yet: one of its panel, or who signs, and has not declared.

    Given are the codes of the members, and the names of the signers, who did.
    """
    if viewer.role in SIGNING:
        return not any(is_same_text(one, viewer.name) for one in declared)
    return viewer.role in PANEL and viewer.member is not None and viewer.member not in {*declared}


def conflicts_of(signers: Iterable[InterestRow], name: str) -> frozenset[str]:
    """Return the applications in which a person declared an interest as one of those who sign."""
    own = (row for row in signers if name and row.kind.is_conflict and is_same_text(row.member, name))
    return frozenset(row.application for row in own if row.application is not None)


def codes_of(rows: RoundRows, viewer: Viewer) -> frozenset[str]:
    """Return the codes under which a person sits on the panel, in whatever role they read."""
    return codes_among(rows.members, viewer)


def codes_among(panel: Iterable[MemberRow], viewer: Viewer) -> frozenset[str]:
    """Return the codes of a person among these members: the one they read under, else those of their name."""
    if viewer.member is not None:
        return frozenset({viewer.member})
    return frozenset(row.code for row in panel if viewer.name and is_same_text(row.name, viewer.name))


def closed_to(rows: RoundRows, codes: frozenset[str]) -> frozenset[str]:
    """Return the applications in which a member declared a conflict."""
    own = (row.application for row in rows.interests if row.member in codes and row.kind.is_conflict)
    return frozenset(of for of in own if of is not None)


def seen(rows: RoundRows, of: Sight) -> RoundRows:
    """Return a round without what is closed to a person: no text, mark or reason of it is left."""
    if not of.without_sheets:
        return rows
    if of.must_declare:
        spoke = dict.fromkeys(row.member for row in rows.interests)
        said = tuple(InterestRow(code, None, InterestKind.NONE) for code in spoke)
        rows = replace(rows, interests=said, not_applicable=(), chair_decisions=(), merged=())
    return replace(
        rows,
        applications=tuple(_application(row, of) for row in rows.applications),
        sheets=tuple(_sheet(row, of) for row in rows.sheets),
        agreed=tuple(_agreed(row) if row.application in of.unseen else row for row in rows.agreed),
        decided=tuple(one for one in rows.decided if one.application.reference in of.settled),
    )


def veiled(ranking: Ranking, of: Sight) -> Ranking:
    """Return a ranking without the marks, totals and reasons of what is closed.

    Of a list that waits for the person's own sheets it has neither places nor money. In a list with a hidden
    line the others are placed among themselves: a gap in the places, what is left, or a rule that separated
    two, would tell where the hidden one stands. What the rule proposes for them is told as long as it would
    be the same wherever that stands.
    """
    if not of.unseen:
        return ranking
    hiding = _hiding(ranking, of)
    at = {area.area: number for number, area in enumerate(ranking.areas)}
    found = [veil(line, of) if line.reference in of.veiled else line for line in ranking.standings]
    shown = [_without_place(line) if line.area in of.waiting else line for line in found]
    lines = [_placed(line, shown, hiding[line.area]) if line.area in hiding else line for line in shown]
    return ranking._replace(
        standings=tuple(sorted(lines, key=lambda line: (at.get(line.area or "", len(at)), *_order(line)))),
        areas=without_left(_use(area, hiding, of) for area in ranking.areas),
        recalculated=tuple(
            one
            for one in ranking.recalculated
            if one.reference not in of.veiled and one.area not in {*hiding, *of.waiting}
        ),
    )


def veil(line: Standing, of: Sight) -> Standing:
    """Return a standing that is closed without its marks, total and reasons, and, where hidden, all of it."""
    bare = line._replace(
        reasons=(of.why(line.reference),),
        quality_1e2=None,
        cost_1e2=None,
        total_1e2=None,
        price_pence=None,
        place_by=None,
        below_threshold=(),
        criteria=(),
        cause=None,
    )
    return _without_place(bare)._replace(is_closed=True) if line.reference in of.hidden else bare


def _without_place(line: Standing) -> Standing:
    """Return a standing without where it stands and what the rule proposes."""
    return line._replace(place=None, tied=False, place_by=None, offer_pence=None, outcome=None, cause=None)


def _placed(line: Standing, lines: Iterable[Standing], hiding: "_Hiding") -> Standing:
    """Return a standing of a list with a hidden line, placed among those of the list that are told."""
    if line.place is None:
        return line
    others = [one.place for one in lines if one.area in hiding.areas and one.place is not None]
    place, tied = place_among(line.place, others)
    told = line._replace(place=place, tied=tied, place_by=None)
    if line.outcome is Outcome.BELOW:
        return told
    is_sure = line.reference in hiding.sure
    return told._replace(
        cause=None,
        outcome=line.outcome if is_sure else None,
        offer_pence=line.offer_pence if is_sure else None,
    )


def place_among(place: int, told: Sequence[int]) -> tuple[int, bool]:
    """Return a place counted among those that are told, itself one, and whether it is shared there."""
    return 1 + sum(other < place for other in told), told.count(place) > 1


def _use(area: PotUse, hiding: Mapping[str | None, "_Hiding"], of: Sight) -> PotUse:
    """Return the money of an area, closed by what is hidden in its list, none given while it waits."""
    if area.area in hiding:
        return area._replace(closed=hiding[area.area].closed)
    return area._replace(given_pence=0, stopped_by_tie=False) if area.area in of.waiting else area


def _order(line: Standing) -> tuple[bool, bool, int, str]:
    """Return what puts the standings of an area in printed order; those without a place by reference."""
    is_placed = line.place is not None
    by_reference = line.is_ranked and not is_placed
    return not line.is_ranked, not is_placed, line.place or 0, line.reference if by_reference else ""


def told_steps(found: "Explanation", line: Standing, of: Sight, scheme: Scheme) -> "Explanation":
    """Return an explanation with the line as it is told, and no step that tells of what is closed."""
    if line.reference in of.other_panels and not scheme.is_agreed:
        given, why = {f"value {code}" for code in scheme.judged_codes}, OTHER_PANEL.format(line.area)
        bare = (one._replace(words=why, told="") if one.rule in given else one for one in found.steps)
        found = found._replace(steps=tuple(bare))
    if not of.hidden:
        return found
    steps = _without_closed(found, line, of)
    return found._replace(standing=line, steps=tuple(steps), recalculated="")


def _without_closed(found: "Explanation", line: Standing, of: Sight) -> "Iterator[Step]":
    """Yield the steps without what tells of a closed application.

    In a list that tells of one the place is that among the others, and no tie is told: what was kept with a
    signature has both of the whole list.
    """
    why = f"not shown: you declared an interest in {listed(sorted(of.hidden))}"
    is_telling = bool(of.ties.told_of(line.area, of.hidden))
    for step in found.steps:
        if is_telling and step.rule == "place":
            place = "–" if line.place is None else str(line.place)
            yield step._replace(words=AMONG_OPEN, exact=place, shown=place, told="")
        elif is_telling and (step.rule == "equal score" or step.rule.startswith("tie-break")):
            continue
        elif step.rule == "money" and line.cause is None:
            yield step._replace(words=why, exact="–", shown="–", told="")
        elif any(one in step.words for one in of.hidden):
            yield step._replace(words=why, told="")
        else:
            yield step


def without_left(areas: Iterable[PotUse]) -> tuple[PotUse, ...]:
    """Return the money of areas without what is given of it where that is closed."""
    return share_out(
        area._replace(given_pence=0, stopped_by_tie=False) if area.closed else area for area in areas
    )


class _Hiding(Struct, frozen=True):
    """The areas of a list in which a line is hidden, and by which lines what is left there is closed.

    `sure` are those to which the rule gives money wherever the hidden ones stand.
    """

    areas: tuple[str, ...]
    closed: tuple[str, ...]
    sure: frozenset[str]


def _hiding(ranking: Ranking, of: Sight) -> Mapping[str | None, _Hiding]:
    """Return by area the lists that tell of a ranked line that is hidden."""
    found: dict[str | None, _Hiding] = {}
    ranked = [one for one in ranking.standings if one.is_ranked]
    telling = of.ties.telling([one.reference for one in ranked if one.reference in of.hidden])
    for use in ranking.areas:
        if told := telling.get(of.ties.lists.get(use.area) or ""):
            there = [one for one in ranked if one.area in use.areas]
            own = {one.reference for one in there} & of.hidden
            beyond = {one for one, at in of.ties.on.items() if at in telling}
            unsure = of.ties.alike(own | beyond.difference(one.reference for one in there))
            closed = tuple(sorted(own or told))
            found[use.area] = _Hiding(use.areas, closed, _sure(ranking, use.areas, there, unsure))
    return found


def _sure(
    ranking: Ranking, areas: Collection[str], there: Sequence[Standing], unsure: Collection[str]
) -> frozenset[str]:
    """Return those of a list that get their money with the unsure ones before them as well."""
    left = sum(use.available_pence for use in ranking.areas if use.area in areas)
    left -= sum(one.requested_pence for one in there if one.reference in unsure)
    found = set[str]()
    for one in sorted(there, key=lambda line: line.place or 0):
        if one.reference in unsure or one.outcome is Outcome.BELOW:
            continue
        left -= one.requested_pence
        if left < 0:
            break
        found.add(one.reference)
    return frozenset(found)


def without_reasons(rows: Mapping[str, R], of: Sight) -> dict[str, R]:
    """Return recommendations or decisions by reference, without the reasons on what is closed."""
    return {one: replace(row, reason=of.why(one)) if one in of.unseen else row for one, row in rows.items()}


def beside_hidden(rows: RoundRows, of: Sight) -> frozenset[str]:
    """Return undecided applications whose list tells of what is hidden from somebody without a task there."""
    if of.viewer.role in RANKING or not of.hidden:
        return frozenset()
    areas = of.ties.areas_telling(of.hidden)
    beside = (row.reference for row in rows.applications if row.area in areas)
    return frozenset(beside) - of.settled - of.hidden


def on_one_list(rows: RoundRows, references: Collection[str]) -> frozenset[str]:
    """Return what is ranked on one list with these, and these."""
    lists = list_of(rows.areas)
    wanted = {lists[row.area] for row in rows.applications if row.reference in references}
    running = (
        row for row in rows.applications if is_in_the_running(row.eligibility, is_withdrawn=row.withdrawn)
    )
    return frozenset(row.reference for row in running if lists[row.area] in wanted).union(references)


def told_recommendations(
    recorded: Mapping[str, "RecommendationRow"], rows: RoundRows, of: Sight
) -> "dict[str, RecommendationRow]":
    """Return recommendations by reference, without the reasons on what is closed.

    Of a hidden line nothing is told but that there is one; others of its list have places without it. Whoever
    has no task there is told nothing else of these: what one gets leaves less for another.
    """
    lists = list_of(rows.areas)
    on = {row.reference: lists[row.area] for row in rows.applications}
    hiding = {on[one] for one in of.hidden}
    told = {one: row for one, row in recorded.items() if one not in of.hidden}
    found = without_reasons(recorded, of)
    for one, row in recorded.items():
        if one in of.hidden | of.untold:
            found[one] = row.without_figures(of.why(one))
        elif on[one] in hiding and row.place is not None:
            others = [other.place for of_, other in told.items() if on[of_] == on[one]]
            place, tied = place_among(row.place, [each for each in others if each is not None])
            found[one] = replace(found[one], place=place, tied=tied)
    return found


def hand_in_first(
    of: Sight, area: str | None, areas: Iterable[str], way: str = "choose {} in the header"
) -> str:
    """Say why the list of an area (None: of all) is closed, and the `way` to those that are open; else ""."""
    if of.must_declare:
        return NOT_DECLARED
    shut = of.waiting | of.without_marks
    if not shut or (area is not None and area not in shut):
        return ""
    why = HAND_IN_FIRST if area in of.waiting or (area is None and of.waiting) else WITHOUT_MARKS
    is_open = [name for name in areas if name != area and name not in shut]
    if not is_open:
        return why
    return f"{why} What is open to you now: {way.format(listed(is_open, 'or'))}."


def refuse_blind(rows: RoundRows, of: Sight, area: str | None) -> None:
    """Refuse a person the list of an area (None: of all) while their own sheets there are not handed in."""
    refuse(hand_in_first(of, area, (one.name for one in rows.areas), "--area {}"))


def refuse_closed(rows: RoundRows, of: Sight, area: str | None) -> None:
    """Refuse a person also what tells of an application of an area (None: of all) that is closed to them."""
    if of.must_declare:
        raise Refused(NOT_DECLARED)
    refuse(_why_covered(rows, of, [area] if area is not None else ()))
    refuse_blind(rows, of, area)


def why_paper_closed(
    kind: PaperKind, rows: RoundRows, of: Sight, areas: Collection[str], *, with_marks: bool
) -> str:
    """Say why a paper of areas (none: of all) is closed to a person, "" where it is open.

    A kind that is not kept open is closed by an interest in what it covers, and one that prints marks or
    money by what its lists tell of; it waits for the person's own sheets as well. `with_marks` is asked of a
    kind that prints them where that is chosen.
    """
    if kind.is_kept_open:
        return ""
    if of.must_declare:
        return NOT_DECLARED
    prints_marks = with_marks or "with_marks" not in kind.choices
    waiting = of.waiting | of.without_marks
    if prints_marks and waiting.intersection(areas or waiting):
        return MARKS_FIRST
    covered = [row for row in rows.applications if not areas or row.area in areas]
    if kind.prints_sheets(is_agreed=rows.scheme.is_agreed, with_marks=with_marks) and (
        why := marked_by_others(covered, of)
    ):
        return f"This paper shows members’ marks. {why}"
    prints = PRINTS if prints_marks and kind.needs_panel else COVERS
    if prints_marks:
        return _why_covered(rows, of, areas, prints)
    return paper_closed((one.reference for one in covered if one.reference in of.closed), prints)


def _why_covered(rows: RoundRows, of: Sight, areas: Collection[str], covers: str = COVERS) -> str:
    """Say what closes marks and money of areas (none: of all): what is there, or what their lists tell of."""
    there = {row.reference for row in rows.applications if not areas or row.area in areas}
    tied = frozenset[str]().union(*(of.ties.told_of(area, of.hidden) for area in areas))
    return paper_closed(sorted(there & of.closed), covers) or paper_closed(sorted(tied), DEPENDS)


def marked_by_others(applications: Iterable[ApplicationRow], of: Sight) -> str:
    """Say that members' marks on some applications are for panels that a person is not on, "" for none."""
    areas = dict.fromkeys(row.area for row in applications if row.reference in of.other_panels)
    return OTHER_PANEL.format(listed(list(filter(None, areas)))) if areas else ""


def refuse_other_panels(rows: RoundRows, of: Sight) -> None:
    """Refuse a person what tells how the members of each panel of a round marked."""
    refuse(marked_by_others(rows.applications, of))


def prints_closed(of: Sight, references: Iterable[str]) -> str:
    """Say why a paper with the marks of some applications is closed to a person, "" where none is."""
    every = frozenset(references)
    return paper_closed(sorted(every & of.closed)) or (MARKS_FIRST if every & of.blind else "")


def waiting_areas(
    applications: Iterable[ApplicationRow], stages: Mapping[str, str], settled: Collection[str]
) -> frozenset[str]:
    """Return the areas in which a member has still a sheet to hand in, so that no order may be seen yet.

    `settled` are the applications whose sheet the member handed in, or has none for.
    """
    to_score = (
        a
        for a in applications
        if a.reference not in settled and is_in_the_running(a.eligibility, is_withdrawn=a.withdrawn)
    )
    return frozenset(a.area for a in to_score if a.area is not None and stages.get(a.area) == BLIND_STAGE)


def _application(row: ApplicationRow, of: Sight) -> ApplicationRow:
    """Return an application with what everybody may know of it, where it is closed: its name and its sum."""
    if of.must_declare:
        return ApplicationRow(row.reference, row.organisation, area=row.area)
    return named_alone(row) if row.reference in of.closed else row


def named_alone(row: ApplicationRow) -> ApplicationRow:
    """Return an application with its name and its sum, and no words of it."""
    return replace(
        row,
        project="",
        summary="",
        need="",
        outcomes="",
        eligibility_reason="",
        contact_name="",
        email="",
        phone="",
        address="",
        postcode="",
        answers=(),
    )


def _sheet(row: SheetRow, of: Sight) -> SheetRow:
    """Return a sheet that says no more than whether it is handed in, where its marks are closed."""
    is_others = row.application in of.without_sheets and row.member not in of.own
    if row.application not in of.closed and not is_others:
        return row
    return replace(row, marks=(None,) * len(row.marks), reasons=(), reopened="", first=(), for_panel=())


def _agreed(row: AgreedRow) -> AgreedRow:
    return replace(row, marks=(None,) * len(row.marks), reasons=(), dissent="", for_panel=())
