"""An issued schedule read back and compared with the stored values."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace

from exchange.papers.schedule.schedule_pdf_lines import EARLIER, IN_MILLIONS, WIDTHS, WITH_PENCE, widths_of
from exchange.papers.schedule.schedule_reading import IssuedPaper, differences, read_issued
from models.trouble import Trouble
from scoring.allocating.allowance import Allowance
from scoring.money import pounds
from scoring.schedule.canonical import canonical_text, sha256
from scoring.schedule.lines import PanelOutcome, Recommended, Settled
from scoring.schedule.pots import over_sentences, pot_uses
from scoring.schedule.values import AwardSchedule
from tests.exchange.papers.schedule.how_scored.test_how_scored import random_rounds
from tests.exchange.papers.schedule.test_schedule_xlsx import HOSTILE, full_schedule
from tests.exchange.schedule_rounds import made_round, schedule_of, with_incidents, write_schedule

DATA = Path(__file__).parents[3] / "data"
IN_CELLS = {"left": "left of the pot", "over": "over the pot"}
Write = Callable[[AwardSchedule, Path], Path]
BOTH = pytest.mark.parametrize(("write", "name"), [(write_schedule, "s.xlsx"), (write_schedule, "s.pdf")])


def changed(content: str, index: int, **values: Any) -> str:
    """Return stored values with one line changed."""
    stored = json.loads(content)
    stored["lines"][index].update(values)
    return json.dumps(stored)


@BOTH
@pytest.mark.parametrize(
    "schedule",
    [full_schedule(), schedule_of(with_incidents(made_round(60))), schedule_of(random_rounds(7))],
    ids=["recommended", "proposed", "random"],
)
def test_a_paper_as_it_was_written_differs_in_nothing(
    tmp_path: Path, write: Write, name: str, schedule: AwardSchedule
) -> None:
    paper = read_issued(write(schedule, tmp_path / name))

    assert paper.sha256 == sha256(schedule)
    assert len(paper.lines) == len(schedule.lines)
    assert differences(paper, canonical_text(schedule)) == ()


@pytest.mark.parametrize(("more", "widths"), [(0, WIDTHS), (99_501, WITH_PENCE), (3_319_355_01, IN_MILLIONS)])
def test_longer_amounts_have_wider_columns_and_read_back_alike(
    tmp_path: Path, more: int, widths: tuple[int, ...]
) -> None:
    rows = made_round(8, areas=1)
    dear = tuple(replace(one, requested_pence=one.requested_pence + more) for one in rows.applications)
    schedule = schedule_of(replace(rows, applications=dear))

    paper = read_issued(write_schedule(schedule, tmp_path / "s.pdf"))

    assert (widths_of(schedule), sum(widths)) == (widths, sum(EARLIER))
    assert differences(paper, canonical_text(schedule)) == ()


def test_a_schedule_laid_out_by_an_earlier_build_still_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schedule = schedule_of(made_round(8, areas=1))
    monkeypatch.setattr("exchange.papers.schedule.schedule_pdf_lines.widths_of", lambda _: EARLIER)

    paper = read_issued(write_schedule(schedule, tmp_path / "s.pdf"))

    assert len(paper.lines) == 8
    assert differences(paper, canonical_text(schedule)) == ()


def test_references_that_are_words_of_the_paper_read_back_alike(tmp_path: Path) -> None:
    rows, words = made_round(4, areas=1), ("Reference", "Subtotal", "Outcome", "fund")
    called = {one.reference: word for one, word in zip(rows.applications, words, strict=True)}
    alike = replace(
        rows,
        applications=tuple(replace(one, reference=called[one.reference]) for one in rows.applications),
        sheets=tuple(replace(one, application=called[one.application]) for one in rows.sheets),
        agreed=tuple(replace(one, application=called[one.application]) for one in rows.agreed),
    )
    schedule = schedule_of(alike)

    paper = read_issued(write_schedule(schedule, tmp_path / "s.pdf"))

    assert {line.reference for line in paper.lines} == set(words)
    assert differences(paper, canonical_text(schedule)) == ()


@BOTH
@pytest.mark.parametrize(
    "called",
    [
        "Safe\u00adguard\u00ading To\u00adgether",
        "Oﬃcers of Shefﬁeld ﬂy, ﬀ ﬄ ﬅ ﬆ",
        "Zero\u200bwidth\u200e Tr\u2060ust",
        "Cafe\u0301 Gwy\u0302n",
        "𝗙𝗿𝗲𝘀𝗵 Start",
    ],
)
def test_a_name_with_soft_hyphens_or_ligatures_reads_back_alike(
    tmp_path: Path, write: Write, name: str, called: str
) -> None:
    rows = made_round(3, areas=1)
    renamed = tuple(replace(one, organisation=called) for one in rows.applications)
    schedule = schedule_of(replace(rows, applications=renamed))

    paper = read_issued(write(schedule, tmp_path / name))

    assert differences(paper, canonical_text(schedule)) == ()


def test_an_area_of_several_blocks_reads_back_alike(tmp_path: Path) -> None:
    schedule = schedule_of(made_round(260, areas=1))  # blocks of 200 lines, each under headings of its own

    paper = read_issued(write_schedule(schedule, tmp_path / "s.pdf"))

    assert len(paper.lines) == len(schedule.lines)
    assert differences(paper, canonical_text(schedule)) == ()


@BOTH
@pytest.mark.parametrize("seed", range(12))
def test_every_kind_of_round_reads_back_alike(tmp_path: Path, write: Write, name: str, seed: int) -> None:
    schedule = schedule_of(random_rounds(seed))

    assert differences(read_issued(write(schedule, tmp_path / name)), canonical_text(schedule)) == ()


@BOTH
def test_hostile_and_long_texts_read_back_alike(tmp_path: Path, write: Write, name: str) -> None:
    rows = made_round(len(HOSTILE), areas=1)
    hostile = tuple(
        replace(a, organisation=text, project=f"{text} _x0041_ {'long ' * 200}")
        for a, text in zip(rows.applications, HOSTILE, strict=True)
    )
    reason = Recommended("ACF-003", PanelOutcome.DECLINE, None, "x" * 40_000)
    schedule = schedule_of(replace(rows, applications=hostile), Settled(recommended=(reason,)))

    assert differences(read_issued(write(schedule, tmp_path / name)), canonical_text(schedule)) == ()


@pytest.fixture(scope="module", params=["s.xlsx", "s.pdf"])
def issued(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> IssuedPaper:
    """A schedule that was written and read once."""
    return read_issued(write_schedule(full_schedule(), tmp_path_factory.mktemp("issued") / request.param))


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"requested": "9999.99"}, "requested"),
        ({"recommended": "1.00"}, "recommended"),
        ({"awarded": "7.00"}, "awarded"),
        ({"score": "12.34"}, "score"),
        ({"place": 9}, "place"),
        ({"outcome": "refer"}, "outcome"),
        ({"organisation": "Somebody Else"}, "organisation"),
        ({"project": "Something else"}, "project"),
        ({"reason": "another reason"}, "reason"),
    ],
)
def test_each_difference_is_named_with_its_line_and_both_values(
    issued: IssuedPaper, values: dict[str, object], column: str
) -> None:
    schedule, paper = full_schedule(), issued
    index = next(i for i, line in enumerate(schedule.lines) if line.reference == "ACF-001")

    told = differences(paper, changed(canonical_text(schedule), index, **values))

    assert len(told) == 1
    assert told[0].startswith(f"ACF-001: {column} is ")
    assert told[0].endswith(" in the record.")


@pytest.mark.parametrize(
    ("values", "columns"),
    [
        ({"recommended_pence": "1.00"}, {"recommended"}),
        ({"left_pence": "1.00"}, {"left"}),
        ({"over_pence": "1.00"}, {"over"}),
        ({"requested_pence": "1.00"}, {"requested"}),
        ({"lines": 99}, {"lines"}),
        ({"area": "Elsewhere"}, {"area"}),
    ],
)
def test_each_difference_in_an_areas_sums_is_named(
    issued: IssuedPaper, values: dict[str, object], columns: set[str]
) -> None:
    schedule, paper = full_schedule(), issued
    stored = json.loads(canonical_text(schedule))
    area = values.get("area", stored["areas"][0]["area"])
    stored["areas"][0].update(values)

    told = differences(paper, json.dumps(stored))

    named = [words.partition(" is ")[0] for words in told if not words.startswith("All areas: ")]
    printed = {"left": "remaining", "over": "remaining"} if paper.is_pdf else IN_CELLS
    assert set(named) == {f"{area}: {printed.get(column, column)}" for column in columns}


@pytest.mark.parametrize("ending", [".xlsx", ".pdf"])
def test_what_was_issued_with_pot_and_tolerance_in_one_sum_still_reads(ending: str) -> None:
    # written by the program as it was then: £7,000.00 with 5 % and £200.00 committed is £7,150.00 available
    content = (DATA / "schedule-issued-earlier.json").read_text(encoding="utf-8")
    paper = read_issued(DATA / f"schedule-issued-earlier{ending}")

    assert paper.sha256 == hashlib.sha256(content.encode()).hexdigest()
    assert len(paper.areas) >= 2
    assert differences(paper, content) == ()
    forged = json.loads(content)
    forged["areas"][1]["available_pence"] = "1.00"
    assert any("remaining" in words for words in differences(paper, json.dumps(forged)))


@pytest.mark.parametrize("between", [" ", "; "])
def test_a_workbook_with_its_conditions_in_its_lines_as_earlier_ones_is_not_told_to_differ(
    tmp_path: Path, between: str
) -> None:
    schedule = with_conditions(("Keep receipts.", "Return any money not spent."))
    path = write_schedule(schedule, tmp_path / "s.xlsx")
    book = openpyxl.load_workbook(path)
    (cell,) = [c for row in book["Schedule"].iter_rows() for c in row if c.value == "1 to 2"]
    cell.value = between.join(("Keep receipts.", "Return any money not spent."))
    book.remove(book["Conditions"])
    book.save(path)

    assert differences(read_issued(path), canonical_text(schedule)) == ()


def test_what_is_over_a_pot_and_who_allows_it_is_printed_and_reads_back(tmp_path: Path) -> None:
    rows = made_round(12, areas=1)
    over = Settled(
        recommended=tuple(
            Recommended(a.reference, PanelOutcome.FUND, a.requested_pence, "strong")
            for a in rows.applications[:6]
        ),
        allowances=(Allowance("Coventry", 10**7, "Jo Sample", "Chief Executive", "one project"),),
    )
    one = replace(rows, areas=(replace(rows.areas[0], pot_pence=100_000),))
    schedule = schedule_of(one, over)
    (use,) = pot_uses(schedule)
    words = (
        f"{pounds(use.over_pence)} over the pot, allowed by Jo Sample, Chief Executive (up to £100,000.00): "
    )

    assert use.over_pence > 0
    assert over_sentences(schedule) == (f"Coventry: {words}one project.",)
    for write, name in ((write_schedule, "s.xlsx"), (write_schedule, "s.pdf")):
        paper = read_issued(write(schedule, tmp_path / name))
        assert differences(paper, canonical_text(schedule)) == ()
        stored = json.loads(canonical_text(schedule))
        stored["areas"][0]["over_pence"] = "1.00"
        assert differences(paper, json.dumps(stored)) != ()


@BOTH
def test_lines_that_only_one_side_has_are_named(tmp_path: Path, write: Write, name: str) -> None:
    schedule = schedule_of(made_round(3, areas=1))
    paper = read_issued(write(schedule, tmp_path / name))
    reference = schedule.lines[0].reference

    told = differences(paper, changed(canonical_text(schedule), 0, reference="ACF-999"))

    assert told == (
        f"{reference} is on {name} but not in the record's issue.",
        f"ACF-999 is in the record's issue but not on {name}.",
    )


def test_a_file_that_is_no_schedule_is_trouble(tmp_path: Path) -> None:
    (tmp_path / "s.pdf").write_bytes(b"not a PDF")
    (tmp_path / "s.csv").write_text("a,b\n1,2\n")

    for name in ("s.pdf", "s.csv", "gone.pdf"):
        with pytest.raises(Trouble, match=name):
            read_issued(tmp_path / name)


def with_conditions(*listed: tuple[str, ...]) -> AwardSchedule:
    """Return a schedule whose lines, from the first on, have these conditions."""
    rows = made_round(len(listed), areas=1)
    settled = tuple(
        Recommended(row.reference, PanelOutcome.FUND, 100_00, "strong need", conditions=conditions)
        for row, conditions in zip(rows.applications, listed, strict=True)
    )
    return schedule_of(rows, Settled(recommended=settled))


STANDARD = tuple(f"Condition of the fund, number {number}." for number in range(1, 8))


@BOTH
def test_a_condition_stands_in_full_once_and_lines_name_its_number(
    tmp_path: Path, write: Write, name: str
) -> None:
    schedule = with_conditions(STANDARD, (*STANDARD[:3], STANDARD[5], "Only here."), ())
    paper = read_issued(write(schedule, tmp_path / name))

    cells = [line.cells.get("conditions", line.cells["reason"]) for line in paper.lines]
    told = sorted(words.rpartition("Conditions:")[2].replace(" ", "") for words in cells)
    assert [words for words in told if words[:1].isdecimal()] == ["1to3,6,8", "1to7"]
    assert [line.reference for line in paper.conditions] == [str(number) for number in range(1, 9)]
    assert differences(paper, canonical_text(schedule)) == ()


@BOTH
def test_hostile_long_and_many_conditions_read_back_alike(tmp_path: Path, write: Write, name: str) -> None:
    many = tuple(f"{number} {'words of it ' * 20}" for number in range(90))
    schedule = with_conditions(tuple(HOSTILE), ("x" * 40_000, "12", "No."), many)

    assert differences(read_issued(write(schedule, tmp_path / name)), canonical_text(schedule)) == ()


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        (("Something else.", STANDARD[1]), "Condition 1 is not on s.pdf as it was issued."),
        ((*STANDARD[:2], "More."), "Condition 3 is in the record's issue but not on s.pdf."),
        (STANDARD[:1], "Condition 2 is on s.pdf but not in the record's issue."),
    ],
)
def test_a_condition_that_differs_is_named_by_its_number(
    tmp_path: Path, stored: tuple[str, ...], told: str
) -> None:
    paper = read_issued(write_schedule(with_conditions(STANDARD[:2]), tmp_path / "s.pdf"))

    assert told in differences(paper, canonical_text(with_conditions(stored)))
