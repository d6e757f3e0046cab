"""A panel's book tells earlier applications as they stood when the panel met, whenever it is drawn."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from models.operations.applications.corrections import SetWithdrawn
from models.operations.awards.paying import PayInstalment, SetReturned
from models.operations.awards.variations import AskBack
from models.papers.order import PaperOrder
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.organisations import before_meeting
from models.queries.applications.reading import intake
from models.queries.panel.meeting import meeting
from models.record import Record
from models.session import Session
from models.values.awards import Returned
from models.values.rounds import MeetingHeld
from scoring.written.days import full_day
from tests.models.operations.deciding_rounds import DAY, FINANCE, decided
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import KEY, OFFICER, application, import_operation

CAME, PAID, BACK = date(2026, 10, 1), date(2026, 12, 9), date(2027, 3, 1)
NOW = datetime(2027, 9, 1, tzinfo=UTC)
DAYS = sorted(
    day + timedelta(days=by) for day in (CAME, DAY, PAID, BACK) for by in (-30, -1, 0, 1) if day != CAME or by
)


@pytest.fixture
def later(record: Record) -> Record:
    """A second round of the same organisations, beside one that is decided, paid in part and came back."""
    decided(record)
    ready_to_pay(record, "ACF-001", DAY, FINANCE)
    record.perform(PayInstalment(1, "ACF-001", 1, PAID, None), FINANCE)
    record.perform(AskBack(1, "ACF-001", 1, 700, BACK, "two sessions fewer"), OFFICER)
    record.perform(SetReturned(1, "ACF-001", (Returned(500, BACK, "one session fewer"),), ()), FINANCE)
    record.perform(SetWithdrawn(1, "ACF-003", is_withdrawn=True, reason="They merged."), OFFICER)
    rows = tuple(application(n + 6, organisation=f"Allotment Friends {n}") for n in (1, 2, 3))
    record.perform(replace(import_operation(*rows), round=replace(KEY, name="Spring")), OFFICER)
    return record


def known(record: Record, met_on: date | None, *, of: int = 2) -> dict[str, str]:
    """Return what the book of a round whose panels met on a day tells of each, drawn NOW."""

    def ask(session: Session) -> dict[str, str]:
        held = meeting(session, of)
        if met_on is not None:
            areas = (area.name for area in held.line.areas)
            held = replace(held, held={name: MeetingHeld(met_on) for name in areas})
        lines = {line.row.reference: line for line in intake(session, of, OFFICE_VIEWER).lines}
        told = before_meeting(session, PaperOrder("panel-book", NOW, of), held, lines)
        return {reference: " ".join(words) for reference, words in told.items()}

    return record.ask(ask)


@pytest.mark.parametrize("day", DAYS)
def test_nothing_that_came_after_the_meeting_is_told(later: Record, day: date) -> None:
    said = known(later, day)["ACF-007"]

    assert ("Autumn" in said) == (day >= CAME)
    assert (f"£1,000 awarded on {full_day(DAY)} (A-031-01)" in said) == (day >= DAY)
    assert ("nothing paid yet" in said) == (DAY <= day < PAID)
    assert ("£330 paid" in said) == (day >= PAID)
    assert ("came back" in said) == ("still to be paid back" in said) == (day >= BACK)
    assert said.endswith(("nothing recommended yet", "£1,000 recommended, not decided yet")) == (
        CAME <= day < DAY
    )
    assert said.endswith("nothing recommended yet") or day not in (CAME, CAME + timedelta(days=1))


def test_what_is_not_known_to_have_met_yet_is_told_as_it_stands(later: Record) -> None:
    now = known(later, None)

    assert "£5 came back" in now["ACF-007"]
    assert now == known(later, NOW.date()) == known(later, NOW.date() + timedelta(days=30))
    assert now["ACF-009"].endswith("withdrawn")


def test_an_earlier_round_knows_nothing_of_one_that_came_after_it(later: Record) -> None:
    """The day on which it was signed stands for its panel's where no meeting is recorded."""
    assert set(known(later, date(2026, 10, 6), of=1).values()) == {""}
    assert all("Spring" in words for words in known(later, None, of=1).values())
