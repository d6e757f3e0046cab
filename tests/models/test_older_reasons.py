"""Records whose recommendations had the rule's notes for reasons, and money without conditions."""

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from models.journal import chain as journal
from models.journal.verify import verify
from models.operation import Actor, Operation
from models.operations.deciding.deciding import RecordDecisions, as_recommended
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.deciding.signing import SignRecommendations
from models.operations.set_up.areas import MoveArea
from models.operations.set_up.load import LoadRound
from models.operations.set_up.office import SetUpOffice
from models.queries.deciding.decisions import decisions
from models.queries.deciding.recommendations import RecommendationRow, recommendations
from models.record import Record
from models.reference.fund_defaults import Condition
from models.salvage.rebuild import salvage
from models.session import Session, binds, came_to, done_again
from models.store import engine, upgrade
from models.store.upkeep import MakeRecord
from tests.models.conftest import OPENER, TickingClock
from tests.models.operations.deciding_rounds import CHAIR, DAY, deciding_rows
from tests.models.rounds import FUND, OFFICER

BEFORE = 24
"""The format before conditions and reasons."""
IDENTITY = "6f0b5a5e-3b1c-4a53-9d55-0c8a4e6f2b10"
STANDARD = ("Sign the agreement first.", "Keep receipts.")
NOTE = "fits: asks £1,000.00, £3,500.00 left"
OWN = "It keeps the estate quiet."
CONDITIONS = tuple(Condition(f"c{n}", words, is_standard=True) for n, words in enumerate(STANDARD))
ITEMS = (
    RecommendationRow("ACF-001", "fund", 100_000, NOTE),
    RecommendationRow("ACF-002", "fund", 200_000, OWN, conditions=("Two sessions.",)),
    RecommendationRow("ACF-003", "reserve", None, "does not fit: asks £3,000.00, £500.00 left"),
)
REFERENCES = tuple(item.application for item in ITEMS)
DONE: tuple[tuple[Operation, Actor], ...] = (
    (MakeRecord(IDENTITY, "tests"), OFFICER),
    (SetUpOffice("Office", (replace(FUND, conditions=CONDITIONS),)), OFFICER),
    (LoadRound(deciding_rows()), OFFICER),
    *((MoveArea(1, "Coventry", stage), CHAIR) for stage in ("scoring", "meeting", "recommending")),
    (RecordRecommendations(1, ITEMS), OFFICER),
    (SignRecommendations(1, "Coventry", DAY), CHAIR),
    (
        RecordDecisions(
            1,
            1,
            "Dan Decides",
            "Chief Executive",
            DAY,
            "none",
            as_recommended(REFERENCES),
            notice="031/2026",
            from_paper=True,
        ),
        OFFICER,
    ),
)


@pytest.fixture(scope="module")
def made_older(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A decided record as the program of its day left it: money for a note, and without conditions."""
    path, clock = tmp_path_factory.mktemp("older") / "office.panel", TickingClock()
    with closing(engine.connect(path, None, mode="rwc")) as raw:
        upgrade.upgrade(raw, to_format=BEFORE)
        raw.execute("PRAGMA ignore_check_constraints=ON")  # a reason had to be there, be it a note
        with engine.engine_on(raw).begin() as session, done_again(session):
            came_to(session, BEFORE)
            head = journal.head(session)
            for operation, actor in DONE:
                _, head = journal.carry_out(session, head, operation, actor, clock())
        for table in ("recommendations", "decisions"):
            for item in (ITEMS[0], ITEMS[2]):
                at = "(SELECT id FROM applications WHERE reference = ?)"
                left = f"UPDATE {table} SET conditions = '[]', reason = ? WHERE application_id = {at}"
                raw.execute(left, (item.reason, item.application))
    return path


@pytest.fixture
def older(made_older: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made_older, tmp_path / "office.panel"))


def test_a_note_is_no_reason_any_more_and_all_money_has_its_conditions(older: Path) -> None:
    with Record.open(older, OPENER) as record:
        held = {row.application: row for row in record.ask(lambda s: recommendations(s, 1))}
        decided = {row.application: row for row in record.ask(lambda s: decisions(s, 1))}
        assert [check.words for check in verify(record).checks if not check.ok] == []

    for rows in (held, decided):
        assert [rows[of].reason for of in REFERENCES] == ["", OWN, ""]
        assert [rows[of].conditions for of in REFERENCES] == [STANDARD, ("Two sessions.",), ()]


def test_a_salvage_does_older_rows_over_again_under_the_rules_of_their_day(older: Path) -> None:
    Record.open(older, OPENER).close()
    out = older.with_name("salvaged.panel")

    done = salvage(older, out, OPENER)

    assert done.faults == ()
    with Record.open(out, OPENER) as record:
        assert len(record.ask(lambda s: decisions(s, 1))) == 3


def by_format(session: Session) -> list[bool]:
    answers = [binds(session, 26)]
    with done_again(session):
        for number in (0, 25, 26):
            came_to(session, number)
            answers.append(binds(session, 26))
    came_to(session, 25)
    return [*answers, binds(session, 26)]


def test_rules_bind_new_changes_and_older_rows_by_their_format(record: Record) -> None:
    assert record.ask(by_format) == [True, False, False, True, True]
