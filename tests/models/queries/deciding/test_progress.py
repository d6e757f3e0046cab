"""Any chain, signed in any order: the same result, and nothing is final before every post it needs signed."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models.queries.deciding.decisions import (
    NOT_BEGUN,
    Progress,
    Signed,
    ended_by_change,
    needed_steps,
    progress_by_line,
)
from models.reference.sign_off import Chain, SignOff, chain_faults
from models.values.recommending import DecisionRow
from scoring.written.text import Refused

OF, ASKED, DAY = "W-001", 500_000, date(2026, 12, 2)
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
    figures = (pence, "", "", (), False, None, None, False, None)
    return DecisionRow(
        number, OF, step, is_last, verdict, outcome, *figures, post, f"Holder of {post}", DAY, ""
    )


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


@given(st.data())
def test_a_change_by_one_post_is_signed_as_changed_by_all_that_its_amount_needs(data: st.DataObject) -> None:
    chain, pence = data.draw(chains()), data.draw(AMOUNTS)
    posts = [(number, post) for number, step in enumerate(chain) for post in step.posts]
    changer, to = data.draw(st.sampled_from(posts))[1], data.draw(st.sampled_from([90_000, 250_000, ASKED]))
    line = Line(chain, pence)

    line.run(data.draw(st.permutations(posts)), changer, to)

    assert line.progress.final is not None
    changed = [row for row in line.rows if row.verdict == "change"]
    assert line.progress.final.amount_pence == (to if changed else pence)
    for row in changed:
        joint = {one.post for one in line.rows if one.is_in_force and one.step == row.step}
        assert joint == set(chain[row.step].posts)
