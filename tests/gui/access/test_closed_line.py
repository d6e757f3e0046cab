"""A line in which the chair has an interest is told by no page and no command before its decision."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QTextEdit,
    QWidget,
)

from cli.command import main
from gui.app import Window
from gui.shell.page_list import PAGES
from models.operations.deciding.deciding import RecordDecisions, as_recommended
from models.operations.deciding.recommendations import RecordRecommendations, proposed
from models.operations.deciding.signing import SignRecommendations
from models.operations.set_up.areas import MoveArea
from models.operations.set_up.load import LoadRound
from models.operations.set_up.office import SetUpOffice
from models.operations.set_up.people import GiveRole
from models.queries.set_up.round_facts import round_rows
from models.record import Opener, Record
from models.reference.schemes import shipped_funds
from models.values.rows import RoundRows, scored_round
from scoring.rank import rank
from scoring.scheme import Allocation
from tests.gui.builders import WOLVERHAMPTON
from tests.gui.deciding import CHAIR, COMMANDER, DAY, DECIDER, OFFICER, REASON
from tests.gui.ranking_rounds import CLOSED, interested_round, use_as
from tests.models.operations.deciding_rounds import declare_to_sign

ASKED = ("2,417.37", "2417.37")
"""What the closed application asks, and gets, as windows and JSON print it."""
PROJECT = "Quartz lantern walk"
LEFT = ("1,852.63", "1852.63", "12,447.37", "46,497.37")
"""What is left of the pot of £30,000.00 at its end, and what runs up to the closed line: £4,800.00,
£3,250.00, £1,980.00 and its own come to £12,447.37; £4,950.00,
£3,600.00, £4,400.00 and £2,750.00 follow. All requests come to £46,497.37."""
MARKERS = (*ASKED, PROJECT)
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
NOT_OF_ROUNDS = frozenset({"help", "settings", "office"})
COMMANDS = (
    ("rank",),
    ("rank", "--json"),
    ("sensitivity", "--draws", "10"),
    ("explain", "--application", CLOSED),
    *(("explain", "--application", of) for of in ("W-014", "W-017", "W-021", "W-006", "W-008")),
    ("recommend", "--round", "Round 2"),
    ("meeting", "--round", "Round 2"),
    ("round", "--round", "Round 2"),
    ("save", "OUT/saved.xlsx", "--round", "Round 2"),
    ("choose", "--round", "Round 2"),
    ("organisations",),
    *(
        ("export", kind, "--round", "Round 2", "--out", f"OUT/{kind}{ending}")
        for kind, ending in (("schedule-pdf", ".pdf"), ("schedule-xlsx", ".xlsx"), ("minutes", ".pdf"))
    ),
    ("export", "panel-book", "--round", "Round 2", "--out", "OUT/panel-book.pdf"),
)


def rows() -> RoundRows:
    """Return the round in which the closed application has a sum and a project that none else has."""
    held = interested_round()
    own = tuple(
        replace(one, requested_pence=241_737, project=PROJECT) if one.reference == CLOSED else one
        for one in held.applications
    )
    scheme = replace(held.scheme, allocation=Allocation.SKIP)
    return replace(held, applications=own, scheme=scheme)


def make(path: Path, *, is_recommended: bool = False, is_decided: bool = False) -> Path:
    """Make a record of that round at its recommending, recommended, or decided."""
    with Record.create(path, Opener("Priya Nair", "tests")) as record:
        record.perform(SetUpOffice("Office", shipped_funds()), OFFICER)
        record.perform(LoadRound(rows()), OFFICER)
        for actor in (COMMANDER, DECIDER):
            own = (WOLVERHAMPTON,) if actor is COMMANDER else ()
            record.perform(GiveRole(1, actor.name, actor.role, areas=own), OFFICER)
        declare_to_sign(record, COMMANDER, DECIDER)
        for stage in ("scoring", "meeting", "recommending"):
            record.perform(MoveArea(1, WOLVERHAMPTON, stage), CHAIR)
        if is_recommended or is_decided:
            recommend(record)
        if is_decided:
            decide(record)
    return path


def recommend(record: Record) -> None:
    ranked = rank(scored_round(record.ask(lambda session: round_rows(session, 1))))
    items = [replace(one, reason=REASON if one.amount_pence else "") for one in proposed(ranked)]
    record.perform(RecordRecommendations(1, tuple(items)), OFFICER)


def decide(record: Record) -> None:
    record.perform(SignRecommendations(1, WOLVERHAMPTON, DAY), CHAIR)
    ranked = rank(scored_round(record.ask(lambda session: round_rows(session, 1))))
    lines = as_recommended([one.application for one in proposed(ranked)])
    for step, actor in enumerate((COMMANDER, DECIDER)):
        words = {"notice": "031/2026", "legal_power": "an Act"} if step else {}
        record.perform(RecordDecisions(1, step, actor.name, "Post", DAY, "none", lines, **words), actor)


def texts_of(root: QWidget) -> Iterator[str]:
    """Yield all that a page shows, says aloud or tells in tips."""
    for widget in (root, *root.findChildren(QWidget)):
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            yield widget.text()
        elif isinstance(widget, QTextEdit):
            yield widget.toPlainText()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(number) for number in range(widget.count()))
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from cells_of(widget.model())


def cells_of(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(model.rowCount()):
        yield from (str(model.headerData(row, Qt.Orientation.Vertical, role)) for role in ROLES)
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount()):
            yield from (str(model.index(row, column).data(role)) for role in ROLES)


def told(window: Window, markers: tuple[str, ...]) -> dict[str, list[str]]:
    """Return by page which texts have a marker, with the closed line and one after it chosen."""
    found: dict[str, list[str]] = {}
    for entry in PAGES:
        if entry.key in NOT_OF_ROUNDS:
            continue
        window.main.tools.go(entry.key)
        texts = list(texts_of(window.main.pages.current))
        for reference in (CLOSED, "W-021", "W-008"):
            if hasattr(window.main.pages.current, "show_reference"):
                window.main.pages.current.show_reference(reference)
                texts += texts_of(window.main.pages.current)
        hits = [text for text in dict.fromkeys(texts) if any(one in text for one in markers)]
        found |= {entry.key: hits} if hits else {}
    return found


@pytest.mark.parametrize("is_recommended", [False, True])
def test_no_page_tells_of_it_before_the_decision(
    window: Window, tmp_path: Path, *, is_recommended: bool
) -> None:
    window.controller.open(make(tmp_path / "before.panel", is_recommended=is_recommended))
    use_as(window, CHAIR.name)

    assert told(window, (*MARKERS, *LEFT)) == {}


def test_it_is_told_after_the_decision(window: Window, tmp_path: Path) -> None:
    window.controller.open(make(tmp_path / "after.panel", is_decided=True))
    use_as(window, CHAIR.name)

    assert {"ranking", "decisions"} <= told(window, ASKED).keys()
    assert "ranking" in told(window, LEFT)


@pytest.mark.parametrize("is_recommended", [False, True])
def test_no_command_tells_of_it_before_the_decision(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, *, is_recommended: bool
) -> None:
    record = make(tmp_path / "before.panel", is_recommended=is_recommended)

    for command in COMMANDS:
        said = run(capsys, record, command)
        assert not [one for one in (*MARKERS, *LEFT) if one in said], command
    assert not list((tmp_path / "out").iterdir()), "no paper of it is written"


def test_the_commands_tell_of_it_after_the_decision(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    record = make(tmp_path / "after.panel", is_decided=True)

    plain, document = run(capsys, record, ("rank",)), run(capsys, record, ("rank", "--json"))

    assert all(marker in plain for marker in (ASKED[0], LEFT[0]))
    assert all(marker in document for marker in (ASKED[1], LEFT[1]))


def run(capsys: pytest.CaptureFixture[str], record: Path, command: tuple[str, ...]) -> str:
    out = record.parent / "out"
    out.mkdir(exist_ok=True)
    name, *rest = (part.replace("OUT", str(out)) for part in command)
    main([name, str(record), *rest, "--as", CHAIR.name])
    printed = capsys.readouterr()
    assert "usage:" not in printed.err, (command, printed.err)
    return printed.out + printed.err
