"""A report says of each notice who decided what is in it: every signer, with post and day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models.queries.deciding.decisions import decisions, final_decisions
from models.queries.papers.decision_report import deciders
from models.record import Record
from models.values.recommending import DecisionRow
from scoring.written.days import full_day
from tests.models.operations.deciding_rounds import DAY, DECIDER, decided

LINE = DecisionRow(
    *(1, "ACF-001", 0, True, "agree", "fund", 100_000, "It helps.", "", (), False),
    *(None, None, False, None, "Area commander", "Cora Command", DAY, "031/2026", "none", "", False),
)
NAMES = ("Cora Command", "Abe Ambassador", "Dan Decides")


@st.composite
def signed(draw: st.DrawFn) -> list[DecisionRow]:
    """Return lines of two notices, each signed by one or several on days of their own."""
    rows = []
    for line in range(draw(st.integers(1, 4))):
        notice = draw(st.sampled_from(("031/2026", "032/2026")))
        names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))
        for at, name in enumerate(names):
            rows.append(
                replace(
                    *(LINE,),
                    number=len(rows) + 1,
                    application=f"ACF-{line:03}",
                    is_last=at == len(names) - 1,
                    signed_by=name,
                    post=f"Post of {name}",
                    signed_on=DAY + timedelta(days=draw(st.integers(0, 2))),
                    notice=notice,
                )
            )
    return rows


@given(signed())
def test_a_notice_is_told_with_every_signer_of_it_and_nobody_elses(rows: list[DecisionRow]) -> None:
    lines = list(final_decisions(rows).values())

    said = dict(deciders(lines, rows))

    assert set(said) == {line.notice for line in lines}
    for notice, words in said.items():
        mine = [row for row in rows if row.notice == notice]
        for name in NAMES:
            assert (f"by {name}, Post of {name}" in words) == any(row.signed_by == name for row in mine)
        days = {row.signed_on for row in mine}
        told = {day for day in map(_day, range(3)) if full_day(day) in words}
        assert told == (days if len(days) > 1 else set())


def _day(after: int) -> date:
    return DAY + timedelta(days=after)


def test_the_report_of_one_who_decided_alone_names_the_post(record: Record) -> None:
    decided(record)
    every = record.ask(lambda session: decisions(session, 1))

    ((notice, said),) = deciders(list(final_decisions(every).values()), every)

    assert (notice, said) == ("031/2026", f"by {DECIDER.name}, Chief Executive")
