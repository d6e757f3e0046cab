"""The page Organisations: listed, found by any name, shown part by part, merged, separated, and opened."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.app import Window
from gui.breakpoints import Breakpoints
from gui.dialogs.search import SearchDialog
from gui.pages.applications.organisations.dialogs import ApartDialog, MergeDialog
from gui.pages.applications.organisations.page import NONE_SUCH, NOTHING, OrganisationsPage
from gui.pages.applications.organisations.rows import (
    AWARDS,
    CHECKED,
    COLUMNS,
    CONTACTS,
    EMPTY_WORDS,
    MONEY,
    NAMES,
    RETURNS,
    SECTIONS,
    rows_of,
)
from gui.pages.page import Identity
from models.operations.awards.paying import HoldAward
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.organisation import Organisation, organisation
from models.record import Record
from models.values.awards import Returned
from tests.gui.deciding import make_decided
from tests.models.conftest import OFFICER, OPENER, TickingClock
from tests.models.operations.monitored_rounds import monitored_award
from tests.models.rounds import application, import_operation, set_up_office

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def page_of(window: Window, path: Path) -> OrganisationsPage:
    """Return the page, for an officer, on a record with decided awards."""
    window.controller.open(path)
    window.main.tools.use_as(Identity("Grace Okoro", "officer"))
    window.main.resize(1366, 768)
    window.main.tools.go("organisations")
    page = window.main.pages.current
    assert isinstance(page, OrganisationsPage)
    return page


def test_two_are_merged_found_by_the_old_name_and_separated(window: Window, tmp_path: Path) -> None:
    page = page_of(window, make_decided(tmp_path / "office.panel"))
    everybody = len(page.table.rows)
    awarded = next(line for line in page.table.rows if line.awards)
    page.show_reference(awarded.uid)
    assert page.line == awarded
    heads = [column.head for column in COLUMNS]
    assert {"Stands at", "Paid less returned"} <= set(heads), "they are after money back"
    page.merge.click()
    box = window.controller.dialog
    assert isinstance(box, MergeDialog)
    box.do.click()
    assert "Choose an organisation" in box.problem.text()
    box.into.setCurrentIndex(1)
    kept = str(box.into.currentData())
    box.do.click()
    assert box.isVisible(), "a reason is needed"
    box.reason.setPlainText("a section of it")

    box.do.click()

    assert (len(page.table.rows), page.table.current) == (everybody - 1, kept)
    assert page.line is not None
    assert awarded.name in page.line.others
    page.section.setCurrentIndex(page.section.findData(NAMES))
    assert [row.what for row in page.rows.rows] == ["Name", "Name", "Merged"]
    page.words.setText(awarded.name.upper())
    assert [line.uid for line in page.table.rows] == [kept]
    page.words.setText("nobody at all")
    assert page.empty.isVisible()
    assert page.empty.words == NONE_SUCH
    page.words.clear()
    window.controller.search()
    search = window.controller.dialog
    assert isinstance(search, SearchDialog)
    search.typed.setText(awarded.name)
    assert "Organisation" in {one.group for one in search.shown()}
    found = next(row for row, one in enumerate(search.shown()) if one.group == "Organisation")
    search.found.setCurrentRow(found)
    QTest.keyClick(search.typed, Qt.Key.Key_Return)
    assert page.table.current == kept

    page.separate.click()

    assert len(page.table.rows) == everybody
    window.workspace.undo_stack.undo()
    assert len(page.table.rows) == everybody - 1


def test_two_branches_of_one_number_are_kept_apart_and_counted_as_one_again(
    window: Window, tmp_path: Path
) -> None:
    north, south = ("Larkfield North", "Larkfield South")
    with Record.create(tmp_path / "office.panel", OPENER, clock=TickingClock()) as record:
        named = (
            application(at, organisation=name, charity_number="1122334")
            for at, name in ((1, north), (2, south))
        )
        set_up_office(record).perform(import_operation(*named), OFFICER)
    page = page_of(window, tmp_path / "office.panel")
    assert [line.name for line in page.table.rows] == [north]
    page.apart.click()
    box = window.controller.dialog
    assert isinstance(box, ApartDialog)
    box.do.click()
    assert "Choose the name" in box.problem.text()
    box.branch.setCurrentIndex(1)
    box.reason.setPlainText("its own accounts")

    box.do.click()

    assert [(line.name, line.applications) for line in page.table.rows] == [(north, 1), (south, 1)]
    page.section.setCurrentIndex(page.section.findData(NAMES))
    assert [row.what for row in page.rows.rows] == ["Name", "Kept apart"]
    assert (page.separate.text(), page.apart.isEnabled()) == ("Rejoin", False)
    page.separate.click()
    assert [line.name for line in page.table.rows] == [north]


def test_a_line_opens_its_application_in_its_own_round(window: Window, tmp_path: Path) -> None:
    page = page_of(window, make_decided(tmp_path / "office.panel"))
    awarded = next(line for line in page.table.rows if line.awards)
    page.fit(Breakpoints(860, 640))
    assert page.panes() == (page.words, page.table)
    page.show_reference(awarded.uid)
    page.table.opened.emit(awarded.uid)
    assert page.panes() == (page.section, page.rows)

    page.rows.opened.emit(page.rows.current)

    assert window.main.pages.key == "applications"
    window.main.tools.go("organisations")
    page.section.setCurrentIndex(page.section.findData(MONEY))
    page.rows.opened.emit(page.rows.current)
    assert window.main.pages.key == "organisations"
    assert "no page of its own" in window.main.toast.words


def test_a_record_without_applications_says_so(window: Window, empty_record_path: Path) -> None:
    page = page_of(window, empty_record_path)

    assert page.is_empty
    assert page.empty.words == NOTHING
    assert not page.merge.isEnabled()


def test_each_part_is_said_in_words(tmp_path: Path) -> None:
    with Record.create(tmp_path / "office.panel", OPENER, clock=TickingClock()) as record:
        found = whole(monitored_award(record))
        record.perform(HoldAward(1, "ACF-001", "no report yet", ""), OFFICER)
        held = rows_of(whole(record), AWARDS)

    said = {key: [(row.what, row.says) for row in rows_of(found, key)] for _, key in SECTIONS}

    assert said[AWARDS] == [
        ("A-031-01", "£1,000 awarded, £0 paid"),
        ("Payment 1", "£330, on signature"),
        ("Payment 2", "£330, on half way"),
        ("Payment 3", "£340, on the end"),
    ]
    assert [row.says for row in held[1:]] == ["£330, on hold", "£330, on hold", "£340, on hold"]
    (given,) = (one for one in found.awards if one.award is not None)
    assert given.award is not None
    paid = replace(given.award.instalments[0], paid_on=date(2027, 3, 1))
    some = replace(
        given.award, instalments=(paid,), returned=(Returned(5_000, date(2027, 4, 1), "one room"),)
    )
    back = replace(found, applications=(replace(given, award=some),))
    assert rows_of(back, AWARDS)[0].says == "£1,000 awarded, £330 paid, stands at £950 after money returned"
    assert said[RETURNS] == [
        ("A-031-01", "Due 1 Mar 2027, received 3 Mar 2027"),
        ("A-031-01", "Due 1 Sep 2027, 30 days late"),
    ]
    assert said[MONEY][-2:] == [
        ("Three years", "£1,000"),
        ("Minimal financial assistance", "£0"),
    ]
    assert said[NAMES] == [("Name", "Allotment Friends 1")]
    assert (said[CHECKED], said[CONTACTS]) == ([], [])
    assert set(EMPTY_WORDS) == {key for _, key in SECTIONS}


def whole(record: Record) -> Organisation:
    """Return the first organisation of a record, a month after its second return was due."""
    found = record.ask(lambda s: organisation(s, 1, date(2027, 10, 1), OFFICE_VIEWER))
    assert found is not None
    return found
