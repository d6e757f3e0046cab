"""What a check finds when a table was changed past the rules."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import Update, insert, update

from models.operations.deciding.recommendations import RecordRecommendations
from models.queries.standing_rules import STANDING_RULES
from models.record import Record
from models.schema.applications import application_table
from models.schema.deciding import recommendation_table
from models.schema.panel import agreed_mark_table, mark_table, sheet_table
from models.schema.papers import paper_issue_table
from models.schema.set_up import round_table, scheme_table
from models.session import Session
from models.values.recommending import RecommendationRow
from tests.models.rounds import OFFICER, load, set_up_office, workbook_rows

pytestmark = pytest.mark.of_a_file


def broken(record: Record, tamper: Callable[[Session], None] | None = None) -> dict[str, str]:
    """Return what each broken rule says once the tables are tampered with."""

    def check(session: Session) -> dict[str, str]:
        if tamper is not None:
            tamper(session)
        found = {rule.name: next(rule.broken(session), "") for rule in STANDING_RULES}
        return {name: words for name, words in found.items() if words}

    return record.ask(check)


def full_record(record: Record) -> Record:
    """Fill a record with two rounds and a recommendation."""
    load(set_up_office(record))
    rows = workbook_rows()
    load(record, type(rows)(rows.fund, "Spring", rows.year, rows.scheme, rows.areas, rows.applications))
    items = (RecommendationRow("ACF-001", "fund", 100_000, "fits"),)
    record.perform(RecordRecommendations(1, items), OFFICER)
    return record


def doing(statement: Update) -> Callable[[Session], None]:
    def tamper(session: Session) -> None:
        session.execute(statement)

    return tamper


def test_a_record_made_by_its_operations_breaks_no_rule(record: Record) -> None:
    assert broken(full_record(record)) == {}


@pytest.mark.parametrize(
    ("statement", "rule", "words"),
    [
        (
            update(mark_table).where(mark_table.c.mark == 4).values(mark=6),
            "marks",
            "ACF-001 has 6 on A1, above 5",
        ),
        (
            update(agreed_mark_table).where(agreed_mark_table.c.criterion == "A6").values(criterion="Z"),
            "marks",
            "ACF-001 has a mark on Z, which is not judged",
        ),
        (
            update(sheet_table).where(sheet_table.c.id == 1).values(application_id=6),
            "sheets",
            "M1 has a sheet for ACF-003, an application of another round",
        ),
        (
            update(application_table).where(application_table.c.id == 1).values(area_id=3),
            "areas",
            "ACF-002 is of the area Dudley of another round",
        ),
        (
            update(scheme_table).where(scheme_table.c.id == 1).values(frozen_at=None),
            "published",
            "“Autumn” is open, but its scheme is not published",
        ),
        (
            update(recommendation_table).values(amount_pence=100_001),
            "recommended",
            "ACF-001 is recommended £1,000.01, over the £1,000.00 requested",
        ),
    ],
)
def test_a_change_past_the_rules_is_named(record: Record, statement: Update, rule: str, words: str) -> None:
    found = broken(full_record(record), doing(statement))

    assert words in found[rule]


def test_a_scheme_changed_past_the_rules_is_named(record: Record) -> None:
    def tamper(session: Session) -> None:
        session.execute(update(round_table).where(round_table.c.id == 2).values(stage="set up"))
        session.execute(update(scheme_table).where(scheme_table.c.round_id == 1).values(frozen_at=None))
        session.execute(update(scheme_table).where(scheme_table.c.round_id == 1).values(scale_maximum=1))

    found = broken(full_record(record), tamper)

    assert "The round “Autumn”: A1" in found["schemes"]


def test_an_issue_that_does_not_bear_its_hash_is_named(record: Record) -> None:
    def tamper(session: Session) -> None:
        row = {
            "id": 1,
            "round_id": 1,
            "paper": "schedule",
            "scope": "1",
            "subject": "",
            "control": "",
            "version": 3,
            "content": "{}",
            "sha256": "00",
            "after_row": 1,
            "after_head": "00",
            "issued_by": "x",
            "issued_at": datetime(2026, 11, 3, tzinfo=UTC),
        }
        session.execute(insert(paper_issue_table), [row])

    found = broken(full_record(record), tamper)

    assert found["issues"] == "Version 3 of the award schedule is not what was issued."
