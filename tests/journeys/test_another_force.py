"""Another force in the window: West Mercia, from no record at all to issued papers.

All of it goes by the window: who keeps the record, the fund, the round, the year's money, the panel, who
signs, the import, sheets, stages and meetings, the recommendation, the signatures and the papers.
"""

from pathlib import Path

import pytest
from openpyxl import Workbook

from gui.access.passphrase_new import ASKED, FUNDS
from gui.dialogs.listing import ListingDialog
from gui.listed.form import DataForm, FinalDataForm
from gui.listed.view import ListedView
from gui.pages.deciding.ranking.page import RankingPage
from gui.pages.overview.page import OverviewPage
from gui.pages.panel.dialogs import MembersDialog
from gui.pages.panel.meeting.page import MeetingPage
from gui.pages.panel.page import PanelPage
from gui.pages.panel.scoring.page import ScoringPage
from gui.pages.papers.exports.page import ExportsPage
from gui.pages.set_up.starting.start_dialog import StartDialog
from models.queries.awards.awards import awards
from models.queries.awards.budget import round_budget
from models.queries.set_up.funds import fund_list
from tests.cli.test_another_force import AMBASSADOR, AREAS, COMMANDER, FUND, OFFICE, WRONG, words_of
from tests.journeys.acting.acf import (
    CRITERIA,
    declare,
    mark_present,
    pass_the_other_gates,
    publish,
    take_in_file,
)
from tests.journeys.acting.closing_steps import decide, record_reasons, sign
from tests.journeys.acting.user import User

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
CHAIR, BEN, CAT = ("Ada Sample", "chair"), ("Ben Sample", "member"), ("Cat Sample", "member")
PANEL = {"M1": CHAIR, "M2": BEN, "M3": CAT}
REFERENCES = tuple(f"LPACF-{number:03d}" for number in range(1, len(AREAS) + 1))
MARK = 4
PAPERS = ("schedule", "finance", "notice", "letters", "minutes", "decision-report")


def test_another_force_goes_from_nothing_to_issued_papers_in_the_window(user: User, tmp_path: Path) -> None:
    _make_record(user, tmp_path / "west-mercia.panel")
    _add_fund(user)
    _start(user)
    _allocate(user)
    _name_people(user)
    _take_in(user, tmp_path)
    for who in PANEL.values():
        declare(user, who)
    publish(user, CHAIR)
    _score_and_meet(user)
    _recommend(user)
    sign(user)
    begun = decide(user, ("Cora Command", "commander"))
    assert not any(line.is_decided for line in begun.lines)
    done = decide(user, ("Abe Envoy", "commander"), "001/2026")

    assert all(line.is_decided for line in done.lines)
    # five areas, each with one award of £4,500
    assert sum(one.amount_pence for one in user.ask(lambda session: awards(session, 1))) == 5 * 4_500_00
    money = user.ask(lambda session: round_budget(session, 1)).figures
    # five areas of 30,000, each with 4,500 decided; the pots of the open round still hold the rest
    assert (money.allocated_pence, money.decided_pence, money.left_pence) == (150_000_00, 22_500_00, 0)
    assert [fund.name for fund in user.ask(fund_list)] == [FUND]  # nobody else's
    said = _issue(user, tmp_path)
    for paper in ("award schedule", "finance schedule", "notice", "offer", "minutes", "decision report"):
        assert any(paper in name for name in said), paper
    assert {name: WRONG.findall(words) for name, words in said.items() if WRONG.search(words)} == {}
    (notice,) = (
        words for name, words in said.items() if "notice of decision" in name and name.endswith(".docx")
    )
    for who in ("Cora Command", COMMANDER, "Abe Envoy", AMBASSADOR, OFFICE["name"]):
        assert who in notice


def _make_record(user: User, path: Path) -> None:
    user.answer_files(path)
    user.click(user.window.main.welcome.new)
    user.press("Return")
    dialog = user.dialog(DataForm)
    user.click(dialog["plain"])
    user.fill(dialog["reason"], "The disk of this laptop is encrypted")
    for key in ASKED:
        user.fill(dialog[key], OFFICE[key])
    user.pick(dialog["funds"], FUNDS[-1][0])
    user.click(dialog.do)
    assert user.window.workspace.facts is not None


def _add_fund(user: User) -> None:
    user.window.main.tools.go("funds")
    user.settle()
    user.click(user.page(ListedView).empty.button)
    dialog = user.dialog(DataForm)
    user.fill(dialog["name"], FUND)
    user.fill(dialog["code"], "LPACF")
    user.click(dialog.do)
    assert not user.has_dialog, dialog.problem.text()


def _start(user: User) -> None:
    user.press("Ctrl+1")
    user.click(user.page(OverviewPage).empty.button)
    dialog = user.dialog(StartDialog)
    user.pick(dialog.fund, FUND)
    user.fill(dialog.year.line, "2026/27")
    user.fill(dialog.name.line, "Spring")
    user.paste(dialog.areas, "\n".join(f"{area}\t30000" for area in AREAS))
    user.click(dialog.start)
    assert not user.has_dialog, dialog.problem.text()


def _name_people(user: User) -> None:
    user.press("Ctrl+4")
    page = user.page(PanelPage)
    user.click(page.empty.button)
    members = user.dialog(MembersDialog)
    user.paste(members.grid, "\n".join(f"{name}\t{role}" for name, role in PANEL.values()))
    user.click(members.do)
    user.click(page.signers)
    dialog = user.dialog(DataForm)
    assert len(dialog.fields) == 2 * len(AREAS)
    seats = {dialog[field.name]: field.words for field in dialog.form.named}
    for field, words in seats.items():
        user.fill(field, "Cora Command" if words.startswith(COMMANDER) else "Abe Envoy")
    user.click(dialog.do)
    assert not user.has_dialog, dialog.problem.text()
    assert {words.partition(",")[0] for words in seats.values()} == {COMMANDER, AMBASSADOR}


def _take_in(user: User, folder: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Reference", "Organisation", "Project", "Area", "Amount requested"])
    for of, area in zip(REFERENCES, AREAS, strict=True):
        sheet.append([of, f"Kite Club of {area}", "Kites at dusk", area, 4_500])
    book.save(folder / "applications.xlsx")
    page = take_in_file(user, folder / "applications.xlsx")
    assert len(page.table.rows) == len(AREAS)
    pass_the_other_gates(user)


def _allocate(user: User) -> None:
    """Give each area its money of the year on Budget."""
    user.window.main.tools.go("budget")
    user.settle()
    page = user.page(ListedView)
    user.click(page.buttons[0])
    dialog = user.dialog(DataForm)
    user.paste(dialog["areas"], "\n".join(f"{area}\t30000" for area in AREAS))
    user.fill(dialog["who"], "Cora Chief, Chief Executive")
    user.click(dialog.do)
    assert not user.has_dialog, dialog.problem.text()


def _score_and_meet(user: User) -> None:
    _move_on(user)
    for who in PANEL.values():
        user.be(*who)
        _score(user)
    user.be(*CHAIR)
    _move_on(user)
    for area in AREAS:
        _meet(user, area)
    user.area(None)
    _move_on(user)


def _move_on(user: User) -> None:
    """Move every area to its next stage together, by the header."""
    user.area(None)
    user.click(user.window.main.header.stages)
    dialog = user.dialog(FinalDataForm)
    assert len(dialog["areas"].ticked) == len(AREAS)
    user.click(dialog.do)
    assert not user.has_dialog


def _score(user: User) -> None:
    """Mark every application as the member at the laptop, and hand the sheets in."""
    user.press("Ctrl+5")
    page = user.page(ScoringPage)
    for _ in REFERENCES:
        user.press_on(*(key for _ in CRITERIA for key in (str(MARK), "Down")))
        user.press("Ctrl+Return")
    assert page.sheets.full[0] == REFERENCES
    user.click(page.hand_in)
    user.agree()
    assert page.sheets.full[0] == ()


def _meet(user: User, area: str) -> None:
    """Hold an area's meeting: who is there, and the agreed marks of its one application."""
    user.area(area)
    user.press("Ctrl+6")
    page = user.page(MeetingPage)
    mark_present(user, page)
    user.reach(page.matrix)
    user.press("Home")
    user.press_on(*(key for _ in CRITERIA for key in (str(MARK), "Down")))
    user.press("Ctrl+Return")
    assert not user.has_dialog, area


def _recommend(user: User) -> None:
    user.area(None)
    user.press("Ctrl+7")
    page = user.page(RankingPage)
    user.press("Ctrl+Shift+R")
    user.agree()
    assert "Recommended: £22,500 for 5." in page.summary.text()
    user.press("Ctrl+Shift+R")
    record_reasons(user)


def _issue(user: User, folder: Path) -> dict[str, str]:
    """Issue the papers of the round on Papers; return what can be read in each."""
    user.be("Grace Okoro", "officer")
    user.window.main.tools.go("exports")
    user.settle()
    page = user.page(ExportsPage)
    for code in PAPERS:
        user.answer_files(folder / code)
        page.choices.list.choose(code)
        user.settle()
        user.click(page.issue)
        if isinstance(user.window.controller.dialog, ListingDialog):  # what would be printed empty
            user.click(user.dialog(ListingDialog).do)
        user.agree()
        assert not user.has_dialog, code
        assert not page.issue.isEnabled(), f"{code} is not issued: {user.notice}"
    every = [path for path in sorted(folder.rglob("*")) if path.suffix in (".pdf", ".docx", ".xlsx")]
    files = [path for path in every if "emplates" not in str(path.parent)]
    return {path.name: words_of(path) for path in files if path.name != "applications.xlsx"}
