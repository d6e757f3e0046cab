"""What the deciding office has before it, the reasons drafted for it, and how far any chain has signed."""

from datetime import date
from functools import partial

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.panel.members import DeclareToSign
from models.operations.set_up.people import GiveRole
from models.permissions.viewing import Viewer
from models.queries.deciding.decisions import (
    NOT_BEGUN,
    Progress,
    Signed,
    ended_by_change,
    needed_steps,
    progress_by_line,
    recommendations,
)
from models.queries.deciding.on_paper import OnPaper, earlier_on_paper, on_paper
from models.queries.deciding.reasons import AGREED, MEMBERS, Draft, Given, drafts, drafts_against, drafts_for
from models.queries.deciding.round_list import Deciding, deciding
from models.record import Record
from models.reference.sign_off import Chain, SignOff, chain_faults
from models.role import Role
from models.values.recommending import DecisionRow, RecommendationRow
from models.values.rows import AgreedRow, InterestRow, MemberRow, SheetRow
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.models.operations.deciding.test_chain import (
    AMBASSADOR,
    BOTH,
    COMMANDER,
    CORA,
    OVERSEEN,
    sign,
    signed_round,
    signing,
    with_people,
)
from tests.models.operations.deciding_rounds import decide, deciding_rows, recommended
from tests.models.rounds import OFFICER, refused


def asked(record: Record, member: str | None = None, name: str = "") -> Deciding:
    return record.ask(lambda session: deciding(session, 1, Viewer(name, Role.FINANCE, member)))


def test_why_the_panel_departed_from_its_list_is_no_reason_of_an_award(record: Record) -> None:
    """It gave a reason on the first criterion of the first application, too."""
    rows = deciding_rows()
    more = [""] * (len(rows.scheme.judged) - 1)
    agreed = AgreedRow("ACF-001", (5, *(5 for _ in more)), ("clear plan", *more))
    noted = AgreedRow("ACF-002", (None, *(5 for _ in more)), ("It was not seen.", *more))
    recommended(record, replace(rows, agreed=(agreed, noted)))
    items = record.ask(lambda session: recommendations(session, 1))
    words = "nothing else is on offer there"
    let_in = replace(items[0], is_exception=True, reason="it keeps the estate quiet")
    odd = replace(items[2], outcome="part_fund", amount_pence=50_000, is_exception=True, reason=words)
    record.perform(RecordRecommendations(1, (let_in, odd)), OFFICER)

    found = asked(record)
    assert found.departures == {"ACF-003"}, "the rule offers the first its money"
    assert found.panel_reasons["ACF-001"] == "it keeps the estate quiet", "no mark's reason is published"
    assert "ACF-003" not in found.panel_reasons
    assert "not seen" not in str(found.panel_reasons), "a note where no mark is agreed is the meeting's own"


def test_what_a_person_declared_an_interest_in_is_closed_in_every_role(record: Record) -> None:
    rows = deciding_rows()
    interests = (
        InterestRow("M3", "ACF-001", InterestKind.PECUNIARY, "a cousin"),
        InterestRow("M3", "ACF-002", InterestKind.ABSTAINED, "away"),
    )
    people = (*rows.members, MemberRow("M3", "Iris Interest"))
    recommended(record, replace(rows, members=people, interests=interests))

    for member, name in (("M3", ""), (None, "Iris Interest")):
        assert asked(record, member, name).closed == {"ACF-001"}
    for member, name in (("M1", "Ann Sample"), (None, "Cora Command")):
        assert asked(record, member, name).closed == set()


def test_who_signs_is_told_no_sum_with_a_closed_line_in_it_until_it_is_decided(recommended: Record) -> None:
    own = (InterestRow("Sal Signs", "ACF-002", InterestKind.PECUNIARY, "a cousin"),)
    for name in ("Sal Signs", "Dan Decides"):
        recommended.perform(GiveRole(1, name, "decider"), OFFICER)
    recommended.perform(DeclareToSign(1, "Sal Signs", own), OFFICER)
    signer = Viewer("Sal Signs", Role.DECIDER)

    before = recommended.ask(partial(deciding, round_id=1, viewer=signer))
    decide(recommended)
    after = recommended.ask(partial(deciding, round_id=1, viewer=signer))

    assert (before.closed, [one.closed for one in before.pots if one.closed]) == ({"ACF-002"}, [("ACF-002",)])
    assert (after.closed, [one.closed for one in after.pots if one.closed]) == (frozenset(), [])


ALL = ("ACF-001", "ACF-002", "ACF-003")


def ask(record: Record, post: str) -> OnPaper:
    return record.ask(lambda session: on_paper(session, 1, post, ALL))


def ask_earlier(record: Record, post: str) -> OnPaper | None:
    return record.ask(lambda session: earlier_on_paper(session, 1, post, ALL))


def test_a_post_that_signs_earlier_is_not_the_last_one(record: Record) -> None:
    signed_round(record, (SignOff("commander", "NPU commander"), SignOff("decider", "Chief Executive")))

    passed_over = "No signature of the NPU commander is recorded on 3 lines."
    assert ask(record, "Acting Chief Executive") == OnPaper(1, ALL, passed_over)
    assert ask_earlier(record, "Acting Chief Executive") is ask_earlier(record, "Chief Executive") is None
    assert ask_earlier(record, "npu commander") == OnPaper(0, ALL, is_earlier=True)
    record.perform(replace(signing(CORA, "NPU commander", *BOTH), from_paper=True), OFFICER)
    left = OnPaper(0, ("ACF-003",), is_earlier=True)
    assert ask_earlier(record, "NPU commander") == left
    third = signing(CORA, "NPU commander", replace(BOTH[0], application="ACF-003"))
    record.perform(replace(third, from_paper=True), OFFICER)
    refused(r"The NPU commander signed everything there already\.", ask_earlier, record, "NPU commander")
    assert ask(record, "Chief Executive").passed_over == ""
    first = r"NPU commander signs step 1 of the chain; this is decided by the Chief Executive\."
    refused(first, ask, record, "npu  Commander")


def test_of_a_joint_step_what_is_signed_is_left_out(record: Record) -> None:
    sign(with_people(record), CORA, COMMANDER, *BOTH)

    assert ask(record, COMMANDER).references == ("ACF-003",)
    assert ask(record, AMBASSADOR).references == ALL
    refused("does not say whose signature it is", ask, record, "Chief Executive")
    sign(record, CORA, COMMANDER, BOTH[0].__class__("ACF-003"))
    signed = f"The {COMMANDER} signed everything there already. It waits for the {AMBASSADOR}"
    refused(signed, ask, record, COMMANDER)


OF, ASKED, SIGNED_ON = "W-001", 500_000, date(2026, 12, 2)
AMOUNTS = st.sampled_from([None, 90_000, 100_000, 250_000, ASKED])
THRESHOLDS = st.sampled_from([None, None, 100_000, 300_000])


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    """Return a chain of one to four steps, some of two or three posts, some from an amount."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=4))
    whole = draw(st.integers(0, len(sizes) - 1))
    return tuple(
        SignOff(
            "decider",
            f"Post {number}.0",
            tuple(f"Post {number}.{other}" for other in range(1, size)),
            from_pence=None if number == whole else draw(THRESHOLDS),
        )
        for number, size in enumerate(sizes)
    )


class Line:
    """A line as operations take it through a chain: each post signs, and one may change the amount once."""

    def __init__(self, chain: Chain, pence: int | None) -> None:
        self.chain, self.recommended = chain, pence
        self.rows: list[DecisionRow] = []

    @property
    def progress(self) -> Progress:
        return progress_by_line(self.rows).get(OF, NOT_BEGUN)

    @property
    def pence(self) -> int | None:
        last = self.progress.last
        return self.recommended if last is None else last.amount_pence

    def sign(self, number: int, post: str, change: int | None) -> None:
        """Sign for a post, or refuse it out of turn."""
        held, waits = self.progress, self.progress.waits(self.chain, self.pence)
        if waits is None or (number, post) not in [(waits.step, one) for one in waits.posts]:
            raise Refused("out of turn")
        pence, is_change = (self.pence, False) if change is None else (change, True)
        after = held.after(self.chain, Signed(number, post), pence, is_change=is_change)
        gone = ended_by_change(held.since, number) if is_change else ()
        mine = len(self.rows) + 1
        self.rows = [replace(row, ended_by=mine) if row.number in gone else row for row in self.rows]
        verdict = "change" if is_change else "agree"
        self.rows.append(_row(mine, number, post, verdict, pence, is_last=after is None))

    def run(self, order: list[tuple[int, str]], changer: str, to: int | None) -> None:
        """Have posts try to sign in an order, over and over, until the line is decided."""
        has_changed = False
        for _ in range(2 * len(order) + 1):
            for number, post in order:
                change = to if post == changer and not has_changed else None
                try:
                    self.sign(number, post, change)
                except Refused:
                    continue
                has_changed |= change is not None
                self.check()

    def check(self) -> None:
        """Nothing is final before every post that its amount needs has signed for that amount."""
        final = self.progress.final
        if final is None:
            return
        standing = [row for row in self.rows if row.is_in_force]
        assert {row.amount_pence for row in standing[-1:]} == {final.amount_pence}
        signed = {(row.step, row.post) for row in standing}
        for number in needed_steps(self.chain, final.amount_pence):
            assert {(number, post) for post in self.chain[number].posts} <= signed


def _row(number: int, step: int, post: str, verdict: str, pence: int | None, *, is_last: bool) -> DecisionRow:
    outcome = "reserve" if pence is None else "part_fund"
    figures = (pence, "", "", (), False, None, None)
    return DecisionRow(
        number, OF, step, is_last, verdict, outcome, *figures, post, f"Holder of {post}", SIGNED_ON, ""
    )


@given(st.data())
def test_a_change_by_one_post_is_signed_as_changed_by_all_that_its_amount_needs(data: st.DataObject) -> None:
    chain, pence = data.draw(chains()), data.draw(AMOUNTS)
    posts = [(number, post) for number, step in enumerate(chain) for post in step.posts]
    changer, to = data.draw(st.sampled_from(posts))[1], data.draw(st.sampled_from([90_000, 250_000, ASKED]))
    line = Line(chain, pence)

    line.run(data.draw(st.permutations(posts)), changer, to)

    assert chain_faults(chain) == ()
    assert line.progress.final is not None
    changed = [row for row in line.rows if row.verdict == "change"]
    assert line.progress.final.amount_pence == (to if changed else pence)
    for row in changed:
        joint = {one.post for one in line.rows if one.is_in_force and one.step == row.step}
        assert joint == set(chain[row.step].posts)


def test_money_has_the_standard_conditions_unless_others_were_recorded() -> None:
    own = RecommendationRow("A", "fund", 100, "Quieter evenings.", conditions=("Two sessions a week.",))
    said = Given(("Keep receipts.",), {"A": own}, {})

    assert said.conditions("D", "fund") == ("Keep receipts.",)
    assert (said.conditions("A", "fund"), said.conditions("A", "reserve")) == (own.conditions, ())


def test_a_paper_of_one_of_several_last_steps_leaves_the_others(record: Record) -> None:
    signed_round(record, OVERSEEN)

    passed_over = "No signature of the NPU commander is recorded on 2 lines."
    assert ask(record, "commissioner") == OnPaper(1, ("ACF-002", "ACF-003"), passed_over)
    assert ask_earlier(record, "NPU commander") is None, "it decides the small ones"
    refused(r"decided by the NPU commander and Commissioner: name one\.", ask, record, "Chief Executive")

    assert ask(record, "NPU commander").references == ("ACF-001",)


def test_reasons_are_drafted_of_what_may_be_told_and_against_money_of_what_fell_short() -> None:
    first = "ACF-001"
    sheets = (
        SheetRow("M1", first, True, (4, 1, 2), ("Local figures.", "Weak.", "Thin."), for_panel=("A2",)),
        SheetRow("M3", first, True, (4, 4, 4), ("My own club.", "", "")),
        SheetRow("M1", "ACF-002", False, (4, None, None), ("Half a thought.", "", "")),
    )
    aside = (InterestRow("M3", first, InterestKind.PECUNIARY, "Runs it"),)
    rows = replace(deciding_rows(), sheets=sheets, interests=aside, agreed=())
    said = ("Clear need.", "Nothing is counted.", "NB chair to ask")
    panel = replace(rows, agreed=(AgreedRow(first, (4, 2, 4), said, for_panel=("A6",)),))

    assert drafts(rows) == {first: Draft("Need: Local figures.", MEMBERS)}
    assert drafts_against(rows) == {first: Draft("Value for money: Thin.", MEMBERS)}
    assert drafts(panel) == {first: Draft("Need: Clear need.", AGREED)}
    assert drafts_against(panel) == {first: Draft("Outcomes: Nothing is counted.", AGREED)}
    assert drafts_for(panel, {first: "decline", "ACF-002": "fund"}) == drafts_against(panel)


@given(st.data())
def test_any_order_of_signatures_gives_the_same_result(data: st.DataObject) -> None:
    chain, pence = data.draw(chains()), data.draw(AMOUNTS)
    posts = [(number, post) for number, step in enumerate(chain) for post in step.posts]
    found = set()

    for _ in range(2):
        line = Line(chain, pence)
        line.run(data.draw(st.permutations(posts)), "", None)
        assert line.progress.final is not None
        standing = frozenset((row.step, row.post) for row in line.rows if row.is_in_force)
        found.add((line.progress.final.amount_pence, standing))

    assert chain_faults(chain) == ()
    assert len(found) == 1
