"""A Victims Fund round in which a conflict breaks the quorum and a substitute repairs it."""

from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from gui.listed.form import DataForm
from gui.pages.deciding.ranking.page import RankingPage
from gui.pages.panel.page import PanelPage
from gui.pages.panel.scoring.page import ScoringPage
from models.journal.verify import verify_at
from models.operations.panel.sheets import HandInSheets
from models.queries.set_up.round_facts import round_rows
from models.record import Opener
from models.values.rows import scored_round
from scoring.rank import rank
from scoring.ranking import Standing, Status
from tests.journeys.acting.acf import (
    ROUND,
    add_member,
    agreeing,
    attending,
    declare,
    marking,
    pass_the_other_gates,
    publish,
    start_round,
    take_in,
)
from tests.journeys.acting.sample import Panel
from tests.journeys.acting.user import User

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
CODES = ("V1", "V2", "V3", "V4", "V5", "V6", "V7")
CHAIR = ("Josephine Achebe-Lloyd", "chair")
IDRIS = ("Idris Wynford", "member")
ANNELIESE = ("Anneliese Marchetti", "member")
SUBSTITUTE = ("Wenna Tregarth", "member")
BROKEN = "VF-014"


def test_a_conflict_breaks_the_quorum_and_a_substitute_repairs_it(user: User, office: Path) -> None:
    victims = Panel("victims")
    user.open(office)
    start_round(user, victims, fund="Victims Fund", name="Small grants")
    _say_why_it_is_plain(user)
    take_in(user, "victims-applications.xlsx")
    pass_the_other_gates(user)
    _break_the_quorum(user)
    _score(user, victims)
    _repair_the_quorum(user)
    _meet(user, victims)

    user.press("Ctrl+7")
    assert BROKEN in [row.name for row in user.page(RankingPage).table.rows]
    standing = _standing(user)
    assert (standing.status, standing.counting_members) == (Status.RANKED, 3)
    # agreed 4 3 4 5 4 3 2 at 20 15 15 10 10 20 10: 16 + 9 + 12 + 10 + 8 + 12 + 4 = 71
    assert standing.total_1e2 == 71_00
    user.close()
    assert verify_at(office, Opener("Grace Okoro", "tests")).sound


def _say_why_it_is_plain(user: User) -> None:
    """Say why applications about victims go into a record that is not encrypted."""
    dialog = user.dialog(DataForm)
    user.fill(dialog["reason"], "The disk of this laptop is encrypted")
    user.click(dialog.do)


def _break_the_quorum(user: User) -> None:
    user.press("Ctrl+4")
    page = user.page(PanelPage)
    for name, role in (CHAIR, IDRIS, ANNELIESE):
        add_member(user, page, name, role)
    declare(user, CHAIR)
    declare(user, IDRIS, (BROKEN, 3, "He wrote in the local paper in favour of the van."))
    declare(user, ANNELIESE)
    publish(user, CHAIR)
    user.press("Ctrl+4")
    assert page.summary.text().startswith("1 application is not quorate.")
    (line,) = page.answer.quorum
    assert (line.reference, line.aside, line.left) == (BROKEN, (IDRIS[0],), 2)


def _score(user: User, victims: Panel) -> None:
    user.move_on("Force-wide")
    rows = [replace(row, member=row.member.replace("P", "M")) for row in victims.marks()]
    user.leave_to_others(operation for row in rows for operation in marking(row, CODES))
    for member in ("M1", "M2", "M3"):
        user.leave_to_others(
            [HandInSheets(ROUND, member, tuple(r.application for r in rows if r.member == member))]
        )
    assert _standing(user).counting_members == 2


def _repair_the_quorum(user: User) -> None:
    user.press("Ctrl+4")
    page = user.page(PanelPage)
    page.tabs.choose(1)
    user.click(page.substitute)
    dialog = user.dialog(DataForm)
    user.fill(dialog["name"], SUBSTITUTE[0])
    user.click(dialog.do)
    assert "1 not declared" in page.summary.text()
    user.press("Ctrl+Z")
    assert "1 not declared" not in page.summary.text()
    user.press("Ctrl+Y")
    assert "1 application is not quorate" in page.summary.text()
    declare(user, SUBSTITUTE)
    assert "not quorate" not in page.summary.text()

    user.press("Ctrl+5")
    scoring = user.page(ScoringPage)
    scoring.show_reference(BROKEN)
    user.settle()
    for mark in "4345433":
        user.press(mark, "Down")
    user.click(scoring.hand_in)
    user.agree()
    assert scoring.sheets.full[0] == ()


def _meet(user: User, victims: Panel) -> None:
    user.be(*CHAIR)
    user.move_on("Force-wide")
    agreements = (operation for row in victims.agreed() for operation in agreeing(row))
    user.leave_to_others([*attending(("Force-wide",), ("M1", "M2", "M3", "M4")), *agreements])
    user.move_on("Force-wide", because="Every mark was agreed in one go")


def _standing(user: User) -> Standing:
    rows = user.ask(partial(round_rows, round_id=1))
    return next(one for one in rank(scored_round(rows)).standings if one.reference == BROKEN)
