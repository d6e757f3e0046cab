"""How sure, in a schedule when asked for: a sheet and a page, no member named, the data's hash untouched."""

from pathlib import Path

import openpyxl
import pypdfium2
from msgspec.structs import replace

from exchange.papers.paper_check import compared
from exchange.papers.paper_reading import read_paper
from exchange.papers.schedule.schedule_sheets import BESIDE_THE_LIST
from exchange.papers.sensitivity_words import SHEET, sensitivity_rows
from models.values.rows import MemberRow, RoundRows, scored_round
from scoring.rank import rank
from scoring.scheme import Combine
from scoring.sensitivity.list_sensitivity import ListSensitivity, list_sensitivity, round_sensitivity
from tests.exchange.schedule_rounds import acf_scheme, made_round, schedule_of, write_schedule

HOSTILE = '=HYPERLINK("http://127.0.0.1","x") <b>unclosed &'


def hostile_round() -> RoundRows:
    """Return a round of means whose first organisation and members are called what no reader may run."""
    rows = made_round(12, scheme=acf_scheme(Combine.MEAN))
    first = replace(rows.applications[0], organisation=HOSTILE)
    members = tuple(MemberRow(m.code, f"Member Named {m.code}", m.role) for m in rows.members)
    return replace(rows, applications=(first, *rows.applications[1:]), members=members)


def sensitivity_of(rows: RoundRows, area: str | None = None) -> ListSensitivity:
    round_ = scored_round(rows)
    return list_sensitivity(round_sensitivity(round_, rank(round_), [m.code for m in rows.members]), area)


def test_the_sheet_holds_every_sentence_as_text(tmp_path: Path) -> None:
    rows = hostile_round()
    found = sensitivity_of(rows)

    path = write_schedule(schedule_of(rows), tmp_path / "s.xlsx", sure=found)
    sheet = openpyxl.load_workbook(path)[SHEET]

    assert sheet["A2"].value == BESIDE_THE_LIST
    cells = [(a.value, b.value) for a, b in sheet.iter_rows(min_row=5, max_col=2)]
    assert cells == list(sensitivity_rows(found))
    assert {cell.data_type for row in sheet.iter_rows(min_row=5, max_col=2) for cell in row} == {"s"}
    assert any(HOSTILE in about for about, _ in cells)


def test_every_ranked_application_is_told_of_once_and_what_is_alike_is_told_once() -> None:
    found = sensitivity_of(hostile_round())
    lines = [(about, words) for about, words in sensitivity_rows(found) if "ACF-" in about]
    told = [one.split(" ")[0] for about, _ in lines for one in about.split("; ")]

    assert sorted(told) == sorted(hold.reference for hold in found.round_sensitivity.holds.applications)
    assert len({words for _, words in lines}) == len(lines) < len(told)


def test_an_area_has_its_own_applications_only() -> None:
    rows = hostile_round()
    area = rows.areas[0].name
    there = {a.reference for a in rows.applications if a.area == area}

    told = {
        about.split(" ")[0] for about, _ in sensitivity_rows(sensitivity_of(rows, area)) if "ACF-" in about
    }

    assert told
    assert told <= there


def test_no_member_is_named_or_can_be_followed() -> None:
    rows = hostile_round()
    text = "\n".join(words for _, words in sensitivity_rows(sensitivity_of(rows)))

    assert "Member Named" not in text
    assert not [m.code for m in rows.members if m.code in text.split()]


def test_it_is_there_only_when_asked_for_and_the_data_stay_the_same(tmp_path: Path) -> None:
    rows = hostile_round()
    schedule = schedule_of(rows)
    plain = write_schedule(schedule, tmp_path / "plain.xlsx")
    full = write_schedule(schedule, tmp_path / "full.xlsx", sure=sensitivity_of(rows))

    assert SHEET not in openpyxl.load_workbook(plain).sheetnames
    assert openpyxl.load_workbook(full).sheetnames[-1] == SHEET
    assert compared(read_paper(full), read_paper(plain)) == ()


def test_the_page_prints_the_same_words(tmp_path: Path) -> None:
    rows = hostile_round()
    found = sensitivity_of(rows)

    path = write_schedule(schedule_of(rows), tmp_path / "s.pdf", sure=found)
    document = pypdfium2.PdfDocument(path)
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    document.close()

    assert "How sure" in text
    for words in ("How far the members agree", "It counts points times pounds", HOSTILE):
        assert words in text
    plain = write_schedule(schedule_of(rows), tmp_path / "plain.pdf")
    document = pypdfium2.PdfDocument(plain)
    assert "The challenger" not in " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
