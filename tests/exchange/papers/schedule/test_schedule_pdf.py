"""The award schedule as a PDF, read back, with who signs it."""

import re
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from exchange.papers.schedule.schedule_sheets import (
    areas_sheet,
    basis_words,
    condition_notes,
    result,
    sections,
    sign_off_rows,
    sign_off_sheet,
    unsigned_words,
)
from models.papers.award_schedule import award_schedule
from models.papers.kinds import SCHEDULE
from models.papers.status import PaperStatus
from models.queries.papers.papers import paper_sha256
from models.values.canonical import to_text
from models.values.rows import scored_round
from scoring.money import one_form
from scoring.rank import rank
from scoring.schedule.lines import Awarded, PanelOutcome, Recommended, Settled, Signed, ToSign
from scoring.schedule.values import AwardSchedule, StoodAside
from scoring.scheme import Criterion, RankedBy, Side
from scoring.written.text import listed
from tests.exchange.papers.schedule.test_schedule_xlsx import full_schedule
from tests.exchange.papers.test_punctuation import pages_in
from tests.exchange.schedule_rounds import PAPER, acf_scheme, made_round, schedule_of, write_schedule
from tests.paper_text import pages_of


def printed(schedule: AwardSchedule, folder: Path, status: PaperStatus = PAPER) -> list[str]:
    return pages_of(write_schedule(schedule, folder / "schedule.pdf", status=status))


def test_every_page_has_the_marking_twice_and_its_number_and_the_last_the_hash_of_the_data(
    tmp_path: Path,
) -> None:
    schedule = schedule_of(made_round(60))

    pages = printed(schedule, tmp_path)

    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert page.count("OFFICIAL") == 2
        assert f"Page {number} of {len(pages)}" in page
        is_named = number == len(pages)
        assert (f"SHA-256 of the data {paper_sha256(SCHEDULE, schedule)}" in page) == is_named
        assert ("Journal head row 41, 9f3a c021 77be, 1 Dec 2026" in page) == is_named


def test_a_list_by_price_prints_it_and_many_criteria_stand_below_the_rules(tmp_path: Path) -> None:
    criteria = tuple(Criterion(f"A{n}", "Need", Side.QUALITY, 62_500) for n in range(1, 17))
    by_price = RankedBy.PRICE_PER_QUALITY_POINT
    scheme = replace(acf_scheme(), criteria=criteria, ranked_by=by_price, minimum_total=None, ladder=())

    first, second, *_ = printed(schedule_of(made_round(12, scheme=scheme)), tmp_path)

    # Marks of 56 out of 80 are a quality of 70, and £900 / 70 = £12.857 for a point.
    assert "£900 £900 – £12.86 1 fund" in second
    assert first.index("Quorum") < first.index("A1 Need: quality, weight 6.25") < first.index("A16 Need")


def test_a_post_signs_on_a_blank_line_and_a_line_without_a_condition_is_named() -> None:
    waiting = full_schedule()
    lines = tuple(line._replace(awarded_pence=0) for line in waiting.lines)
    areas = tuple(area._replace(awarded_pence=0) for area in waiting.areas)
    decided = replace(waiting, lines=lines, areas=areas)

    assert {row[1:] for row in sign_off_rows(waiting)} == {("", "", "", "")}
    assert {row[1:] for row in sign_off_rows(decided)} == {("", "No signature is recorded", "", "")}
    assert unsigned_words(waiting) == unsigned_words(decided) == ""
    chief = Signed("Chief Executive", "Dan Decides", date(2026, 11, 16), "031/2026")
    again = chief._replace(notice="032/2026")
    assert unsigned_words(replace(decided, signed=(chief, again))).startswith(
        "The record lacks the signature of the chair of the panel and the Commander: if it was given on"
    )
    assert _disclosed(replace(decided, signed=(chief,)))[-1][1:] == ("Dan Decides, Chief Executive", NONE)

    # A post's bounds and what awards stand at are in the paper's form of money.
    told = replace(decided, sign_off=("Chair, from £5,000.00",), stands="The awards stand at £9.")
    with one_form(has_pence=False):
        assert sign_off_rows(told)[0].post == "Chair, from £5,000"
    with one_form(has_pence=True):
        assert areas_sheet(told).note.endswith("The awards stand at £9.00.")

    lines = full_schedule().lines
    bare = [line._replace(conditions=()) for line in lines]
    named = [line.reference for line in lines if line.recommended_pence]

    assert named
    assert condition_notes(lines[:0], YEAR) == ""
    assert "No condition" not in condition_notes(
        [line._replace(conditions=("Receipts",)) for line in lines], YEAR
    )
    assert f"No condition is recorded for {listed(named)}." in condition_notes(bare, YEAR)


NONE, AS_MEMBER = "None disclosed", "as declared, under Interests"


def _disclosed(schedule: AwardSchedule) -> list[tuple[Any, ...]]:
    """Return the rows of the section Interests that are of no application."""
    rows = next(sheet for sheet in sections(schedule) if sheet.name == "Interests").cells()
    return [row for row in rows if not str(row[0]).startswith("ACF")]


YEAR = "2026/27"


def test_a_signature_for_one_area_leaves_the_others_to_sign() -> None:
    every = made_round(12)
    own = {a.reference for a in every.applications if a.area == "Coventry"}
    chair = Signed("Chair of the panel", "Ann Chairs", date(2026, 11, 12))
    deciding = Signed("Chief Executive", "Dan Decides", date(2026, 11, 16), "031/2026", (), "My cousin asked")
    signed = tuple((of, one) for of in sorted(own) for one in (chair, deciding))
    funded = tuple(Recommended(a.reference, PanelOutcome.FUND, 10_000) for a in every.applications)
    part = schedule_of(
        every, Settled(recommended=funded, awarded=(Awarded(min(own), 10_000),), signed=signed)
    )
    whole = schedule_of(every, Settled(signed=tuple((a.reference, chair) for a in every.applications)))

    signing, waiting = (row for row in sign_off_rows(part) if row[0].startswith(chair.post))
    assert signing[1:] == ("Ann Chairs", "Signed for Coventry, as recorded", "12 November 2026", AS_MEMBER)
    others = [area.area for area in part.areas if area.lines and area.area != "Coventry"]
    assert waiting == (f"{chair.post}, for {listed(others)}", "", "", "", "")
    who = "Dan Decides, Chief Executive"
    assert _disclosed(part) == [("031/2026", f"{who}, for Coventry", "My cousin asked")]
    again = [
        deciding._replace(areas=(area,), notice=of, interests="") for area, of in (("A", "1"), ("B", "2"))
    ]
    assert _disclosed(replace(part, signed=(*again, *part.signed))) == [
        ("1", f"{who}, for A", NONE),
        ("2", f"{who}, for B", NONE),
        ("031/2026", f"{who}, for Coventry", "My cousin asked"),
    ], "two statements of one person say what each is for"
    twice = [deciding._replace(notice=f"03{number}/2026") for number in (1, 2)]
    rows = sign_off_rows(replace(part, signed=tuple(twice)))
    assert [row.signed for row in rows if row.name == "Dan Decides"] == [
        f"Signed, as recorded, notice 03{number}/2026" for number in (1, 2)
    ]
    sheet = sign_off_sheet(part)
    assert (sheet.columns[2].heading, sheet.columns[2].is_hidden) == ("Interests statement", False)
    assert [row[2] for row in sheet.cells() if row[1] == "Dan Decides"] == ["My cousin asked"]
    assert _disclosed(whole) == []  # what the chair disclosed is not asked
    nobody = next(one for one in sections(replace(whole, stood_aside=())) if one.name == "Interests")
    assert nobody.note == "No member declared an interest in, or abstained on, an application listed."
    assert '"areas":["Coventry"]' in to_text(part)
    assert next(row[1:3] for row in sign_off_rows(whole)) == ("Ann Chairs", "Signed, as recorded")
    assert '"areas":["' not in to_text(whole)
    first, who, left = result(part)
    assert basis_words(part).endswith("; awarded amounts and outcomes are as decided.")
    assert who.startswith("Decided by Dan Decides, Chief Executive, on ")
    assert "notice 031/2026, for Coventry. 11 ranked applications are not decided yet." in who
    assert left.endswith(" is left once all that is recommended is awarded.")
    given = tuple(Awarded(a.reference, 10_000) for a in every.applications)
    assert result(schedule_of(every, Settled(recommended=funded, awarded=given)))[2].endswith(" is left.")
    assert result(replace(part, is_closed=True))[2].endswith("is closed and holds no money any more.")
    assert "not ranked" not in first


def test_an_area_of_more_lines_than_a_block_holds_them_all_and_one_subtotal(tmp_path: Path) -> None:
    whole = " ".join(printed(schedule_of(made_round(230, areas=1)), tmp_path))

    assert len(set(re.findall(r"ACF-\d{3} ", whole))) == 230
    assert whole.count("Subtotal Coventry 230 lines") == 1


LONG = "Neighbours met on the green and asked for more light there. " * 7


def test_no_row_of_a_schedule_is_parted_and_no_heading_ends_a_page_however_long(tmp_path: Path) -> None:
    whole = full_schedule()
    stood = tuple(StoodAside(f"ACF-{n:03}", "Ann Sample", f"b{n}q {LONG} e{n}q") for n in range(300, 306))
    met = 0

    for more in range(10):
        long = f"{LONG}{'More light. ' * 6 * more}"
        lines = tuple(line._replace(reason=f"b{n}q {long} e{n}q") for n, line in enumerate(whole.lines))
        unranked = tuple(
            one._replace(reason=f"b{n}q {long} e{n}q") for n, one in enumerate(whole.unranked, 200)
        )
        schedule = replace(whole, lines=lines, unranked=unranked, stood_aside=stood)
        heads = {sheet.title for sheet in sections(schedule)}
        assert {"Conditions", "Not ranked"} <= heads
        for page in pages_in(write_schedule(schedule, tmp_path / f"{more}.pdf")):
            words = "\n".join(page)
            assert sorted(re.findall(r"\b[bB](\d+)q", words)) == sorted(re.findall(r"\be(\d+)q", words)), more
            assert page[-1] not in heads, more
            assert not words.startswith("Subtotal"), more
            met += 1
    assert met > 30


def test_a_reopened_sheet_is_told_with_its_reason_and_is_of_the_data(tmp_path: Path) -> None:
    again = replace(full_schedule(), reopened=(StoodAside("ACF-005", "Ann Sample", "Misread the form"),))

    words = "ACF-005 Ann Sample sheet reopened after others’ marks could be seen: Misread the form"
    assert words in " ".join(printed(again, tmp_path))
    assert paper_sha256(SCHEDULE, again) != paper_sha256(SCHEDULE, full_schedule())


CHAIR, COMMANDER, CHIEF = "Chair of the panel", "Commander", "Chief Executive"
ROUND = made_round(12)
FUNDED = tuple(Recommended(a.reference, PanelOutcome.FUND, 10_000) for a in ROUND.applications)
WHOLE = schedule_of(ROUND, Settled(recommended=FUNDED))
AREAS = tuple(area.area for area in WHOLE.areas if area.lines)


def _areas_of(post: str) -> tuple[str, ...]:
    """Return the areas that a row of the commander's names."""
    return tuple(area for area in AREAS if area in post)


@given(
    st.lists(st.sampled_from(["Cora Command", "Finn Field", ""]), min_size=len(AREAS), max_size=len(AREAS)),
    st.sets(st.sampled_from(AREAS)),
)
def test_each_area_waits_on_one_line_with_the_name_of_whoever_signs_for_it(
    names: list[str], signed_for: set[str]
) -> None:
    own: dict[str, list[str]] = {}
    for area, name in zip(AREAS, names, strict=True):
        own.setdefault(name or area, []).append(area)
    to_sign = tuple(
        ToSign(COMMANDER, "" if who in AREAS else who, tuple(areas)) for who, areas in own.items()
    )
    given_ = Signed(COMMANDER, "Gwen Gone", date(2026, 11, 2), "", tuple(a for a in AREAS if a in signed_for))
    signed = (given_,) if signed_for else ()

    rows = sign_off_rows(replace(WHOLE, to_sign=to_sign, signed=signed))

    waiting = [row for row in rows if row[0].startswith(COMMANDER) and not row[2]]
    told = [area for row in waiting for area in _areas_of(row[0])]
    assert sorted(told) == sorted(set(AREAS) - signed_for), "once each, and nothing that is signed"
    by_area = dict(zip(AREAS, names, strict=True))
    assert all(row[1] == by_area[area] for row in waiting for area in _areas_of(row[0]))
    assert len([row for row in rows if row[0].startswith(CHIEF)]) == 1, "who is not known signs one line"


def test_a_schedule_of_one_area_names_who_signs_there_alone() -> None:
    people = tuple(ToSign(COMMANDER, f"Sgt of {area}", (area,)) for area in AREAS)
    settled = Settled(recommended=FUNDED, to_sign=people)
    one = award_schedule(ROUND, rank(scored_round(ROUND)), settled, area=AREAS[0])

    assert one.to_sign == (ToSign(COMMANDER, f"Sgt of {AREAS[0]}", (AREAS[0],)),)
