"""Papers that another build laid out: their values count, and what stands around them does not."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from exchange.papers.checking.paper_against import Comparison, compared
from exchange.papers.checking.paper_values import figures, value_differences
from exchange.papers.paper_reading import Printed, read_paper
from models.papers.kinds import KINDS
from models.papers.status import PaperStatus
from tests.sources import ROOT

EARLIER = ROOT / "tests" / "data" / "papers-issued-earlier"
"""Papers of three forms as the first build of format 28 issued them, and the values that it kept."""


@pytest.mark.parametrize("name", ["decision-report.pdf", "minutes.docx", "monitoring.xlsx"])
def test_a_paper_that_an_earlier_build_issued_says_what_it_was_issued_with(name: str) -> None:
    kind = Path(name).stem
    issued = json.loads((EARLIER / "issued.json").read_text(encoding="utf-8"))[kind]
    at = datetime.fromisoformat(issued["issued_at"])
    status = PaperStatus(at, issued["sha256"], issued["version"], issued["after_row"], issued["after_head"])

    found = compared(read_paper(EARLIER / name), kind, KINDS[kind].value_of(issued["content"]), status)

    assert found == Comparison((), is_of_values=True)


def paper(*lines: str, is_running: bool = True, layout: str = "earlier") -> Printed:
    """Return a paper of these lines, or of rows of a sheet with these words for cells."""
    places = [("page 1", line) for line in lines]
    if not is_running:
        places = [
            (f"Awards, {'ABCDEFGH'[column]}{row}", words)
            for row, line in enumerate(lines, 1)
            for column, words in enumerate(line.split())
        ]
    return Printed("paper.pdf", ".pdf", is_running, tuple(places), frozenset(), None, layout)


CONTENT = json.dumps(
    {
        "on": "2026-11-16",
        "is_decided": True,
        "lines": [
            {"reference": "ACF-001", "name": "Harbour Club", "pence": 410_000},
            {"reference": "ACF-002", "name": "Lantern-bearers", "pence": 500_050},
        ],
    }
)
TODAY = paper(
    "Decided on 16 November 2026",
    "ACF-001 Harbour Club £4,100",
    "ACF-002 Lantern-bearers £5,000.50",
    "All £9,100.50",
    layout="today",
)
EARLIER_LINES = (
    "Taken on 16 Nov 2026 (2026-11-16).",
    "Page 1 of 31",
    "Reference ACF-001, of Harbour Club: £4,100.00",
    "Reference ACF-002, of Lantern-",
    "bearers: £5,000.50",
    "£9,100.50 in all",
)


def test_other_words_and_columns_are_no_difference() -> None:
    assert list(value_differences(paper(*EARLIER_LINES), TODAY, CONTENT)) == []


@pytest.mark.parametrize(
    ("was", "is_now", "told"),
    [
        ("£4,100.00", "£4,700.00", [EARLIER_LINES[2].replace("4,100", "4,700"), "4100"]),
        ("£4,100.00", "£5,000.50", ["4100", EARLIER_LINES[2].replace("£4,100.00", "£5,000.50")]),
        ("16 Nov 2026 (2026-11-16)", "11 Nov 2026", ["Taken on 11 Nov 2026.", "2026-11-16"]),
        ("Harbour Club", "Harbor Club", ["Harbour Club"]),
        ("ACF-001,", "ACF-003,", [EARLIER_LINES[2].replace("ACF-001", "ACF-003"), "ACF-001"]),
    ],
)
def test_a_figure_a_day_a_name_and_a_reference_that_were_changed_are_told(
    was: str, is_now: str, told: list[str]
) -> None:
    lines = [line.replace(was, is_now) for line in EARLIER_LINES]

    found = [on_paper or record for _, on_paper, record in value_differences(paper(*lines), TODAY, CONTENT)]

    assert found == told


def test_two_amounts_that_changed_places_on_their_rows_are_told() -> None:
    rows = ("Reference Amount", "ACF-001 4100", "ACF-002 5000.5", "All 9100.5 2026-11-16 2026-11-16T00:00:00")
    texts = json.dumps({"pence": [410_000, 500_050]})
    today = replace(paper("Sum 9100.5 2026-11-16", *rows[1:3], is_running=False), layout="today")
    swapped = (rows[0], "ACF-001 5000.5", "ACF-002 4100", rows[3])

    assert list(value_differences(paper(*rows, is_running=False), today, texts)) == []
    assert list(value_differences(paper(*swapped, is_running=False), today, texts)) == [
        ("Awards, row 2", "ACF-001 5000.5", ""),
        ("Awards, row 3", "ACF-002 4100", ""),
    ]


def test_the_seal_that_today_repeats_the_data_in_is_not_missed() -> None:
    sealed = paper(*EARLIER_LINES, layout="today")
    places = (*sealed.places, ("Data as issued, B5", '{"pence":410000,"kind":"long text"}'))
    content = json.dumps({"lines": CONTENT, "kind": "long text"})

    assert list(value_differences(sealed, replace(sealed, places=places), content)) == []


def test_a_text_that_was_changed_in_one_of_two_places_is_told() -> None:
    reason = "Own count, police figures and the people concerned all say the same."
    today = paper("Harbour Club", reason, layout="today")
    kept = replace(paper(reason, reason.replace("Own count", "No count")), ending=".docx")

    assert list(value_differences(kept, today, json.dumps([reason, "Harbour Club"]))) == [
        ("the whole paper", "", "Harbour Club"),
        ("page 1", reason.replace("Own count", "No count"), reason),
    ]


def test_two_names_that_changed_places_on_their_lines_are_told() -> None:
    names = ("Harbour Club", "Lantern-")
    lines = [
        line.replace(names[0], "?").replace(*names[::-1]).replace("?", names[1]) for line in EARLIER_LINES
    ]

    assert list(value_differences(paper(*EARLIER_LINES), TODAY, CONTENT)) == []
    assert ("page 1", lines[3], "") in value_differences(paper(*lines), TODAY, CONTENT)


def test_an_outcome_that_was_changed_between_places_as_they_are_today_is_told() -> None:
    cells = ("Outcome", "Decline", "Fund", "Harbour", "Decline")
    today = replace(paper(*cells, is_running=False), layout="today")
    kept = paper("Proposed", *cells[1:4], "Fund", is_running=False)

    assert list(value_differences(kept, today, json.dumps(["decline", "fund"]))) == [
        ("Awards, A5", "Fund", "Decline")
    ]


def test_figures_are_compared_however_they_are_printed() -> None:
    said = "On 7 September 2026 (item 3.), £4,500.00 or £4,500 of £3,319,355.0 0; A-031-01: 2.49%"

    assert list(figures(said)) == ["2026-09-07", "3", "4500", "4500", "3319355", "A-031-01", "2.49%"]
