"""Until all have signed a correction, the round budget, the year and the papers hold the larger amount."""

import re
from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from msgspec import Struct
from msgspec.structs import replace

from models.issuing import next_issue
from models.operation import Actor, Operation, carried_out
from models.operations.applications.corrections import SetWithdrawn
from models.operations.awards.agreements import RecordAgreement, SignAgreement
from models.operations.awards.variations import VaryAward, WithdrawVariation
from models.operations.deciding.turns import TakeBackSignature
from models.operations.panel.members import DeclareToSign
from models.operations.set_up.people import NameSignatories
from models.operations.set_up.rounds import CloseRound
from models.papers.order import PaperOrder
from models.papers.year.year_end_lines import FirstDecision
from models.permissions.viewing import Viewer
from models.queries.awards.agreements import grant_agreement
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.awards_page import awards_page
from models.queries.awards.year_facts import year_end
from models.queries.deciding.allowances import given_amounts, pot_uses, waiting_words
from models.queries.deciding.award_gate import open_amount
from models.queries.deciding.round_list import ask_round, work_out
from models.queries.papers.decision_report import decision_report
from models.queries.papers.to_sign import schedule
from models.queries.set_up.next_stage import checklist_words, next_stages
from models.queries.set_up.rounds import round_line
from models.record import Record
from models.role import Role
from models.schema.awards import award_table
from models.session import Session, set_values
from models.values.awards import NOT_SENT, AgreementDetails, Terms
from models.values.recommending import LineDecision
from models.values.rows import InterestRow
from scoring.ranking import PotUse
from scoring.round import InterestKind
from scoring.schedule.values import pot_uses as printed_uses
from scoring.written.text import Refused
from tests.models.made_once import made_once
from tests.models.operations.awards.test_varied_always import NOW
from tests.models.operations.budgets import KeptBooks, allocate, area_of
from tests.models.operations.deciding.test_chain import (
    ABE,
    AMBASSADOR,
    COMMANDER,
    CORA,
    WITH_PEOPLE,
    correct,
    sign,
    signed_round,
    signing,
    with_people,
)
from tests.models.operations.deciding_rounds import DAY, REASON, declare_to_sign, every_line
from tests.models.rounds import OFFICER, refuses

POT = 600_000
"""Coventry has £6,000.00 in the year; £1,000.00 and £2,000.00 are awarded, the third is on reserve."""
OF = st.sampled_from(("ACF-001", "ACF-002", "ACF-003"))
PENCE = st.one_of(st.none(), st.integers(50_000, 200_000))
BOTH_SIGNED = AgreementDetails(
    office_signer=CORA.name, office_post=COMMANDER, recipient_signer="Rosa", recipient_post="Chair"
)
SUMS = re.compile(r"£([\d,.]*\d) in place of £([\d,.]*\d)")
HANDS = ((CORA, COMMANDER), (ABE, AMBASSADOR))


@made_once
def with_reserve(record: Record) -> Record:
    """Have two of three lines funded and one kept in reserve by commander and ambassador together."""
    signed_round(record, third="reserve")
    record.perform(NameSignatories(1, WITH_PEOPLE), OFFICER)
    declare_to_sign(record, CORA, ABE)
    sign(record, CORA, COMMANDER, *every_line())
    sign(record, ABE, AMBASSADOR, *every_line(), notice="031/2026")
    allocate(record, Coventry=POT)
    return record


@made_once
def undecided(record: Record) -> Record:
    """Have the three lines before commander and ambassador, with less in the year than is recommended."""
    with_people(record)
    declare_to_sign(record, CORA, ABE)
    allocate(record, Coventry=POT)
    return record


def change(of: str, pence: int | None) -> LineDecision:
    """Return a correction of a line to an amount, None for none."""
    if pence is None:
        return LineDecision(of, "change", "decline", change_reason="not needed any more")
    return LineDecision(of, "change", "part_fund", pence, REASON, "money came free")


def ranked_pot(record: Record) -> PotUse:
    """Return the pot as the page with the ranked list shows it."""
    line = record.ask(lambda s: round_line(s, 1))
    return work_out(line, record.ask(ask_round(1, Viewer("Grace Okoro", Role.OFFICER)))).listed.areas[0]


def held(record: Record) -> tuple[int, int, int, int, int]:
    """Return what the round budget, the ranked list, the year, Awards and the schedule hold, in pence."""
    order = PaperOrder("schedule", NOW, round_id=1)
    return (
        ranked_pot(record).given_pence,
        record.ask(lambda s: pot_uses(s, 1, given_amounts(s, 1)))[0].given_pence,
        area_of(record).project_used_pence,
        record.ask(lambda s: awards_page(s, 1)).pots[0].given_pence,
        printed_uses(record.ask(lambda s: schedule(s, order)))[0].given_pence,
    )


@pytest.mark.parametrize(
    ("of", "pence", "holds", "words", "named"),
    [
        ("ACF-002", 150_000, 300_000, "£500 will come free", "A-031-02, £1,500 in place of £2,000"),
        ("ACF-001", None, 300_000, "£1,000 will come free", "A-031-01, £0 in place of £1,000"),
        (
            "ACF-003",
            120_000,
            420_000,
            "£1,200 will be added to what is agreed",
            "ACF-003, £1,200 in place of £0",
        ),
    ],
)
def test_a_half_signed_correction_holds_one_sum_everywhere_and_is_named_on_papers(
    record: Record, of: str, pence: int | None, holds: int, words: str, named: str
) -> None:
    correct(with_reserve(record), CORA, COMMANDER, change(of, pence))

    area, (note,) = area_of(record), record.ask(lambda s: year_end(s, "ACF", "2026/27")).notes
    assert note.endswith(f"not fully signed, and not counted: {named}.")
    assert held(record) == (holds,) * 5
    assert (area.decided_pence, area.adds_pence) == (300_000, holds - 300_000)
    assert record.ask(lambda s: waiting_words(s, 1)) == {
        "Coventry": f"Coventry: {words} once all have signed."
    }
    report = record.ask(lambda s: decision_report(s, PaperOrder("decision-report", NOW, 1)))
    to = "no money" if pence is None else f"£{pence // 100:,}.00"
    (change_named,) = report.changes
    assert change_named.startswith(f"{CORA.name}, {COMMANDER}, signed a correction of {of} to {to} on ")
    assert report.areas[0].awarded_pence == 300_000
    assert report.areas[0].taken_pence == holds
    stages = record.ask(lambda s: next_stages(s, 1, DAY))
    assert checklist_words(stages[:1]) == "3 applications decided, 1 correction waits for a signature"


def test_the_years_end_names_no_award_to_be_made_to_whom_its_application_is_closed(record: Record) -> None:
    correct(with_reserve(record), CORA, COMMANDER, change("ACF-003", 120_000))
    other = replace(ABE, name="Nell Other")
    own = InterestRow(other.name, "ACF-003", InterestKind.PREJUDICIAL, "She is a trustee.")
    record.perform(DeclareToSign(1, other.name, (own,)), other)

    def waits(name: str) -> tuple[tuple[FirstDecision, ...], int]:
        line = record.ask(lambda s: year_end(s, "ACF", "2026/27", Viewer(name))).lines[0]
        return line.first, line.adds_pence

    assert waits(CORA.name) == ((FirstDecision("ACF-003", 120_000),), 120_000)
    assert waits(other.name) == ((), 0)  # nor the sum, which would tell it


def test_the_first_to_sign_a_correction_is_refused_past_the_years_money(record: Record) -> None:
    with_reserve(record)
    allocate(record, Coventry=300_000)
    # the open round holds its pot of £9,000.00; what awards use of the year may not rise past £3,000.00
    first = replace(signing(CORA, COMMANDER, change("ACF-003", 50_000)), correcting=True)

    refuses(record, r"has £0\.00 left of its money for 2026/27, and this takes £500\.00", first, CORA)


def test_a_first_decision_by_one_of_two_is_held_in_the_year_and_agreed_by_neither(record: Record) -> None:
    undecided(record)
    allocate(record, Coventry=250_000)
    sign(record, CORA, COMMANDER, change("ACF-003", 200_000))

    area = area_of(record)
    assert (area.project_used_pence, area.decided_pence, area.adds_pence) == (200_000, 0, 200_000)
    assert record.ask(lambda s: waiting_words(s, 1)) == {}, "a paper names no first decision as a change"
    # £2,000 of £2,500 are held: the second may make them £2,500, and another line may take £500
    found = record.ask(lambda s: open_amount(s, 1, "ACF-003"))
    assert found.beyond(250_000) == ()
    assert [one.pence for one in found.beyond(250_001)] == [1]
    other = record.ask(lambda s: open_amount(s, 1, "ACF-001"))
    assert [one.pence for one in other.beyond(50_001)] == [1]
    second = signing(ABE, AMBASSADOR, change("ACF-003", 250_001))
    assert [one.pence for one in record.ask(second.beyond)] == [1]
    refuses(record, r"Nobody allows the £0\.01", second, ABE)
    record.perform(replace(second, lines=(change("ACF-003", 250_000),)), ABE)
    assert area_of(record).project_used_pence == 250_000


def test_a_round_is_not_closed_while_a_correction_that_gives_money_waits(record: Record) -> None:
    correct(with_reserve(record), CORA, COMMANDER, change("ACF-003", 120_000))
    allocate(record, Coventry=900_000)

    refuses(record, "ACF-003 waits for a signature", CloseRound(1))
    record.perform(TakeBackSignature(1, 0, CORA.name, COMMANDER, ("ACF-003",)), CORA)
    record.perform(CloseRound(1), OFFICER)


def of_award(record: Record, of: str) -> AwardRow:
    return next(row for row in record.ask(lambda s: awards(s, 1)) if row.application == of)


def sign_agreement(record: Record) -> object:
    return record.perform(SignAgreement(1, "ACF-002", DAY, None, BOTH_SIGNED, NOT_SENT), OFFICER)


def sign_version(record: Record) -> object:
    """Record a new version of the agreement as signed."""
    known = of_award(record, "ACF-002").agreement
    anew = replace(BOTH_SIGNED, signed_version=2, signed_anew_on=DAY)
    return record.perform(RecordAgreement(1, "ACF-002", anew, known), OFFICER)


def issue_agreement(record: Record) -> object:
    order = PaperOrder("agreement", NOW, 1, award="A-031-02")
    return record.ask(lambda s: next_issue(s, order, grant_agreement(s, order)))


def vary_award(record: Record) -> object:
    return record.perform(VaryAward(1, "ACF-002", 1, Terms(150_000), "costs changed", DAY), OFFICER)


ACTS = (sign_agreement, sign_version, issue_agreement, vary_award)
ENDS = {
    "withdrawn": (TakeBackSignature(1, 0, CORA.name, COMMANDER, ("ACF-002",)), CORA),
    "sent back": (
        signing(ABE, AMBASSADOR, LineDecision("ACF-002", "send_back", change_reason="no")),
        ABE,
    ),
    "signed": (signing(ABE, AMBASSADOR, LineDecision("ACF-002"), notice="032/2026"), ABE),
}


@pytest.mark.parametrize(
    ("pence", "to"), [(150_000, "£1,500.00"), (200_000, "£2,000.00"), (None, "no money")]
)
@pytest.mark.parametrize("act", ACTS)
def test_nothing_binds_the_office_to_an_award_while_a_correction_of_it_waits(
    record: Record, act: Callable[[Record], object], pence: int | None, to: str
) -> None:
    line = change("ACF-002", pence)
    whole = replace(line, outcome="fund", conditions=("Keep invoices.",))  # what was requested
    correct(with_reserve(record), CORA, COMMANDER, whole if pence == 200_000 else line)

    words = (
        rf"A correction of A-031-02 to {to} waits for the {AMBASSADOR} \(Abe Envoy\)\. Have the correction"
    )
    with pytest.raises(Refused, match=words):
        act(record)
    value = record.ask(lambda s: grant_agreement(s, PaperOrder("agreement", NOW, 1, award="A-031-02")))
    assert value.awaits_answer, "what is drawn meanwhile is not for signature"


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("act", [sign_agreement, vary_award])
def test_it_does_once_the_correction_is_signed_withdrawn_or_sent_back(
    record: Record, act: Callable[[Record], object], end: str
) -> None:
    correct(with_reserve(record), CORA, COMMANDER, change("ACF-002", 199_000))
    record.perform(*ENDS[end])

    assert of_award(record, "ACF-002").corrected_pence is None
    act(record)


@pytest.mark.parametrize("end", ["withdrawn", "sent back"])
def test_a_correction_over_which_the_agreement_was_signed_is_withdrawn(record: Record, end: str) -> None:
    """Records of before have such: what cannot be completed is not proposed for ever."""
    correct(with_reserve(record), CORA, COMMANDER, change("ACF-002", 150_000))

    def ended(session: Session) -> list[int | None]:
        set_values(session, award_table, {"reference": "A-031-02"}, agreed_on=DAY)
        with pytest.raises(Refused, match="The agreement on ACF-002 is signed"):
            carried_out(session, *ENDS["signed"], NOW)
        carried_out(session, *ENDS[end], NOW)
        return [row.proposed_pence for row in awards(session, 1)]

    assert record.try_out(ended) == [None, None]


def test_a_round_is_not_closed_while_a_correction_to_no_money_waits(record: Record) -> None:
    correct(with_reserve(record), CORA, COMMANDER, change("ACF-002", None))

    refuses(record, "ACF-002 waits for a signature", CloseRound(1))
    record.perform(*ENDS["withdrawn"])
    record.perform(CloseRound(1), OFFICER)


class Kept(Struct):
    """A line by hand, in pence: what is agreed, what is proposed (None for nothing), who has signed it.

    `recommended` is what the round budget counts while nobody has signed a first decision, None once it was
    made. `before` is the line as it was before the newest signature.
    """

    agreed: int
    proposed: int | None = None
    by: int | None = None
    variation: int = 0
    recommended: int | None = None
    before: "Kept | None" = None

    @property
    def held(self) -> int:
        return max(self.agreed, self.proposed or 0)

    @property
    def given(self) -> int:
        """Return what the round budget counts."""
        return self.held if self.recommended is None or self.by is not None else self.recommended

    def signed(self, by: int, pence: int) -> "Kept":
        return replace(self, proposed=pence, by=by, before=self)

    @property
    def unsigned(self) -> "Kept":
        return replace(self, proposed=None, by=None, before=None)


class HalfDecided(KeptBooks):
    """First decisions by either of two, corrections, changes, signatures, variations and undo at random."""

    base = staticmethod(undecided)
    lines = Kept(0, recommended=100_000), Kept(0, recommended=200_000), Kept(0, recommended=300_000)

    @initialize()
    def begin(self) -> None:
        self.begin_with(
            self.base, {f"ACF-00{number}": deepcopy(one) for number, one in enumerate(self.lines, 1)}
        )
        self.notice = 100

    def decide(self, hand: int, line: LineDecision, after: dict[str, Kept]) -> None:
        """Have one of the two sign, where the rules let them."""
        by, post = HANDS[hand]
        before = self.books[line.application]
        is_begun = before.by is not None
        self.notice += 1
        is_noticed = line.verdict != "send_back" and (is_begun or before.recommended is not None)
        made = signing(by, post, line, notice=f"{self.notice}/2026" if is_noticed else "")
        is_correcting = before.recommended is None and not is_begun
        self.attempt_any(replace(made, correcting=is_correcting), after, by)

    def attempt_any(self, operation: Operation, after: dict[str, Kept], actor: Actor = OFFICER) -> None:
        """Perform a change where the rules let it; one that holds more than there is must be refused."""
        held = sum(one.held for one in after.values())
        is_too_much = held > POT and held > sum(one.held for one in self.books.values())
        try:
            outcome = self.record.perform(operation, actor)
        except Refused:
            return
        assert not is_too_much, "it holds more than there is"
        if operation.is_barrier:
            self.undoing.clear()
        elif outcome.inverse is not None:
            self.undoing.append((outcome.inverse, self.books))
        self.books = after

    @rule(of=OF, pence=PENCE, hand=st.integers(0, 1))
    def change(self, of: str, pence: int | None, hand: int) -> None:
        """Change a first decision or a correction, or begin one."""
        after, kept = deepcopy(self.books), self.books[of]
        after[of] = kept.signed(hand, pence or 0)
        if kept.by != hand:
            self.decide(hand, change(of, pence), after)

    @rule(of=OF, hand=st.integers(0, 1))
    def agree(self, of: str, hand: int) -> None:
        after, kept = deepcopy(self.books), self.books[of]
        if kept.by is None and kept.recommended is not None:
            after[of] = kept.signed(hand, kept.recommended)
            self.decide(hand, LineDecision(of, reason=REASON), after)
        elif kept.by is not None:
            after[of] = Kept(kept.proposed or 0, variation=kept.variation)
            self.decide(1 - kept.by, LineDecision(of), after)

    @rule(of=OF)
    def send_back(self, of: str) -> None:
        after, by = deepcopy(self.books), self.books[of].by
        if by is not None:
            after[of] = after[of].unsigned
            back = LineDecision(of, "send_back", change_reason="ask for a quote")
            self.decide(1 - by, back, after)

    @rule(of=OF)
    def take_back(self, of: str) -> None:
        after, kept = deepcopy(self.books), self.books[of]
        if kept.by is not None and kept.before is not None:
            after[of] = deepcopy(kept.before)
            by, post = HANDS[kept.by]
            self.attempt_any(TakeBackSignature(1, 0, by.name, post, (of,)), after, by)

    @rule(of=OF, pence=st.integers(50_000, 250_000))
    def vary(self, of: str, pence: int) -> None:
        after, kept = deepcopy(self.books), self.books[of]
        if kept.by is None and kept.agreed:
            after[of] = replace(kept, proposed=pence, variation=kept.variation + 1)
            terms, number = Terms(amount_pence=pence), kept.variation + 1
            self.attempt_any(VaryAward(1, of, number, terms, "costs changed", DAY), after)

    @rule(of=OF)
    def withdraw_variation(self, of: str) -> None:
        after, kept = deepcopy(self.books), self.books[of]
        if kept.by is None and kept.proposed is not None:
            after[of] = replace(kept, proposed=None)
            self.attempt_any(WithdrawVariation(1, of, kept.variation, "they declined it"), after)

    @rule()
    def withdraw_award(self) -> None:
        after = deepcopy(self.books)
        after["ACF-001"] = Kept(0, variation=after["ACF-001"].variation)
        self.attempt_any(SetWithdrawn(1, "ACF-001", True, "They gave up."), after)

    @rule()
    def undo(self) -> None:
        if self.undoing:
            inverse, before = self.undoing.pop()
            self.record.perform(inverse, OFFICER)
            self.books = before

    @invariant()
    def the_years_end_names_each_proposal_with_its_sums(self) -> None:
        notes = self.record.ask(lambda s: year_end(s, "ACF", "2026/27")).notes
        found = [sums for note in notes if "not fully signed" in note for sums in SUMS.findall(note)]
        named = sorted(tuple(int(Decimal(sum_.replace(",", "")) * 100) for sum_ in sums) for sums in found)
        waits = (one for one in self.books.values() if one.proposed not in (None, one.agreed))
        assert named == sorted((one.proposed or 0, one.agreed) for one in waits)

    @invariant()
    def the_larger_amount_is_held_and_agreed_is_what_all_have_signed(self) -> None:
        lines = self.books.values()
        total, agreed = sum(one.held for one in lines), sum(one.agreed for one in lines)
        area = area_of(self.record)
        use = self.record.ask(lambda s: pot_uses(s, 1, given_amounts(s, 1)))[0]
        given = sum(one.given for one in lines)
        assert (use.given_pence, area.project_used_pence, area.decided_pence) == (given, total, agreed)
        assert area.adds_pence == total - agreed

    def teardown(self) -> None:
        if hasattr(self, "record"):
            lines = self.books.values()
            given, used = sum(one.given for one in lines), sum(one.held for one in lines)
            made = sum(one.held for one in lines if one.recommended is None)
            awards = sum(one.held for one in lines)
            # a schedule prints what the panel recommended until a line is decided
            printed = made + sum(one.recommended or 0 for one in lines)
            assert held(self.record) == (given, given, used, awards, printed)
        super().teardown()


class HalfCorrected(HalfDecided):
    """The same on lines that both have decided."""

    base = staticmethod(with_reserve)
    lines = Kept(100_000), Kept(200_000), Kept(0)


ROUNDS = settings(
    max_examples=8, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
TestHalfDecided = HalfDecided.TestCase
TestHalfDecided.settings = ROUNDS
TestHalfCorrected = HalfCorrected.TestCase
TestHalfCorrected.settings = ROUNDS
