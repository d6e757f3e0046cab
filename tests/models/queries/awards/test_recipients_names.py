"""A recipient is called as its application spells it, wherever its organisation applied under another."""

from datetime import UTC, date, datetime
from functools import partial

from msgspec.structs import replace

from models.operations.applications.corrections import Change, CorrectApplication
from models.operations.awards.variations import VaryAward
from models.operations.deciding.signing import SignRecommendations
from models.papers.order import PaperOrder
from models.queries.awards.awards import awards
from models.queries.awards.year_facts import record_years
from models.queries.papers.papers import paper_value
from models.record import Record
from models.values.awards import Terms
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    deciding_rows,
    every_line,
    first_step,
    last_step,
    recommended,
)
from tests.models.rounds import OFFICER

NOW = datetime(2027, 1, 5, tzinfo=UTC)
SPELT = ("riverside boxing club", "Riverside Boxing Club")


def made(record: Record, corrected: CorrectApplication | None = None) -> Record:
    """Award money to one organisation for two applications, which spell its name in two ways."""
    rows = deciding_rows()
    first, second, third = rows.applications
    named = (replace(first, organisation=SPELT[0]), replace(second, organisation=SPELT[1]), third)
    recommended(record, replace(rows, applications=named), corrected)
    record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    record.perform(first_step(*every_line()), COMMANDER)
    record.perform(last_step(*every_line()), DECIDER)
    return record


def told(record: Record) -> list[tuple[str, ...]]:
    """Return the names of both recipients as each paper of the awards has them."""
    order = PaperOrder("finance", NOW, round_id=1)
    finance, monitoring = (
        record.ask(partial(paper_value, order=replace(order, kind=of))) for of in ("finance", "monitoring")
    )
    public = record.ask(partial(paper_value, order=PaperOrder("publication", NOW, month=date(2026, 12, 1))))
    years = record.ask(record_years).years
    return [
        tuple(row.organisation for row in record.ask(lambda session: awards(session, 1))),
        tuple(one.payee for one in finance.awards),
        tuple(one.organisation for one in monitoring.awards),
        tuple(one.recipient for one in public.awards),
        tuple(one.organisation for of in years for one in of.awards),
    ]


def test_every_paper_has_the_name_that_the_application_has(record: Record) -> None:
    assert told(made(record)) == [SPELT] * 5


def test_a_corrected_name_and_then_a_varied_one_take_its_place(record: Record) -> None:
    change = Change("organisation", '"Riverside Boxing CIC"', f'"{SPELT[1]}"')
    made(record, CorrectApplication(1, "ACF-002", (change,), "as registered"))

    assert told(record) == [(SPELT[0], "Riverside Boxing CIC")] * 5

    record.perform(VaryAward(1, "ACF-002", 1, Terms(recipient="Riverside Gym"), "renamed", DAY), OFFICER)

    assert told(record) == [(SPELT[0], "Riverside Gym")] * 5
