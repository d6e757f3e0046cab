"""The steps of an Active Citizens Fund round, as the people of its panel go through them."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import resources
from gui.listed.form import DataForm
from gui.pages.applications.detail import GATES
from gui.pages.applications.page import ApplicationsPage
from gui.pages.panel.declaring import DeclareDialog
from gui.pages.panel.meeting.page import MeetingPage
from gui.pages.panel.page import PanelPage
from gui.pages.set_up.criteria.page import CriteriaPage
from gui.widgets.pill import Pill
from models.operation import Operation
from models.operations.applications.gates import SetGate
from models.operations.panel.agreed import AgreeMarks, CloseItem, SetAgreedMark
from models.operations.panel.meetings import SetAttendance
from models.operations.panel.sheets import SetMark
from models.operations.set_up.areas import MoveAreas
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.reading import Intake, intake
from tests.journeys.acting.sample import Marked, Panel
from tests.journeys.acting.user import User

ROUND = 1
CRITERIA = ("A1", "A2", "A3", "A4", "A5", "A6", "A7")
EAST = "Birmingham East"
CHAIR = ("Dorothy Pennyfeather", "chair")
COLM = ("Colm Rafferty-Wynne", "member")
PARVEEN = ("Parveen Chaudhry-Holt", "member")
TADEUSZ = ("Tadeusz Król", "member")
PANEL = (CHAIR, COLM, PARVEEN, TADEUSZ)
CODES = {"M1": CHAIR, "M2": COLM, "M3": PARVEEN, "M4": TADEUSZ}


def start_round(user: User, panel: Panel, *, name: str, quorum: str = "3") -> None:
    """Start the round with its pots, by the set-up page."""
    user.press("Ctrl+3", "Space")
    dialog = user.dialog(DataForm)
    user.pick(dialog["fund"], "Active Citizens Fund")
    user.fill(dialog["year"], "2026/27")
    user.fill(dialog["name"], name)
    user.paste(dialog["areas"], panel.pots())
    user.fill(dialog["quorum"], quorum)
    user.click(dialog.do)


def take_in(user: User, workbook: str) -> ApplicationsPage:
    """Take a workbook of the samples in, by keys alone."""
    return take_in_file(user, resources.path(f"sample/{workbook}"))


def take_in_file(user: User, path: Path) -> ApplicationsPage:
    """Take a workbook in, by keys alone."""
    user.answer_files(path)
    user.press("Ctrl+2", "Space", "Space")  # Import applications, Choose files
    page = user.page(ApplicationsPage)
    for _ in range(5):  # match, check, summary, take in, show the applications
        user.press("Alt+N")
    assert page.table.isVisible()
    return page


def fail_a_gate(user: User, page: ApplicationsPage, reference: str, gate: str, reason: str) -> None:
    """Fail an application at one gate, with the reason."""
    at = [line.reference for line in page.table.rows].index(reference)
    user.reach(page.table)
    user.press("Home", *["Down"] * at)
    user.click(page.detail.sections.findChildren(Pill)[GATES])
    question = next(one.gate.question for one in page.row.of.gates if one.gate.code == gate)
    user.click(page.detail.buttons[f"Fail: {question}"])
    user.write(reason)
    user.click(user.dialog(DataForm).do)


def keys_to_the_start_gate(dialog: DataForm) -> list[str]:
    """Return the keys that tick the gate of the start date, which no form of the sample gave."""
    gates = dialog["gates"]
    (at,) = (number for number in range(gates.count()) if "by its dates" in gates.item(number).text())
    return ["Down"] * at + ["Space"]


def pass_the_other_gates(user: User) -> str:
    """Pass together what nobody has said anything of; waive the cap where one is over it.

    What was not answered by a plain "Yes" is ticked with the space bar; return what was said of it.
    """
    user.press("Ctrl+2")
    user.click(user.page(ApplicationsPage).buttons[2])
    dialog = user.dialog(DataForm)
    said = dialog.says[0]
    user.reach(dialog["gates"])
    user.press(*keys_to_the_start_gate(dialog))
    if said:
        user.reach(dialog["doubtful"])
        user.press(*["Space", "Down"] * dialog["doubtful"].count())
    user.click(dialog.do)
    user.perform(_waivers(user.ask(partial(intake, round_id=ROUND, viewer=OFFICE_VIEWER))))
    return said


def _waivers(found: Intake) -> Iterator[SetGate]:
    for line in found.lines:
        for standing in line.gates:
            if standing.gate.code.endswith("cap") and standing.result == "fail":
                where = (ROUND, line.row.reference, standing.gate.code)
                yield SetGate(*where, "waived", "It is offered the cap.", standing.own)


def add_member(user: User, page: PanelPage, name: str, role: str) -> None:
    """Put somebody on the panel, the first of them by the grid."""
    if page.is_empty:
        user.click(page.empty.button)
        asked = user.dialog(DataForm)
        user.paste(asked["members"].grid, f"{name}\t{role}")
        user.click(asked.do)
        return
    user.click(page.add)
    dialog = user.dialog(DataForm)
    user.paste(dialog["name"], name)
    user.pick(dialog["role"], role.capitalize())
    user.click(dialog.do)


def declare(user: User, who: tuple[str, str], interest: tuple[str, int, str] | None = None) -> None:
    """Declare as a member: none, or an interest so many steps to the right of none."""
    user.be(*who)
    user.press("Ctrl+4")
    user.click(user.page(PanelPage).declare)
    dialog = user.dialog(DeclareDialog)
    if interest is not None:
        reference, steps, detail = interest
        at = [line.reference for line in dialog.lines].index(reference)
        user.reach(dialog.table)
        user.press("Home", *["Down"] * at, "N", *["Right"] * steps)
        user.fill(dialog.detail, detail)
    user.click(dialog.rest)
    user.click(dialog.do)
    assert not user.has_dialog, dialog.problem.text()


def publish(user: User, chair: tuple[str, str]) -> None:
    """Publish the criteria as the chair."""
    user.be(*chair)
    user.press("Ctrl+3")
    user.click(user.page(CriteriaPage).publish)
    user.agree()


def move_all(user: User, stage: str, but: str = "") -> None:
    """Move every area on, but for one that is moved by hand."""
    place = user.window.controller.rounds.place
    areas = [area.name for area in place.line.areas if area.name != but]
    user.perform(MoveAreas(place.line.round_id, (area,), stage) for area in areas)


def marking(row: Marked, codes: Sequence[str] = CRITERIA) -> Iterator[Operation]:
    """Return what fills one sheet as the sample's member did, with 3 where there was nothing to judge."""
    for code in codes:
        yield SetMark(ROUND, row.member, row.application, code, row.marks.get(code, 3), None)


def agreeing(row: Marked) -> Iterator[Operation]:
    """Return what agrees one application's marks, and closes its item when all are agreed."""
    marks = tuple(
        SetAgreedMark(ROUND, row.application, code, mark, row.reasons.get(code, ""), None, "")
        for code, mark in row.marks.items()
    )
    yield AgreeMarks(ROUND, row.application, marks)
    if len(marks) == 7:
        yield CloseItem(ROUND, row.application)


def attending(areas: Iterable[str], members: Iterable[str]) -> Iterator[SetAttendance]:
    """Return what marks members present at the meetings of these areas."""
    members = tuple(members)
    for area in areas:
        for member in members:
            yield SetAttendance(ROUND, area, member, "present", "")


def mark_present(user: User, page: MeetingPage) -> None:
    """Mark everybody present at the meeting on show."""
    for member, state in tuple(page.side.attendance.pills):
        if state == "present":
            user.click(page.side.attendance.pills[member, state])
