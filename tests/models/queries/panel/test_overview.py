"""What the overview says of a round to each role: figures, what is left to do, and dates."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from msgspec.structs import astuple, replace

from models.operations.deciding.recommendations import proposed
from models.permissions.viewing import NOTHING_CLOSED, Sight, Viewer
from models.queries.awards.award_rows import AwardRow, BankState
from models.queries.awards.monitoring import OpenReturn
from models.queries.deciding.awaiting import Awaiting, Signed
from models.queries.deciding.decisions import Waits
from models.queries.deciding.round_list import NOTHING_SIGNED, Answer, work_out
from models.queries.deciding.signatories import Signatory
from models.queries.panel.area_panels import AreaPanels
from models.queries.panel.overview import Overview, overview
from models.queries.panel.panel import MemberDetails
from models.queries.panel.to_do import After, Harm, What, ask_after
from models.queries.panel.to_do_list import Scene
from models.queries.permissions.reading import SeenRound, as_read_by
from models.queries.set_up.next_stage import NextStage
from models.record import Record
from models.reference.sign_off import SignOff
from models.session import Session
from models.values.awards import Instalment
from models.values.recommending import DecisionRow, RecommendationRow
from models.values.rounds import AreaDates, AreaLine, RoundLine
from models.values.rows import ApplicationRow, InterestRow, MemberRow, RoundRows, scored_round
from scoring.rank import rank
from scoring.round import Area, InterestKind
from tests.gui.builders import OTHERS, WOLVERHAMPTON, whole_round, without_nair
from tests.models.operations.deciding.test_chair_decisions import tied_rows
from tests.models.operations.deciding_rounds import decide, deciding_rows, recommended

TODAY = date(2026, 11, 26)


class Place(NamedTuple):
    """A round, and one of its areas or all."""

    line: RoundLine
    area: str | None


class Identity(NamedTuple):
    """Who asks."""

    name: str
    role: str
    member: str | None = None
    is_away: bool = False
    areas: tuple[str, ...] = ()


CHAIR = Identity("Priya Nair", "chair", "NAIR")
OFFICER = Identity("Grace Okoro", "officer")
HALE = Identity("Tom Hale", "member", "HALE")


def made(
    identity: Identity,
    stage: str,
    area: str | None = WOLVERHAMPTON,
    after: After | None = None,
    recorded: tuple[RecommendationRow, ...] = (),
    sight: Sight = NOTHING_CLOSED,
    state: str = "open",
    gone: str = "",
    rows: RoundRows | None = None,
    stages: tuple[NextStage, ...] = (),
    takes: Mapping[str, int] = NOTHING_SIGNED,
) -> Overview:
    areas = tuple(AreaLine(name, stage, 0, 0, 0) for name in (*OTHERS, WOLVERHAMPTON))
    line = RoundLine(1, "uid", "Fund", "F", "2026/27", "Round 2", state, "OFFICIAL", areas, 42)
    rows = rows or without_nair(whole_round())
    there = tuple(replace(one, withdrawn=one.reference == gone) for one in rows.applications)
    panels = AreaPanels(tuple(MemberDetails(*astuple(one)) for one in rows.members))
    found = SeenRound(replace(rows, applications=there), sight)
    figures = work_out(line, Answer(found, recorded, panels=panels, takes=takes))
    days = {WOLVERHAMPTON: AreaDates()}
    return overview(Scene(Place(line, area), figures, days, identity, after or After(), stages), TODAY)


def words(shown: Overview) -> list[str]:
    return [task.words for task in shown.tasks]


def test_a_member_is_told_whose_money_a_server_leaves_out_for_an_interest() -> None:
    shut = Sight(without_marks=frozenset({WOLVERHAMPTON}))

    here, everywhere = made(HALE, "meeting", sight=shut), made(HALE, "meeting", None, sight=shut)

    assert here.budget == ()
    assert here.left_out == everywhere.left_out
    assert here.left_out.startswith(f"The money of {WOLVERHAMPTON} is left out here: you declared")
    assert [line.area for line in everywhere.budget] == list(OTHERS)
    assert made(HALE, "meeting", OTHERS[0], sight=shut).left_out == ""

    # How many sheets of others are ready is not told to whom their marks are closed.
    tiles = made(CHAIR, "scoring", sight=Sight(blind=frozenset({"W-014"}))).tiles
    assert tiles[2].words == "14 not handed in"


def test_an_officer_is_told_what_returns_are_missing_by_the_longest() -> None:
    first, second = (
        OpenReturn(f"A-031-0{n}", WOLVERHAMPTON, TODAY - timedelta(days=by), by)
        for n, by in ((1, 40), (1, 1))
    )
    task = made(OFFICER, "done", after=After(late=(first, second))).tasks[0]

    assert (task.words, task.note) == ("2 returns are overdue", "The longest: A-031-01 by 40 days")
    assert (task.harm, task.what, task.by) == (Harm.DANGER, What.CHASE_RETURNS, TODAY - timedelta(days=40))
    one = made(OFFICER, "done", after=After(late=(second,))).tasks[0]
    assert (one.words, one.note, one.harm) == ("1 return is overdue", "A-031-01 by 1 day", Harm.WARNING)


def test_a_pot_that_was_lowered_since_the_decision_is_a_task_of_the_office() -> None:
    use = next(one for one in rank(scored_round(whole_round())).areas if one.area == WOLVERHAMPTON)
    passed = use._replace(pot_pence=100_000, given_pence=150_000, tolerance_pence=0, allowances=(), parts=())
    task = f"{WOLVERHAMPTON} is £500 over its pot"

    assert task in words(made(OFFICER, "done", after=After(over=(passed,))))
    assert task not in words(made(HALE, "done", after=After(over=(passed,))))
    assert task not in words(made(OFFICER, "done", OTHERS[0], after=After(over=(passed,))))


SKIP = proposed(rank(scored_round(whole_round())), WOLVERHAMPTON)

ALL = frozenset(row.application for row in SKIP)
CHAIN = (SignOff("commander", "NPU commander"), SignOff("decider", "Chief Executive"))


def signed_off(step: int, of: str, *, is_last: bool = False) -> DecisionRow:
    """The line of one step on an application, as recommended."""
    return DecisionRow(
        1, of, step, is_last, "agree", "fund", 100, "", "", (), False, 1, None, "", "", TODAY, ""
    )


def waiting(*posts: str, step: int = 0) -> tuple[Awaiting, ...]:
    """Return all that is recommended as it waits for some posts of a step."""
    return tuple(Awaiting(Signed.DECISION, of, WOLVERHAMPTON, Waits(step, posts)) for of in sorted(ALL))


def test_a_line_that_is_closed_to_whoever_signs_waits_for_somebody_else() -> None:
    ada, after = Identity("Ada Sample", "commander"), After(CHAIN, ALL, awaiting=waiting("NPU commander"))

    some = made(ada, "deciding", after=after, recorded=SKIP, sight=Sight(closed=frozenset({"W-014"})))
    none = made(ada, "deciding", after=after, recorded=SKIP, sight=Sight(closed=ALL))
    undeclared, told = Sight(must_declare=True), After(CHAIN, undeclared=(CORA,))

    assert words(some) == ["12 recommendations wait for your signature"]
    assert words(none) == []
    # who has not declared is asked for it alone, and the office is told who that is
    assert made(ada, "deciding", sight=undeclared).tasks[0].what is What.DECLARE
    asks = [made(who, "scoring", after=told).asks for who in (CHAIR, OFFICER, HALE)]
    assert ["Cora Command has not declared interests and cannot" in said for said in asks] == [1, 1, 0]
    assert made(OFFICER, "done", after=told).asks == ""


JOINT = (SignOff("decider", "Area commander", ("Community Ambassador",), per_area=True),)
CORA = Signatory("Cora Command", "decider", "Area commander", (WOLVERHAMPTON,))
ABE = Signatory("Abe Envoy", "decider", "Community Ambassador", (OTHERS[0],))


def test_a_joint_step_waits_for_each_of_its_posts_in_their_own_areas() -> None:
    for person, task in ((CORA, 13), (ABE, 0), (replace(ABE, areas=()), 13)):
        after = After(JOINT, ALL, (), people=(person,), awaiting=waiting(*JOINT[0].posts))
        shown = words(made(Identity(person.name, "decider"), "deciding", after=after, recorded=SKIP))
        assert shown == ([f"{task} recommendations wait for your signature"] if task else [])


def test_money_counts_as_it_was_decided_whatever_was_recommended() -> None:
    def budget(*decided: DecisionRow, **takes: int) -> tuple[int, str]:
        after = After(decisions=decided)
        (line,) = made(OFFICER, "deciding", recorded=SKIP, after=after, takes=takes).budget
        return line.recommended, line.told

    lines = {row.application: row.amount_pence or 0 for row in SKIP}
    whole, (first, *_) = sum(lines.values()), (of for of, pence in lines.items() if pence > 500)

    assert budget() == (whole, "recommended")
    as_was = [replace(signed_off(1, of, is_last=True), amount_pence=pence) for of, pence in lines.items()]
    assert budget(*as_was, **lines) == (whole, "decided")
    one = signed_off(1, first, is_last=True)  # £1.00 in place of what was recommended
    assert budget(one, **{first: 100}) == (whole - lines[first] + 100, "recommended or decided")
    more = lines[first] + 700
    assert budget(*as_was, **{**lines, first: more}) == (whole + 700, "decided")
    half = budget(signed_off(0, first), **{first: more})
    assert half == (whole + 700, "recommended"), "a first signature decides nothing, and is held"
    assert budget(*as_was, **{**lines, first: 0}) == (whole - lines[first], "decided"), "it was not taken up"


def test_a_member_declares_first_and_the_office_sees_who_has_not() -> None:
    chair = made(CHAIR, "scoring").tasks[0]
    assert chair.words == "You have not declared your interests"
    assert words(made(HALE, "scoring")) == ["13 applications left for you to score"]
    for stage, is_told in (("scoring", True), ("meeting", True), ("deciding", False), ("done", False)):
        told = "1 member has not declared interests" in words(made(OFFICER, stage))
        assert told is is_told, "after its meeting an area asks for nobody's declaration"
        assert not [one for who in (CHAIR, OFFICER, HALE) for one in made(who, stage, state="closed").tasks]


def test_an_area_that_is_recommended_whole_is_ready_for_the_chair_to_sign() -> None:
    reasoned = tuple(replace(row, reason="Fewer break-ins.") for row in SKIP)
    whole = made(CHAIR, "recommending", recorded=reasoned)
    lacking = made(CHAIR, "recommending", recorded=reasoned[1:])
    signed = made(CHAIR, "recommending", recorded=reasoned, after=After(signed=ALL))

    ready = next(task for task in whole.tasks if task.what is What.SIGN)
    assert ready.words == "Wolverhampton is ready to sign"
    assert not [task for task in (*lacking.tasks, *signed.tasks) if task.what is What.SIGN]

    gone = made(OFFICER, "recommending", recorded=reasoned, gone=SKIP[0].application)
    told = "1 recommendation is of an application that was withdrawn"
    assert (told, SKIP[0].application) in [(task.words, task.reference) for task in gone.tasks]
    bare = (replace(reasoned[0], total_1e2=None), *reasoned[1:])
    shown = (made(CHAIR, "recommending", recorded=of, gone=SKIP[0].application) for of in (reasoned, bare))
    assert [What.SIGN in {task.what for task in of.tasks} for of in shown] == [False, True]  # on a total gone


def test_the_chair_alone_is_asked_to_decide_a_tie_and_the_office_waits_for_it() -> None:
    rows = replace(tied_rows(), areas=(Area("Coventry", 500_000),))  # of which £4,000 is taken before it
    for who, note in ((CHAIR, "Say which comes first"), (OFFICER, "The chair, or who rules in the chair")):
        told = made(who._replace(member=None), "recommending", "Coventry", rows=rows).tasks
        notes = {task.words: task.note for task in told}
        assert notes["2 applications wait for a tie to be decided"].startswith(note)


def test_what_was_sent_back_waits_for_the_chair_and_the_office_until_it_is_signed_again() -> None:
    lines = tuple(replace(signed_off(0, of), verdict="send_back") for of in ("W-014", "W-003"))
    open_again, signed = After(CHAIN, ALL - {"W-014", "W-003"}, lines), After(CHAIN, ALL, lines)

    for who, after, is_told in (
        (CHAIR, open_again, True),
        (OFFICER, open_again, True),
        (HALE, open_again, False),
        (CHAIR, signed, False),
    ):
        told = words(made(who, "deciding", after=after, recorded=SKIP))
        assert ("2 recommendations were sent back" in told) == is_told


def test_who_entered_an_account_is_not_asked_to_verify_it() -> None:
    held = BankState("2345", "Grace Okoro", datetime(2026, 11, 1), "", None, "")
    halves = (Instalment(5_000, "agreement signed"), Instalment(5_000, "proof"))
    of = ("W-001", "A-031-01", "Example", WOLVERHAMPTON, 10_000, "halves", TODAY, halves)
    after = After(awards=(AwardRow(*of, bank=held),))

    for name, is_asked in (("Finn Pays", True), ("Grace Okoro", False)):
        asked = words(made(Identity(name, "finance"), "done", after=after))
        assert ("1 account is to be verified" in asked) == is_asked

    # Nothing waits of an award that is withdrawn.
    unsigned = replace(after.awards[0], agreed_on=None)
    gone = replace(unsigned, applied=ApplicationRow("", "", withdrawn=True))
    waits, none = (words(made(OFFICER, "done", after=After(awards=(row,)))) for row in (unsigned, gone))
    assert (waits[0], none) == ("1 award waits for its agreement", [])

    erased = After(awards=(unsigned,), erased=frozenset({"W-001"}))
    task = made(OFFICER, "done", after=erased, state="closed").tasks[0]
    assert (task.what, task.reference) == (What.WITHDRAW, "W-001"), "no agreement is written any more"


def test_what_an_interest_closes_to_a_note_taker_is_not_theirs_to_agree() -> None:
    keeper = Identity("Nora Notes", "note-taker")

    shown = made(keeper, "meeting")

    assert words(shown) == ["1 item is left to agree in Wolverhampton"]
    closed = frozenset({shown.tasks[0].reference})
    assert words(made(keeper, "meeting", sight=Sight(closed=closed))) == []
    waits = (NextStage(WOLVERHAMPTON, "deciding", 14, waits_to_confirm=True),)
    for who, asked in ((keeper, ["The minutes of Wolverhampton are not confirmed"]), (HALE, [])):
        assert words(made(who, "deciding", stages=waits)) == asked


def test_a_chair_of_some_areas_is_asked_to_open_those_alone() -> None:
    areas = (*OTHERS[:2], WOLVERHAMPTON)
    ready = tuple(NextStage(one, "intake", 8, declared=(f"{one} 1", f"{one} 2")) for one in areas)
    asked = {
        own: next(
            (task.words, task.note)
            for task in made(CHAIR._replace(areas=own), "intake", None, stages=ready).tasks
            if task.what is What.MOVE_ON
        )
        for own in ((), areas[:1], areas[:2])
    }

    assert asked == {
        (): ("Open scoring: 3 areas", "24 applications ready, 6 declared"),
        areas[:1]: (f"Open scoring: {areas[0]}", "8 applications ready, 2 declared"),
        areas[:2]: ("Open scoring: 2 areas", "16 applications ready, 4 declared"),
    }


def test_whoever_declared_an_interest_has_an_overview_once_money_is_decided(record: Record) -> None:
    rows = deciding_rows()
    third = MemberRow("M3", "Ivo Third")
    aside = InterestRow(third.code, "ACF-003", InterestKind.PECUNIARY, "a cousin")
    decide(recommended(record, replace(rows, members=(*rows.members, third), interests=(aside,))))
    viewer = Viewer(third.name, "member", third.code)

    def ask(session: Session) -> After:
        with as_read_by(session, viewer):
            return ask_after(session, 1, viewer.role)

    after = record.ask(ask)

    assert (after.over, len(after.decisions)) == ((), 4), "two lines at two steps are open to them"
