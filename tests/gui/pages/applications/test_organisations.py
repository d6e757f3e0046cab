"""Organisations: listed, found by any name, shown part by part, merged, separated, and opened."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtTest import QTest

from gui.listed.form import MANY
from gui.pages.applications.organisations import (
    COLUMNS,
    NO_SUCH_NAME,
    NONE_SUCH,
    PAGE,
    PARTS,
    has_words,
    rows_of,
)
from gui.pages.page import Identity
from models.operations.awards.paying import HoldAward
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.organisations import (
    Organisation,
    OrganisationLine,
    organisation,
    the_organisation,
)
from models.record import Record
from models.values.awards import Returned
from scoring.written.names import unaccented
from tests.gui.listed.page_user import NARROW, PageUser, Uses
from tests.gui.pressing import answer_to
from tests.models.conftest import OFFICER, OPENER, TickingClock
from tests.models.operations.deciding.test_frozen import capped_rows
from tests.models.operations.deciding_rounds import decide, recommended
from tests.models.operations.monitored_rounds import monitored_award
from tests.models.rounds import application, import_operation, refused, set_up_office
from tests.models.spellings import EVERY

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def names(user: PageUser) -> list[str]:
    return [line.name for line in user.view.table.rows]


def at_awarded(at: Uses) -> tuple[PageUser, OrganisationLine]:
    """Stand at an organisation that was awarded something."""
    user = at(PAGE)
    awarded = next(line for line in user.view.table.rows if line.awards)
    return user.open(awarded.uid), awarded


def merged(at: Uses) -> tuple[PageUser, OrganisationLine, str]:
    """Merge one that was awarded something into the first that is offered; return it, and which was kept."""
    user, awarded = at_awarded(at)
    user.press("Merge…").agree()
    assert "Choose an organisation" in user.faults
    kept = user.form["into"].itemText(1)
    user.fill(into=kept).agree()
    assert user.has_form, "a reason is needed"
    user.fill(from_on="01/01/2022", reason="a section of it").agree()
    return user, awarded, kept


def test_two_are_merged_found_by_the_old_name_and_separated(at: Uses) -> None:
    user, awarded, kept = merged(at)
    everybody = len(names(user)) + 1
    assert awarded.name in user.row.others
    assert kept.startswith(user.row.name), "one stays at what is left"
    user.choose("Part of what is known", "Names and numbers")
    assert [row.what for row in user.view.detail.reading.rows] == ["Name", "Name", "Merged"]
    uid = user.row.uid
    assert [line.uid for line in user.find(awarded.name.upper()).view.table.rows] == [uid]
    assert NONE_SUCH in user.find("nobody at all").spoken()
    user.open(uid)
    assert user.row.uid == uid
    assert len(names(user.press("Separate"))) == everybody
    assert len(names(user.undo())) == everybody - 1


def test_caps_that_two_pass_together_are_listed_before_they_are_merged(at: Uses, tmp_path: Path) -> None:
    path = tmp_path / "capped.panel"
    with Record.create(path, OPENER, clock=TickingClock()) as record:
        decide(recommended(record, capped_rows()))
    user = at(PAGE, path)
    user.press("Merge…")
    (passed,) = user.form.sayings
    assert passed.text() == ""
    user.fill(into=user.form["into"].itemText(1))
    assert "£12,000 and £12,000 together are £24,000" in passed.text()
    user.fill(from_on="03/12/2026", reason="one group")
    assert not user.form.do.isEnabled(), "what goes over a cap is ticked first"
    user.fill(over_cap="yes").agree()
    assert not user.has_form
    assert len(names(user)) == 3, "all were decided the day before"


def test_nothing_is_done_to_the_row_before_while_another_is_on_its_way(at: Uses, tmp_path: Path) -> None:
    path = tmp_path / "made.panel"
    with Record.create(path, OPENER, clock=TickingClock()) as record:
        decide(recommended(record, capped_rows()))
    user = at(PAGE, path)
    view = user.view
    card, on_way = view.detail, list[tuple[Any, Any]]()
    first, second, *_ = view.table.rows
    assert card.offers
    card.asked.disconnect()
    card.asked.connect(lambda query, take: on_way.append((query, take)))

    view.table.select(second.uid)
    assert card.offers == (), "its buttons wait until it shows what is picked"
    view.table.select(first.uid)
    (of_second, take_second), (of_first, take_first) = on_way
    take_second(answer_to(user, of_second))
    assert card.offers == (), "what comes late is of another row"
    take_first(answer_to(user, of_first))
    assert card.name.text() == first.name
    assert card.offers


def test_a_successor_takes_over_the_award_at_hand(at: Uses) -> None:
    user, _ = at_awarded(at)
    assert "(Successor…)" not in user.offered
    user.press("Successor…").agree()
    assert "Enter the name of the successor." in user.faults
    assert not user.form["email"].text(), "letters to the successor do not go to whoever was before it"
    user.fill(name="Heirs CIO", email="us@heirs.example", from_on="05/12/2024", address="9 New Road")
    user.fill(reason="It converted").agree()
    assert "Heirs CIO" in user.row.others
    user.press("Correct successor…")
    assert user.form["email"].text() == "us@heirs.example"
    shown = [user.form["name"].text(), *(user.form[one].toPlainText() for one in ("address", "reason"))]
    assert shown == ["Heirs CIO", "9 New Road", "It converted"]
    user.fill(address="9 Newer Road").agree()
    user.press("Successor…")
    assert (user.form["name"].text(), user.form["address"].toPlainText()) == ("", "9 Newer Road")
    user.fill(name="Heirs Trust", reason="It converted again").agree()
    assert {"Heirs CIO", "Heirs Trust"} <= {*user.row.others}
    assert "Heirs Trust" not in user.undo().row.others
    assert "Heirs CIO" not in user.undo().undo().row.others


def test_two_branches_of_one_number_are_kept_apart_and_counted_as_one_again(at: Uses, tmp_path: Path) -> None:
    north, south = ("Larkfield North", "Larkfield South")
    with Record.create(tmp_path / "made.panel", OPENER, clock=TickingClock()) as record:
        named = (
            application(number, organisation=name, charity_number="1122334")
            for number, name in ((1, north), (2, south))
        )
        set_up_office(record).perform(import_operation(*named), OFFICER)
    user = at(PAGE, tmp_path / "made.panel")
    assert names(user) == [north]
    user.press("Keep apart…").agree()
    assert "Choose the name" in user.faults
    user.fill(branch=south, reason="its own accounts").agree()
    assert [(line.name, line.applications) for line in user.view.table.rows] == [(north, 1), (south, 1)]
    user.choose("Part of what is known", "Names and numbers")
    assert [row.what for row in user.view.detail.reading.rows] == ["Name", "Kept apart"]
    assert "(Keep apart…)" in user.offered
    assert names(user.press("Rejoin")) == [north]


def test_a_line_opens_its_application_in_its_own_round(at: Uses) -> None:
    user, awarded = at_awarded(at)
    view, rows = user.view, user.view.detail.reading
    view.fit(NARROW)
    view.sides.choose(0)
    assert view.panes() == (*view.narrowing.inputs, view.table)
    view.table.opened.emit(awarded.uid)
    assert view.panes()[-2:] == (view.detail.section, rows)
    rows.opened.emit(rows.current)
    assert [key for key, _ in user.went] == ["applications"]
    user.choose("Part of what is known", "Money over three years")
    rows.opened.emit(rows.current)
    assert len(user.went) == 1
    assert "no page of its own" in user.told[-1]


def test_one_is_shown_once_the_list_is_read_and_who_reads_it_alone_is_offered_no_change(at: Uses) -> None:
    user = at(PAGE)
    lines = user.view.answer
    user.view._take(())
    user.open(lines[-1].uid)
    user.view._take(lines)
    assert user.row == lines[-1]
    user.view._take((lines[0],))
    user.view._take(lines)
    assert user.row == lines[-1], "it is back"
    user.view._take(lines[:2])
    user.pick(lines[1].uid).view._take(lines)
    assert user.row == lines[1], "another was picked meanwhile"

    user.be(Identity("Finn Pays", "finance"))
    assert not {"Merge…", "Keep apart…", "Export all held…"} & set(user.offered)
    assert {"Stands at", "Paid less returned"} <= {one.head for one in COLUMNS}, "they are after money back"


@pytest.mark.parametrize("others", [MANY, MANY + 1])
def test_one_of_many_to_merge_into_is_found_by_a_part_of_its_name_or_number(at: Uses, others: int) -> None:
    user = at(PAGE)
    lines = [_line(number, f"Group {number:02}") for number in range(1, others + 1)]
    user.view._take((*lines, _line(99, "Canal Scouts", "9012345")))
    user.press("Merge…")
    finder, into = user.form.finders.get("into"), user.form["into"]
    assert (finder is not None) == (others > MANY), "few are listed without a search"
    for part in ("canal", "90123") if finder is not None else ():
        finder.clear()
        QTest.keyClicks(finder, part)
        assert (into.count(), into.currentText()[:12]) == (2, "Canal Scouts")
    if finder is not None:
        finder.clear()
        QTest.keyClicks(finder, "g")
        assert (into.count(), into.currentIndex()) == (others, 0)
        QTest.keyClicks(finder, "nobody")
        assert into.currentText() == NO_SUCH_NAME


def _line(number: int, name: str, *charity_numbers: str) -> OrganisationLine:
    return OrganisationLine(number, f"O{number}", name, (), charity_numbers, (), 1, 0, 0, None, 0, ())


def test_each_part_is_said_in_words(tmp_path: Path) -> None:
    with Record.create(tmp_path / "office.panel", OPENER, clock=TickingClock()) as record:
        found = whole(monitored_award(record))
        record.perform(HoldAward(1, "ACF-001", "no report yet", ""), OFFICER)
        held = rows_of(whole(record), "Awards and payments")

    said = {key: [(row.what, row.says) for row in rows_of(found, key)] for key in PARTS}

    assert said["Awards and payments"] == [
        ("A-031-01", "£1,000 awarded, £0 paid"),
        ("Payment 1", "£330, on signature"),
        ("Payment 2", "£330, on half way"),
        ("Payment 3", "£340, on the end"),
    ]
    assert [row.says for row in held[1:]] == ["£330, on hold", "£330, on hold", "£340, on hold"]
    (given,) = (one for one in found.awards if one.award is not None)
    paid = replace(given.award.instalments[0], paid_on=date(2027, 3, 1))
    came_back = Returned(5_000, date(2027, 4, 1), "one room")
    some = replace(given.award, instalments=(paid,), returned=(came_back,))
    back = replace(found, applications=(replace(given, award=some),))
    says = rows_of(back, "Awards and payments")[0].says
    assert says == "£1,000 awarded, £330 paid, stands at £950 after money returned"
    assert said["Returns"] == [
        ("A-031-01", "Due 1 Mar 2027, received 3 Mar 2027"),
        ("A-031-01", "Due 1 Sep 2027, 30 days late"),
    ]
    assert said["Money over three years"][-2:] == [
        ("Three years", "£1,000"),
        ("Minimal financial assistance", "£0"),
    ]
    assert said["Names and numbers"] == [("Name", "Allotment Friends 1")]
    assert (said["Due diligence"], said["Addresses and contacts"]) == ([], [])


def whole(record: Record) -> Organisation:
    """Return the first organisation of a record, a month after its second return was due."""
    found = record.ask(lambda s: organisation(s, 1, date(2027, 10, 1), OFFICE_VIEWER))
    assert found is not None
    return found


LINE = OrganisationLine(1, "u", "Example Choir", (), (), (), 1, 0, 0, None, 0, ())


@pytest.mark.parametrize(("name", "other"), EVERY)
def test_an_organisation_is_found_by_any_spelling_of_its_name(name: str, other: str) -> None:
    lines = (LINE, replace(LINE, number=2, name=name))

    for said in (other, unaccented(other)):
        assert [has_words(line, said) for line in lines] == [False, True]
    assert the_organisation(lines, other).number == 2


def test_a_name_that_may_be_either_is_refused_by_both() -> None:
    lines = (replace(LINE, name="Mary‘s"), replace(LINE, number=2, name="Mary’s"))

    refused(r"“Mary's” is Mary‘s .* or Mary’s", the_organisation, lines, "Mary's")
