"""A member sees no order and no total before handing in; afterwards, and beside the panel, all is open."""

from decimal import Decimal

from msgspec.structs import replace

from models.papers.kinds import KINDS
from models.permissions.table import COVERS, DEPENDS, MARKS_FIRST, PRINTS
from models.permissions.telling import ties
from models.permissions.viewing import (
    DECLARE_FIRST,
    HAND_IN_FIRST,
    NOT_DECLARED,
    OFFICE_VIEWER,
    YOU_DECLARED,
    Sight,
    Viewer,
    hand_in_first,
    prints_closed,
    refuse_blind,
    refuse_closed,
    seen,
    sight,
    told_steps,
    veiled,
    why_paper_closed,
    without_reasons,
)
from models.role import DECLARING, PANEL, Role
from models.values.recommending import RecommendationRow
from models.values.rows import (
    AgreedRow,
    ApplicationRow,
    InterestRow,
    MemberRow,
    RoundRows,
    SheetRow,
    scored_round,
)
from scoring.explaining.steps import explain
from scoring.rank import rank
from scoring.round import Area, Eligibility, InterestKind
from scoring.scheme import Criterion, Scheme, Side
from tests.models.rounds import refused

SCORING = {"Coventry": "scoring", "Dudley": "meeting"}


def rows() -> RoundRows:
    scheme = Scheme((Criterion("A1", "Need", Side.QUALITY, 1_000_000),))
    return RoundRows(
        fund="Active Citizens Fund",
        name="Autumn",
        year="2026/27",
        scheme=scheme,
        areas=(Area("Coventry", 0), Area("Dudley", 0)),
        applications=(
            ApplicationRow("ACF-1", "Made-up Group", area="Coventry"),
            ApplicationRow("ACF-2", "Made-up Club", area="Dudley"),
            ApplicationRow("ACF-3", "Made-up Team", area="Coventry", eligibility=Eligibility.NO),
        ),
        sheets=(SheetRow("M1", "ACF-1", False, (3,)),),
    )


def of(held: RoundRows, stages: dict[str, str] = SCORING, member: str | None = "M1", name: str = "") -> Sight:
    return sight(held, stages, Viewer(name, member=member))


def test_a_member_with_a_sheet_to_hand_in_waits_in_whatever_role_they_read_until_the_panel_meets() -> None:
    assert of(rows()).waiting == {"Coventry"}
    for stages in ({"Coventry": "meeting", "Dudley": "meeting"}, {"Coventry": "recommending"}):
        assert of(rows(), stages).waiting == frozenset()

    # Areas that share a list wait together.
    shared = replace(rows(), areas=tuple(replace(area, shared_pot="Both") for area in rows().areas))
    assert of(shared).waiting == {"Coventry", "Dudley"}
    assert of(shared).blind == of(rows()).blind

    # Who sits on the panel is known by name.
    held = replace(rows(), members=(MemberRow("M1", "Ann Sample"),))
    assert of(held, member=None, name="ann  sample").waiting == {"Coventry"}
    assert of(held, member=None, name="Grace Okoro").waiting == frozenset()


def test_handing_in_or_standing_aside_opens_the_list() -> None:
    handed_in = replace(rows(), sheets=(SheetRow("M1", "ACF-1", True, (3,)),))
    aside = replace(rows(), interests=(InterestRow("M1", "ACF-1", InterestKind.PECUNIARY),))

    assert of(handed_in).waiting == frozenset()
    assert of(aside).waiting == frozenset()

    # No mark of an area that waits is told beside another.
    assert of(rows()).blind == {"ACF-1", "ACF-3"}
    assert of(rows(), member=None).blind == frozenset()
    assert of(handed_in).blind == frozenset()


def test_the_reason_names_the_areas_that_are_open() -> None:
    assert hand_in_first(of(rows()), "Dudley", SCORING) == ""
    assert hand_in_first(of(rows()), None, SCORING) == (
        f"{HAND_IN_FIRST} What is open to you now: choose Dudley in the header."
    )
    assert hand_in_first(of(rows()), None, {"Coventry": "scoring"}) == HAND_IN_FIRST
    both = {"Coventry": "scoring", "Dudley": "meeting", "Walsall": "intake"}
    assert hand_in_first(of(rows()), "Coventry", both).endswith("choose Dudley or Walsall in the header.")


def test_what_is_closed_leaves_no_text_mark_or_reason_behind() -> None:
    told = {"need": "Secret need", "email": "secret@example.org", "answers": (("Why?", "Secret"),)}
    secret = replace(ApplicationRow("ACF-2", "Made-up Club", "Secret project", "Dudley"), **told)
    held = replace(
        rows(),
        applications=(rows().applications[0], secret),
        interests=(InterestRow("M1", "ACF-2", InterestKind.PREJUDICIAL, "a friend"),),
        sheets=(
            SheetRow("M1", "ACF-1", False, (3,), ("my own",)),
            SheetRow("M2", "ACF-1", True, (5,), ("Secret reason",)),
            SheetRow("M2", "ACF-2", True, (5,), ("Secret reason",)),
        ),
        agreed=(AgreedRow("ACF-2", (4,), ("Secret reason",), "Secret dissent"),),
    )

    found = seen(held, of(held))

    assert "Secret" not in str(found).replace("secret", "Secret")
    assert [(s.member, s.submitted, s.marks) for s in found.sheets] == [
        ("M1", False, (3,)),
        ("M2", True, (None,)),
        ("M2", True, (None,)),
    ]
    assert found.agreed == (AgreedRow("ACF-2", (None,)),)
    assert seen(held, of(held, member=None)) == held


def test_a_ranking_is_worked_from_all_and_told_without_what_is_closed() -> None:
    held = replace(
        rows(),
        interests=(InterestRow("M1", "ACF-2", InterestKind.PREJUDICIAL),),
        agreed=(AgreedRow("ACF-1", (3,)), AgreedRow("ACF-2", (5,))),
        sheets=(SheetRow("M2", "ACF-1", True, (3,)), SheetRow("M2", "ACF-2", True, (5,))),
    )
    whole = rank(scored_round(held))

    seat = of(held, {"Coventry": "meeting", "Dudley": "meeting"})
    told = veiled(whole, seat)

    for before, after in zip(whole.standings, told.standings, strict=True):
        if before.reference == "ACF-2":
            assert (after.total_1e2, after.criteria, after.reasons) == (None, (), (YOU_DECLARED,))
            assert (after.place, after.offer_pence) == (None, None)
        else:
            assert after == before


def priced(*, minimum: int = 0, shared: bool = False) -> RoundRows:
    """Return four that ask £10.00 each, the second closed to M1, and one more in another area."""
    marks = {"ACF-1": 5, "ACF-2": 4, "ACF-3": 4, "ACF-4": 1, "ACF-5": 3}
    held = rows()
    scheme = replace(held.scheme, minimum_total=Decimal(minimum) if minimum else None)
    first, other = (replace(Area(name, 2_500), shared_pot="Both" * shared) for name in ("Coventry", "Dudley"))
    return replace(
        held,
        scheme=scheme,
        areas=(first, other),
        applications=tuple(
            ApplicationRow(
                one,
                "Made-up Group",
                area="Dudley" if one == "ACF-5" else "Coventry",
                requested_pence=1_000,
                eligibility=Eligibility.YES,
            )
            for one in marks
        ),
        members=(MemberRow("M1", "Ann Sample"), MemberRow("M2", "Ravi Example")),
        interests=(InterestRow("M1", "ACF-2", InterestKind.PECUNIARY),),
        sheets=tuple(SheetRow("M2", one, True, (mark,)) for one, mark in marks.items()),
        agreed=tuple(AgreedRow(one, (mark,)) for one, mark in marks.items()),
    )


MET = {"Coventry": "meeting", "Dudley": "meeting"}


def test_of_a_hidden_line_nothing_is_told_nor_what_is_left_from_it_on() -> None:
    held = priced(minimum=30)
    whole = rank(scored_round(held))

    told = veiled(whole, of(held, MET))

    lines = {line.reference: line for line in told.standings}
    hidden = lines["ACF-2"]
    assert (hidden.is_closed, hidden.place, hidden.offer_pence, hidden.outcome) == (True, None, None, None)
    assert hidden.requested_pence == 1_000, "it counts in sums of what is asked"
    # Worked out of all, ACF-2 and ACF-3 share the second place, and ACF-4 is fourth.
    placed = [(line.reference, line.place, line.tied) for line in told.standings if line.area == "Coventry"]
    assert placed == [("ACF-1", 1, False), ("ACF-3", 2, False), ("ACF-4", 3, False), ("ACF-2", None, False)]
    # £10 for ACF-1 and £10 for the hidden one leave £5 of £25: wherever that stands, ACF-1 gets its money.
    assert (lines["ACF-1"].offer_pence, lines["ACF-1"].cause) == (1_000, None)
    assert (lines["ACF-3"].outcome, lines["ACF-3"].cause) == (None, None)
    assert lines["ACF-4"].cause, "that it is below a minimum is its own"
    assert [(area.closed, area.given_pence) for area in told.areas] == [(("ACF-2",), 0), ((), 1_000)]

    # Where there is enough for all, what each gets is told, unless a cap makes it rest on the hidden one.
    ample = replace(held, areas=tuple(replace(area, pot_pence=100_000) for area in held.areas))
    for cap, offers in ((None, {"ACF-1", "ACF-3"}), (500_000, set())):
        rich = replace(ample, scheme=replace(ample.scheme, cap_per_organisation_pence=cap))
        told = veiled(rank(scored_round(rich)), of(rich, MET))
        assert {
            one.reference for one in told.standings if one.offer_pence and one.area == "Coventry"
        } == offers

    # Nor is it to whoever signs after the panel.
    interest = InterestRow("Dee Decider", "ACF-2", InterestKind.PECUNIARY)
    found = sight(priced(), MET, Viewer("Dee Decider", Role.DECIDER), (interest,))
    assert (found.closed, found.hidden) == ({"ACF-2"}, {"ACF-2"})
    told = veiled(rank(scored_round(priced())), found)
    assert [(area.closed, area.given_pence) for area in told.areas] == [(("ACF-2",), 0), ((), 1_000)]

    # Areas that share a pot are closed together.
    held = priced(shared=True)
    told = veiled(rank(scored_round(held)), of(held, MET))
    assert [area.closed for area in told.areas] == [("ACF-2",), ("ACF-2",)]
    assert not next(line for line in told.standings if line.reference == "ACF-5").cause


def test_the_cap_of_an_organisation_tells_nothing_over_the_border_of_a_pot() -> None:
    """Twice has the hidden ACF-2 in Coventry and ACF-5 in Dudley, before ACF-6 of another: a cap of £15."""
    told = []
    for mark in (5, 1):
        held = priced(minimum=30)
        given = {"ACF-2": mark, "ACF-6": 2}
        twice = ("ACF-2", "ACF-5")
        applications = [
            replace(one, organisation="Twice" if one.reference in twice else f"Of {one.reference}")
            for one in held.applications
        ]
        last = replace(applications[-1], reference="ACF-6", organisation="Of ACF-6")
        sheets = [replace(one, marks=(given.get(one.application, one.marks[0]),)) for one in held.sheets]
        agreed = [replace(one, marks=(given.get(one.application, one.marks[0]),)) for one in held.agreed]
        held = replace(
            held,
            scheme=replace(held.scheme, cap_per_organisation_pence=1_500),
            applications=(*applications, last),
            sheets=(*sheets, replace(sheets[-1], application="ACF-6", marks=(2,))),
            agreed=(*agreed, AgreedRow("ACF-6", (2,))),
        )
        whole = rank(scored_round(held))
        seen = veiled(whole, of(held, MET))
        offers = {line.reference: line.offer_pence for line in whole.standings}
        told.append((offers["ACF-5"], [line for line in seen.standings if line.area == "Dudley"], seen.areas))

    # Where Twice has £10 in Coventry it is offered £5 in Dudley, else £10.
    assert [offer for offer, _, _ in told] == [500, 1_000]
    assert told[0][1:] == told[1][1:]
    assert [area.closed for area in told[0][2]] == [("ACF-2",), ("ACF-2",)]


def of_areas(*given: tuple[str, str, str, str], cap: int | None = 1_500) -> RoundRows:
    """Return a round of applications: reference, organisation, charity number and area."""
    held = priced()
    return replace(
        held,
        scheme=replace(held.scheme, cap_per_organisation_pence=cap),
        areas=tuple(Area(name, 2_500) for name in ("Coventry", "Dudley", "Walsall", "Sandwell")),
        applications=tuple(
            ApplicationRow(of, name, charity_number=number, area=area, requested_pence=1_000)
            for of, name, number, area in given
        ),
    )


def test_lists_are_tied_by_organisations_that_count_as_one_from_list_to_list() -> None:
    chain = (
        ("ACF-2", "Twice Over", "1164883", "Coventry"),
        ("ACF-3", "Quite Another Name", "1164883", "Dudley"),
        ("ACF-4", "Third", "", "Dudley"),
        ("ACF-5", "third", "", "Walsall"),
        ("ACF-6", "Alone", "", "Sandwell"),
        ("ACF-7", "Twice Over", "1164883", ""),
    )
    tied = ties(of_areas(*chain))
    assert tied.areas_telling(["ACF-2"]) == {"Coventry", "Dudley", "Walsall"}
    assert tied.areas_telling(["ACF-6", "ACF-7"]) == {"Sandwell"}
    assert tied.told_of("Walsall", ["ACF-2", "ACF-6"]) == {"ACF-2"}
    assert tied.told_of(None, ["ACF-2"]) == tied.told_of("", ["ACF-2"]) == frozenset()
    assert ties(of_areas(*chain, cap=None)).areas_telling(["ACF-2"]) == {"Coventry"}

    # Papers and recommendations of each are closed until the decision, a book without marks by its own alone.
    held = of_areas(*chain)
    ours = of(held, dict.fromkeys(("Coventry", "Dudley", "Walsall", "Sandwell"), "meeting"))
    decided, book = replace(ours, settled=frozenset({"ACF-2"})), KINDS["panel-book"]
    for area in ("Dudley", "Walsall"):
        refused(DEPENDS, refuse_closed, held, ours, area)
        assert DEPENDS in why_paper_closed(KINDS["schedule"], held, ours, [area], with_marks=False)
        refuse_closed(held, decided, area)
        assert why_paper_closed(KINDS["schedule"], held, decided, [area], with_marks=False) == ""
        assert why_paper_closed(book, held, ours, [area], with_marks=False) == ""
    refuse_closed(held, ours, "Sandwell")
    assert COVERS in why_paper_closed(book, held, ours, ["Coventry"], with_marks=False)
    assert PRINTS in why_paper_closed(book, held, decided, ["Coventry"], with_marks=True)


def test_a_cap_names_no_award_that_is_hidden_in_another_area() -> None:
    """One organisation can have £25: it has £10 twice and £5 in Coventry, and ACF-5 of Dudley gets none."""
    held = priced()
    rows_ = (
        replace(one, organisation="Made-up Club") if one.reference == "ACF-3" else one
        for one in held.applications
    )
    held = replace(
        held,
        scheme=replace(held.scheme, cap_per_organisation_pence=2_500),
        areas=tuple(replace(one, pot_pence=10_000) for one in held.areas),
        applications=tuple(rows_),
    )
    whole = rank(scored_round(held))

    (line,) = (one for one in whole.standings if one.area == "Dudley")
    assert line.cause
    assert line.cause.used == (("ACF-1", 1_000), ("ACF-2", 1_000), ("ACF-4", 500))
    (told,) = (one for one in veiled(whole, of(held, MET)).standings if one.area == "Dudley")
    assert told.cause is None


def test_what_was_decided_on_is_told_again() -> None:
    held = priced()
    whole, seat = rank(scored_round(held)), of(held, MET)
    after = replace(seat, settled=frozenset({"ACF-2"}))

    assert veiled(whole, after) == whole
    assert seat.veiled == {"ACF-2"}

    # No step of an explanation tells of a hidden line.
    round_, seat = scored_round(held), of(held, MET)
    found = explain(round_, "ACF-3")
    line = next(one for one in veiled(rank(round_), seat).standings if one.reference == "ACF-3")
    assert any("ACF-2" in step.words for step in found.steps), "the two are tied"
    assert told_steps(found, line, Sight(), round_.scheme) == found
    told = told_steps(explain(round_, "ACF-3", veiled(rank(round_), seat)), line, seat, round_.scheme)
    assert not any("ACF-2" in step.words for step in told.steps if step.rule != "money")
    why = "not shown: you declared an interest in ACF-2"
    assert [step.words for step in told.steps if step.rule.startswith(("tie-break", "money"))] == [why]
    assert told.standing == line


def test_reasons_on_what_is_closed_are_put_by_and_nothing_else_changes() -> None:
    held = replace(rows(), interests=(InterestRow("M1", "ACF-2", InterestKind.PREJUDICIAL),))
    items = {one: RecommendationRow(one, "fund", 100_000, "fits") for one in ("ACF-2", "ACF-9")}

    told = without_reasons(items, of(held))

    assert told == {"ACF-2": replace(items["ACF-2"], reason=YOU_DECLARED), "ACF-9": items["ACF-9"]}
    whole = rank(scored_round(held))
    assert veiled(whole, of(held, member=None)) is whole

    # What tells of what is closed is refused by area.
    ours = of(held)
    refuse_blind(held, ours, "Dudley")
    refused("What is open to you now: --area Dudley", refuse_blind, held, ours, "Coventry")
    for area in ("Dudley", None):
        refused("You declared an interest in ACF-2, which this covers", refuse_closed, held, ours, area)
    refused("The ranked list opens when you have handed in", refuse_closed, held, ours, "Coventry")
    refuse_closed(held, of(held, member=None), None)
    assert prints_closed(ours, ("ACF-1", "ACF-2")).startswith(
        "You declared an interest in ACF-2, whose marks"
    )
    assert prints_closed(ours, ("ACF-1",)) == MARKS_FIRST
    assert prints_closed(ours, ("ACF-9",)) == ""


def test_nothing_opens_to_who_declares_first_and_has_not_and_all_does_to_the_office() -> None:
    secret = ApplicationRow("ACF-2", "Made-up Club", "Secret project", "Dudley")
    held = replace(
        rows(),
        applications=(rows().applications[0], secret),
        sheets=(
            SheetRow("M2", "ACF-2", True, (5,), ("Secret reason",)),
            SheetRow("M1", "ACF-1", False, (None,)),
        ),
        agreed=(AgreedRow("ACF-2", (4,), ("Secret reason",), "Secret dissent"),),
    )
    met = {"Coventry": "meeting", "Dudley": "recommending"}

    def of_role(role: str, held: RoundRows = held) -> Sight:
        return sight(held, met, Viewer("", role, "M1"))

    for role in DECLARING:
        ours = of_role(role)
        assert "Secret" not in str(seen(held, ours))
        assert {line.total_1e2 for line in veiled(rank(scored_round(held)), ours).standings} == {None}
        assert hand_in_first(ours, "Dudley", ("Coventry",)) == NOT_DECLARED
        assert ours.why("ACF-2") == DECLARE_FIRST
        for area in ("Coventry", "Dudley", None):
            refused("You have not declared your interests", refuse_closed, held, ours, area)
    for role in (Role.OFFICER, Role.FINANCE, Role.NOTE_TAKER):
        assert not of_role(role).unseen
    declared = replace(held, interests=(InterestRow("M1", None, InterestKind.NONE),))
    others = replace(held, interests=(InterestRow("M2", None, InterestKind.NONE),))
    for role in PANEL:
        assert not of_role(role, declared).unseen
        assert (of_role(role, others).must_declare, of_role(role, others).hidden) == (True, frozenset())


def test_who_signs_declares_by_name_and_reads_nothing_of_what_they_declared_an_interest_in() -> None:
    signer = Viewer("Cora Command", Role.COMMANDER)
    met = {"Coventry": "meeting"}
    said = (
        InterestRow("Cora  command", None, InterestKind.NONE),
        InterestRow("Cora Command", "ACF-1", InterestKind.PECUNIARY),
        InterestRow("Dan Decides", "ACF-2", InterestKind.PECUNIARY),
    )

    assert sight(rows(), met, signer, said[2:]).must_declare
    assert sight(rows(), met, signer, said).closed == {"ACF-1"}
    assert not sight(rows(), met, signer, said).must_declare
    assert sight(rows(), met, Viewer("Cora Command", Role.FINANCE), said).closed == {"ACF-1"}
    assert not sight(rows(), met, OFFICE_VIEWER, said).unseen
