"""What the overview says of a round to each role: figures, what is left to do, and dates."""

import re
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from models.operations.deciding.recommendations import proposed
from models.operations.panel.members import DeclareToSign
from models.operations.set_up.people import GiveRole
from models.permissions.viewing import NOTHING_CLOSED, Sight
from models.queries.awards.award_rows import AwardRow, BankState
from models.queries.awards.monitoring import OpenReturn
from models.queries.deciding.round_list import Answer, work_out
from models.queries.deciding.signatories import Signatory
from models.queries.panel import left_to_do, to_do, to_do_list
from models.queries.panel.left_to_do import CHECKLIST
from models.queries.panel.overview import Overview, overview
from models.queries.panel.to_do import TASKS, After, Harm, What, ask_after
from models.queries.panel.to_do_list import Scene
from models.queries.permissions.reading import SeenRound
from models.queries.set_up import next_stage
from models.queries.set_up.next_stage import NextStage, Point
from models.record import Record
from models.reference.sign_off import SignOff
from models.role import Role
from models.values.awards import Instalment
from models.values.recommending import DecisionRow, RecommendationRow
from models.values.rounds import AreaDates, AreaLine, RoundLine
from models.values.rows import InterestRow, RoundRows, scored_round
from scoring.rank import rank
from scoring.round import InterestKind
from tests.gui.builders import OTHERS, WOLVERHAMPTON, whole_round, without_nair
from tests.models.rounds import OFFICER as GRACE

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


CHAIR = Identity("Priya Nair", "chair", "NAIR")
OFFICER = Identity("Grace Okoro", "officer")
HALE = Identity("Tom Hale", "member", "HALE")


def made(
    identity: Identity,
    stage: str,
    area: str | None = WOLVERHAMPTON,
    after: After | None = None,
    recorded: tuple[RecommendationRow, ...] = (),
    rows: RoundRows | None = None,
    stages: tuple[NextStage, ...] = (),
    sight: Sight = NOTHING_CLOSED,
    is_direct: bool = False,
    applications: int = 42,
    **dates: date,
) -> Overview:
    areas = tuple(AreaLine(name, stage, 0, 0, 0) for name in (*OTHERS, WOLVERHAMPTON))
    line = RoundLine(1, "uid", "Fund", "F", "2026/27", "Round 2", "open", "OFFICIAL", areas, applications)
    line = replace(line, is_direct=is_direct)
    figures = work_out(line, Answer(SeenRound(rows or without_nair(whole_round()), sight), recorded))
    days = {WOLVERHAMPTON: AreaDates(**dates)}
    return overview(Scene(Place(line, area), figures, days, identity, after or After(), stages), TODAY)


def words(shown: Overview) -> list[str]:
    return [task.words for task in shown.tasks]


def late(*days: int, area: str = WOLVERHAMPTON) -> After:
    return After(
        late=tuple(
            OpenReturn(f"A-031-0{n}", area, TODAY - timedelta(days=by), by) for n, by in enumerate(days, 1)
        )
    )


def test_a_member_is_told_whose_money_a_server_leaves_out_for_an_interest() -> None:
    shut = Sight(without_marks=frozenset({WOLVERHAMPTON}))

    here, everywhere = made(HALE, "meeting", sight=shut), made(HALE, "meeting", None, sight=shut)

    assert here.budget == ()
    assert here.left_out == everywhere.left_out
    assert here.left_out.startswith(f"The money of {WOLVERHAMPTON} is left out here: you declared")
    assert [line.area for line in everywhere.budget] == list(OTHERS)
    assert made(HALE, "meeting", OTHERS[0], sight=shut).left_out == ""


def test_an_officer_is_told_what_returns_are_missing_by_the_longest() -> None:
    task = made(OFFICER, "done", after=late(40, 1)).tasks[0]

    assert (task.words, task.note) == ("2 returns are overdue", "The longest: A-031-01 by 40 days")
    assert (task.harm, task.what, task.by) == (Harm.DANGER, What.CHASE_RETURNS, TODAY - timedelta(days=40))
    one = made(OFFICER, "done", after=late(1)).tasks[0]
    assert (one.words, one.note, one.harm) == ("1 return is overdue", "A-031-01 by 1 day", Harm.WARNING)


def test_the_tiles_say_the_round_in_four_figures() -> None:
    tiles = made(OFFICER, "scoring", meets_on=date(2026, 12, 2)).tiles

    # fourteen asks: 4,800+3,250+1,980+2,400+4,950+3,600+4,400+2,750+3,700+3,600+2,100+4,700+1,350+2,900
    assert [tile.figure for tile in tiles] == ["14", "£46,480", "13 of 27", "Wed 2 December"]
    assert tiles[0].words == "14 eligible"
    assert tiles[1].words == "for £30,000 of project money"
    assert tiles[2].words == "0 ready to hand in, 14 still to score"


def test_how_many_sheets_of_others_are_ready_is_not_told_to_whom_their_marks_are_closed() -> None:
    tiles = made(CHAIR, "scoring", sight=Sight(blind=frozenset({"W-014"}))).tiles

    assert tiles[2].words == "14 still to hand in"


def test_a_member_declares_first_and_scores_then() -> None:
    chair = made(CHAIR, "scoring").tasks[0]
    assert chair.words == "You have not declared your interests"
    assert chair.note == "Score sheets open to you after that", "the chair reads the applications before"
    assert words(made(HALE, "scoring")) == ["13 applications left for you to score"]
    nothing = made(CHAIR, "intake", applications=0)
    assert "You have not declared your interests" not in words(nothing), "there is nothing to declare about"


def test_the_next_stage_is_a_task_of_the_chair_and_the_office_sees_what_waits() -> None:
    declared = {"declared": ("M1", "M2", "M3", "M4")}
    ready = tuple(NextStage(name, "intake", 11, **declared) for name in ("Coventry", "Dudley", "Walsall"))
    held = Point("2 applications have gates to check.", is_done=False)
    waits = NextStage("Sandwell", "intake", 4, points=(held,), **declared)

    chair, office = (made(who, "intake", None, stages=(*ready, waits)) for who in (CHAIR, OFFICER))
    task = next(task for task in chair.tasks if task.stage)
    assert (task.words, task.verb, task.stage) == ("Open scoring: 3 areas", "Open scoring", "intake")
    assert task.note == "33 applications ready, 4 declared"
    assert "3 areas wait for the chair to open scoring" in words(office)
    assert not [task for task in made(HALE, "intake", None, stages=ready).tasks if task.stage]
    assert office.waiting == "To open scoring in Sandwell: 2 applications have gates to check."


def test_the_office_sees_who_has_not_declared() -> None:
    for stage, is_told in (("scoring", True), ("meeting", True), ("deciding", False), ("done", False)):
        told = "1 member has not declared interests" in words(made(OFFICER, stage))
        assert told is is_told, "after its meeting an area asks for nobody's declaration"


def test_who_signs_has_declared_once_they_say_so(loaded: Record) -> None:
    for name in ("Ada Brook", "Ben Reed"):
        loaded.perform(GiveRole(1, name, Role.DECIDER), GRACE)
    none = InterestRow("Ada Brook", None, InterestKind.NONE)
    loaded.perform(DeclareToSign(1, "Ada Brook", (none,)), GRACE)

    assert [one.name for one in loaded.ask(partial(ask_after, round_id=1)).undeclared] == ["Ben Reed"]


SKIP = proposed(rank(scored_round(whole_round())), WOLVERHAMPTON)


ALL = frozenset(row.application for row in SKIP)


CHAIN = (SignOff("commander", "NPU commander"), SignOff("decider", "Chief Executive"))


def signed_off(step: int, of: str, *, is_last: bool = False) -> DecisionRow:
    """The line of one step on an application, as recommended."""
    return DecisionRow(
        1, of, step, is_last, "agree", "fund", 100, "", "", (), False, 1, 1, False, None, "", "", TODAY, ""
    )


def award(number: int, **changes: object) -> AwardRow:
    """An award of £100 to Wolverhampton in halves."""
    values: dict[str, object] = {
        "application": f"W-{number:03d}",
        "reference": f"A-031-{number:02d}",
        "organisation": "Example",
        "area": WOLVERHAMPTON,
        "amount_pence": 10_000,
        "profile": "halves",
        "agreed_on": None,
        "instalments": (Instalment(5_000, "agreement signed"), Instalment(5_000, "proof")),
    }
    return AwardRow(**{**values, **changes})  # type: ignore[arg-type]


def test_an_area_that_is_recommended_whole_is_ready_for_the_chair_to_sign() -> None:
    reasoned = tuple(replace(row, reason="Fewer break-ins.") for row in SKIP)
    whole = made(CHAIR, "recommending", recorded=reasoned)
    lacking = made(CHAIR, "recommending", recorded=reasoned[1:])
    signed = made(CHAIR, "recommending", recorded=reasoned, after=After(signed=ALL))

    ready = next(task for task in whole.tasks if task.what is What.SIGN)
    assert ready.words == "Wolverhampton is ready to sign"
    assert ready.note == "13 recommendations go to the deciding office"
    assert not [task for task in (*lacking.tasks, *signed.tasks) if task.what is What.SIGN]


def test_what_was_sent_back_waits_for_the_chair_and_the_office_until_it_is_signed_again() -> None:
    lines = tuple(replace(signed_off(0, of), verdict="send_back") for of in ("W-014", "W-003"))
    open_again = After(CHAIN, ALL - {"W-014", "W-003"}, lines)
    sent_back = "2 recommendations were sent back"

    shown = made(CHAIR, "deciding", after=open_again, recorded=SKIP).tasks
    (task,) = [task for task in shown if task.words == sent_back]
    assert (task.what, task.reference) == (What.RECOMMEND_AGAIN, "W-003")
    assert sent_back in words(made(OFFICER, "deciding", after=open_again, recorded=SKIP))
    assert sent_back not in words(made(HALE, "deciding", after=open_again, recorded=SKIP))
    assert sent_back not in words(made(CHAIR, "deciding", OTHERS[0], after=open_again, recorded=SKIP))
    assert sent_back not in words(made(CHAIR, "deciding", after=After(CHAIN, ALL, lines), recorded=SKIP))


@pytest.mark.parametrize(
    ("role", "done", "task"),
    [
        ("commander", 0, ["13 recommendations wait for your signature"]),
        ("decider", 0, []),
        ("decider", 1, ["13 recommendations wait for your signature"]),
    ],
)
def test_each_step_of_the_chain_has_what_waits_for_it(role: str, done: int, task: list[str]) -> None:
    lines = tuple(signed_off(step, of, is_last=step == 1) for step in range(done) for of in sorted(ALL))
    after = After(CHAIN, ALL, lines)

    assert words(made(Identity("Ada Sample", role), "deciding", after=after, recorded=SKIP)) == task


def test_a_line_that_is_closed_to_whoever_signs_waits_for_somebody_else() -> None:
    ada, after = Identity("Ada Sample", "commander"), After(CHAIN, ALL)

    some = made(ada, "deciding", after=after, recorded=SKIP, sight=Sight(closed=frozenset({"W-014"})))
    none = made(ada, "deciding", after=after, recorded=SKIP, sight=Sight(closed=ALL))

    assert words(some) == ["12 recommendations wait for your signature"]
    assert words(none) == []


JOINT = (SignOff("decider", "Area commander", ("Community Ambassador",), per_area=True),)
CORA = Signatory("Cora Command", "decider", "Area commander", (WOLVERHAMPTON,))
ABE = Signatory("Abe Envoy", "decider", "Community Ambassador", (OTHERS[0],))


@pytest.mark.parametrize(("person", "task"), [(CORA, 13), (ABE, 0), (replace(ABE, areas=()), 13)])
def test_a_joint_step_waits_for_each_of_its_posts_in_their_own_areas(person: Signatory, task: int) -> None:
    after = After(JOINT, ALL, (), people=(person,))

    shown = words(made(Identity(person.name, "decider"), "deciding", after=after, recorded=SKIP))

    assert shown == ([f"{task} recommendations wait for your signature"] if task else [])


def test_finance_is_told_which_awards_are_paid_late() -> None:
    verified = BankState("2345", "Grace Okoro", datetime(2026, 11, 1), "Ada", datetime(2026, 11, 2))
    parts = (Instalment(5_000, "the end", due_on=TODAY), Instalment(5_000, "agreement signed"))
    late = award(1, agreed_on=TODAY, bank=verified, instalments=parts)
    # What waits for the signature is due thirty days after it.
    assert late.late(TODAY + timedelta(days=1)) == (1,)
    assert late.late(TODAY + timedelta(days=31)) == (1, 2)
    assert replace(late, held_for="no report yet").late(TODAY + timedelta(days=31)) == (), "held, not late"


def test_finance_verifies_pays_and_waits_for_the_schedule() -> None:
    held = BankState("2345", "Grace Okoro", datetime(2026, 11, 1), "", None, "")
    verified = replace(held, checked_by="Ada Sample", checked_at=datetime(2026, 11, 2))
    made_awards = (award(1, agreed_on=TODAY, bank=held), award(2, agreed_on=TODAY, bank=verified), award(3))
    finance, officer = Identity("Finn Pays", "finance"), Identity("Ivy Keeps", "officer")
    not_issued = "No schedule of 3 awards is issued yet"

    assert words(made(finance, "done", after=After(awards=made_awards))) == [
        "1 account is to be verified",
        "1 instalment may be paid now",
        not_issued,
    ]
    shown = words(made(officer, "done", after=After(awards=made_awards[1:])))
    assert "1 award waits for its agreement" in shown
    assert "1 account is to be verified" not in words(
        made(Identity("Grace Okoro", "finance"), "done", after=After(awards=made_awards))
    ), "who entered an account does not verify it"


def test_the_note_taker_has_the_items_that_are_left() -> None:
    keeper = Identity("Nora Notes", "note-taker")

    # fourteen applications, thirteen of them agreed on
    shown = made(keeper, "meeting")
    assert words(shown) == ["1 item is left to agree in Wolverhampton"]
    left = shown.tasks[0].reference
    assert left in {one.reference for one in whole_round().applications}
    # agreed by others or not: what an interest closes to somebody is never theirs to agree
    assert words(made(keeper, "meeting", sight=Sight(closed=frozenset({left})))) == []


def test_money_counts_as_it_was_decided_whatever_was_recommended() -> None:
    def budget(*decided: DecisionRow) -> tuple[int, str]:
        (line,) = made(OFFICER, "deciding", recorded=SKIP, after=After(decisions=decided)).budget
        return line.recommended, line.told

    lines = {row.application: row.amount_pence or 0 for row in SKIP}
    whole, (first, *_) = sum(lines.values()), (of for of, pence in lines.items() if pence > 500)

    assert budget() == (whole, "recommended")
    as_was = [replace(signed_off(1, of, is_last=True), amount_pence=pence) for of, pence in lines.items()]
    assert budget(*as_was) == (whole, "decided")
    one = signed_off(1, first, is_last=True)  # £1.00 in place of what was recommended
    assert budget(one) == (whole - lines[first] + 100, "recommended or decided")
    corrected = replace(one, amount_pence=lines[first] + 700)
    assert budget(*as_was, corrected) == (whole + 700, "decided")
    assert budget(signed_off(0, first)) == (whole, "recommended"), "a first signature decides nothing"


def test_every_task_and_point_that_is_named_has_its_words_and_none_is_left_over() -> None:
    modules = [to_do, to_do_list, next_stage, left_to_do]
    said = "".join(Path(str(one.__file__)).read_text("utf-8") for one in modules)

    for table, asked in (
        (TASKS, r'(?:to_do|_of_awards)\(\s*"([^"]+)"'),
        (CHECKLIST, r'_point\(\s*"([^"]+)"'),
    ):
        assert set(re.findall(asked, said)) <= table.keys() <= set(re.findall(r'"([^"\n]+)"', said))
