"""Each row as it would be taken in, and what is typed or matched at the check beside the file's words."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from exchange.applications.checks import APART, OTHER, UNSETTLED
from exchange.applications.corrected import (
    KEPT,
    MATCHED,
    TYPED,
    carried,
    corrects_now,
    kept_words,
    preview_of,
)
from exchange.applications.draft import OTHER_ROWS, Draft, begun, kept_from, kept_text, read_file, resumed
from exchange.applications.fields import AreaNames
from exchange.applications.left_out import left_out_book
from exchange.applications.preview import Preview, State
from exchange.applications.row_sorter import Kind
from models.reference.defaults import Gate, UsualArea
from models.values.importing import (
    ImportTarget,
    KnownOrganisation,
    Remembered,
    correction_key,
    headings_key,
)
from models.values.rounds import AreaDates, AreaLine, RoundLine
from models.values.rows import ApplicationRow, SubmittedCell
from scoring.written.names import is_same_text
from tests.models.rounds import FUND
from tests.models.spellings import EVERY

HEADS = "Ref,Organisation,Project,NPU,Amount requested,Postcode,Date received"
AREAS = (AreaLine("Dudley", "intake", 0, 0, 0), AreaLine("Walsall", "scoring", 0, 0, 0))
LINE = RoundLine(1, "u", "Active Citizens Fund", "ACF", "2026/27", "Autumn", "open", "OFFICIAL", AREAS, 1)
HERE = ApplicationRow("ACF-001", "Example Choir", "Songs", "Dudley", 90_000)


def target(**more: object) -> ImportTarget:
    plain = ImportTarget(
        line=LINE,
        usual_areas=(UsualArea("Dudley"), UsualArea("Walsall")),
        existing=(HERE,),
        remembered=Remembered(),
        cap_per_award_pence=500_000,
        cap_per_organisation_pence=600_000,
        organisations=(
            KnownOrganisation(("canal scouts",), (("canal scouts", "", ""),), 1, 100_000, 200_000),
        ),
        submitted=(HERE,),
        dates={"Dudley": AreaDates(closes_on=date(2026, 11, 1))},
        postcodes=("DY", "WS"),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def written(folder: Path, *lines: str) -> Path:
    path = folder / "form.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def draft(tmp_path: Path, *lines: str) -> Draft:
    return begun(read_file(written(tmp_path, HEADS, *lines)))


def kinds(found: Preview) -> list[tuple[State, list[Kind]]]:
    return [(row.state, [point.kind for point in row.points]) for row in found.rows]


@pytest.mark.parametrize(
    ("line", "state", "said"),
    [
        ("N1,Mill Choir,Hymns,Dudley,100,DY1 1AA,1/11/2026", State.NEW, []),
        ("N1,Mill Choir,Hymns,Dudley,5001,,", State.CHECK, [Kind.OVER_CAP]),
        ("N1,Canal  SCOUTS,Camp,Dudley,4500,,", State.CHECK, [Kind.FUNDED_BEFORE, Kind.OVER_CAP]),
        ("N1,Mill Choir,Hymns,Dudley,100,,2/11/2026", State.CHECK, [Kind.LATE]),
        ("N1,Mill Choir,Hymns,Walsall,100,,", State.CHECK, [Kind.MOVED_ON]),
        ("N1,Mill Choir,Hymns,Dudley,100,LS1 1AA,", State.CHECK, [Kind.OUT_OF_AREA]),
        ("N1,Mill Choir,Hymns,Atlantis,100,,", State.PROBLEM, [Kind.OUT_OF_AREA]),
        ("N1,Mill Choir,Hymns,Dudley,100,nowhere,", State.PROBLEM, [Kind.UNREADABLE]),
        ("N1,The Example Choir,Songs,Dudley,100,,", State.CHECK, [Kind.DUPLICATE]),
        ("ACF-001,Mill Choir,Hymns,Dudley,100,,", State.NOT_TAKEN, [Kind.CLASHING]),
        ("N1,\ue001,Hymns,Dudley,100,,", State.NOT_TAKEN, [Kind.NOT_TAKEN]),
        ("N1,Mill Choir,Hymns,Dudley,lots,,", State.NOT_TAKEN, [Kind.NOT_TAKEN]),
        ("acf-001,EXAMPLE choir,,,900,,", State.SAME, [Kind.HERE]),
        ("acf-001,EXAMPLE choir,Hymns,Walsall,950,,", State.CHANGED, [Kind.CHANGED]),
    ],
)
def test_a_row_comes_to_one_state_with_points_of_a_kind(
    tmp_path: Path, line: str, state: State, said: list[Kind]
) -> None:
    assert kinds(preview_of(draft(tmp_path, line), target())) == [(state, said)]


def test_a_start_before_the_meeting_is_pointed_out_where_the_fund_asks_for_it(tmp_path: Path) -> None:
    heads = "Ref,Organisation,Project,NPU,Amount requested,Start date"
    lines = (f"N{day},Mill Choir {day},Hymns,Dudley,100,{day}/11/2026" for day in (19, 20))
    found = begun(read_file(written(tmp_path, heads, *lines)))
    meets = {"Dudley": AreaDates(meets_on=date(2026, 11, 20))}
    asked = target(dates=meets, rules=replace(FUND, gates=(Gate("early", "Does it?", is_start=True),)))

    preview = preview_of(found, asked)

    assert kinds(preview) == [(State.CHECK, [Kind.EARLY]), (State.NEW, [])]
    (point,) = preview.rows[0].points
    assert point.words.startswith(
        "starts 19 Nov 2026, before the panel of Dudley meets on 20 Nov 2026 (imported,"
    )
    assert kinds(preview_of(found, target(dates=meets))) == [(State.NEW, []), (State.NEW, [])]


NUMBERED = "Ref,Organisation,NPU,Amount requested,Charity number,Company number,Address,Postcode"
BY_NUMBER = "differ, so that they count as one organisation; if they are two, correct the number, or import"


@pytest.mark.parametrize(
    ("first", "second", "is_asked"),
    [
        ("N1,Oak Scouts,Dudley,100,1184253,,,", "N2,Elm Choir,Dudley,200,1184253,,,", True),
        ("N1,Oak Scouts,Dudley,100,,09870003,,", "N2,Elm Choir,Dudley,200,,9870003,,", True),
        (
            "N1,Oak Scouts,Dudley,100,1184253,,1 High St,DY1 1AA",
            "N2,Elm Choir,Dudley,200,1184253-2,,9 Low Rd,DY1 1AB",
            True,
        ),
        (
            "N1,Oak Scouts,Dudley,100,1184253,,1 High St,DY1 1AA",
            "N2,Elm Choir,Dudley,200,1184253,,1 High Street,DY1 1AA",
            False,
        ),
        ("N1,Oak Scouts,Dudley,100,1184253,,,", "N2,Oak Scout,Dudley,200,1184253,,,", False),
        ("N1,Oak Scouts,Dudley,100,1184253,,,", "N2,Elm Choir,Dudley,200,1184254,,,", False),
        ("N1,Oak Scouts,Dudley,100,Pending,,,", "N2,Elm Choir,Dudley,200,Pending,,,", False),
    ],
)
def test_a_number_of_two_unlike_organisations_is_asked_about(
    tmp_path: Path, first: str, second: str, is_asked: bool
) -> None:
    found = preview_of(begun(read_file(written(tmp_path, NUMBERED, first, second))), target())

    asked = [[one for one in row.points if one.kind is Kind.SHARED_NUMBER] for row in found.rows]
    assert [len(one) for one in asked] == [is_asked, is_asked]
    if is_asked:
        words = [one.words for (one,) in asked]
        assert [BY_NUMBER in one for one in words] == [True, True]
        assert [one.split("number of ")[1].split(",")[0] for one in words] == ["row 3", "row 2"]
        assert {row.state for row in found.rows} == {State.CHECK}


@pytest.mark.parametrize(
    ("name", "is_asked"), [("Elm Choir", True), ("Canal Scouts", False), ("Canal Cubs", False)]
)
def test_a_number_that_the_record_has_under_another_name_is_asked_about_until_it_has_both(
    tmp_path: Path, name: str, is_asked: bool
) -> None:
    names = ("canal cubs", "canal scouts")
    known = KnownOrganisation(names, tuple((one, "1184253", "") for one in names), 2, 0, 0)
    line = f"N1,{name},Dudley,100,1184253,,,"

    found = preview_of(begun(read_file(written(tmp_path, NUMBERED, line))), target(organisations=(known,)))

    asked = [one.words for one in found.rows[0].points if one.kind is Kind.SHARED_NUMBER]
    assert len(asked) == is_asked
    assert not is_asked or asked[0].startswith(
        "has the charity number of “canal cubs” and “canal scouts”, whose name and address differ"
    )


def test_what_a_repeated_row_says_otherwise_is_told_of_the_file_and_of_answers_too(tmp_path: Path) -> None:
    rows = ("Ref,Organisation,NPU,Amount requested,Other help", "N1,Mill Choir,Dudley,100,none")
    path = written(tmp_path, *rows, "n1,Mill Choir,Dudley,260,none", "N1,Mill Choir,Dudley,100,a hall")

    found = preview_of(begun(read_file(path)), target())

    assert [row.state for row in found.rows] == [State.NEW, State.TWICE, State.TWICE]
    assert [[point.words for point in row.points] for row in found.rows] == [
        [],
        ["the same as row 2 of this file; amount requested: £100 there, £260 here"],
        ["the same as row 2 of this file; other answers, which are not taken: “Other help”"],
    ]
    assert [row.needs_look for row in found.rows] == [False, True, True]


HEADS_OF_PEOPLE = "Ref,Organisation,Project,NPU,Amount requested,Postcode,Email,Charity number"


def points(tmp_path: Path, *lines: str) -> list[list[str]]:
    found = preview_of(begun(read_file(written(tmp_path, HEADS_OF_PEOPLE, *lines))), target())
    return [[one.words for one in row.points if "organisation" in one.words] for row in found.rows]


@pytest.mark.parametrize(
    ("name", "other"), [(name, other) for name, other in EVERY if not is_same_text(name, other)]
)
def test_a_name_that_differs_in_signs_alone_is_looked_at(tmp_path: Path, name: str, other: str) -> None:
    first, second = points(tmp_path, f"N1,{name},Hymns,Dudley,100,,,", f"N2,{other},Drums,Dudley,700,,,")

    assert first == [f"counts as another organisation than “{other.strip()}”{OTHER}"]
    assert second == [f"counts as another organisation than “{name}”{OTHER}"]


@pytest.mark.parametrize(
    ("name", "other"), [(name, other) for name, other in EVERY if is_same_text(name, other)]
)
def test_one_name_at_two_places_is_looked_at(tmp_path: Path, name: str, other: str) -> None:
    one, two = "DY1 1AA,a@example.org", "WS1 1AA,b@example.org"

    first, second = points(
        tmp_path, f"N1,{name},Hymns,Dudley,100,{one},", f"N2,{other},Drums,Dudley,700,{two},"
    )
    assert first == [f"counts as one organisation with row 3 by its name alone{APART}"]
    assert second == [f"counts as one organisation with row 2 by its name alone{APART}"]

    same = (f"N1,{name},Hymns,Dudley,100,{one},1000001", f"N2,{other},Drums,Dudley,700,{two},1000001")
    moved = (f"N1,{name},Hymns,Dudley,100,{one},", f"N2,{other},Drums,Dudley,700,WS1 1AA,a@example.org,")
    assert points(tmp_path, *same) == points(tmp_path, *moved) == [[], []]


def test_what_the_officer_decided_counts(tmp_path: Path) -> None:
    one = draft(
        tmp_path, "N1,Mill Choir,Hymns,Dudley,100,,", "ACF-001,Example Choir,,,950,,", "N2,X,Y,Dudley,lots,,"
    )

    left = preview_of(replace(one, left_out=frozenset({2}), changed=frozenset({3})), target())
    typed = preview_of(one.corrected(target(), 4, 5, "250"), target())

    assert [row.state for row in left.rows] == [State.LEFT_OUT, State.CHANGED, State.NOT_TAKEN]
    assert [(one.before.requested_pence, one.after.requested_pence) for one in left.changes] == [
        (90_000, 95_000)
    ]
    assert left.sentence("added") == "3 read: 0 added, 1 changed, 2 left out"
    assert typed.rows[2].application is not None
    assert typed.rows[2].application.requested_pence == 25_000
    book = left_out_book("form.csv", left, "OFFICIAL", datetime(2026, 11, 21, tzinfo=UTC))
    rows: list[Any] = list(book.sheets[0].rows)
    assert [cells[0] for cells, _ in rows] == ["N1", "N2"]
    assert rows[0][1] == "Row 2: left out by the person who imported it."
    assert rows[1][1].startswith("Row 4: E4: “lots” is not an exact amount")


def test_a_cell_that_was_corrected_before_is_so_again_and_looked_at(tmp_path: Path) -> None:
    one = draft(tmp_path, "N1,Mill Choir,Hymns,Dudley,about 5,,")
    heads = [heading.text for heading in one.found.headings]
    known = Remembered(
        corrected=(
            (headings_key(heads), ((correction_key("Mill Choir", "about 5"), "Amount requested", "5"),)),
        )
    )

    found = preview_of(one, target(remembered=known))

    assert kinds(found) == [(State.CHECK, [Kind.CORRECTED_BEFORE])]
    assert found.rows[0].application is not None
    assert found.rows[0].application.requested_pence == 500


def test_what_was_decided_by_hand_is_kept_for_the_rows_that_another_file_has_too(tmp_path: Path) -> None:
    twice = "ACF-007,Twin Choir,Duets,Dudley,700,DY1 1AA,"
    lines = ("ACF-005,Band,Drums,Dudley,about 5,DY1 1AA,", twice, twice, "ACF-008,Old Club,Chess,Dudley,,,")
    before = draft(tmp_path, *lines)
    before = before.matched(target(), "Ref", "summary").corrected(target(), 2, 5, "500")
    before = before.corrected(target(), 5, 5, "80").spelt("Dudlee", "Dudley")
    before = replace(before, left_out=frozenset({3, 5}), changed=frozenset({4}))

    same = carried(before, draft(tmp_path, "ACF-001,New,First,Dudley,1,,", *lines))
    mended = carried(before, draft(tmp_path, "ACF-005,Brass Band,Drums,Dudley,about 5,DY1 1AA,", twice))
    other = carried(before, begun(read_file(_other_headings(tmp_path))))

    assert same.edits == {(3, 5): "500", (6, 5): "80"}
    assert (same.left_out, same.changed) == ({4, 6}, {5})
    assert (same.fields, same.spellings) == (before.fields, before.spellings)
    assert kept_words(before, same) == KEPT
    assert mended.edits == {(2, 5): "500"}, "the cell is the only one of its text"
    assert mended.left_out == {3}
    assert kept_words(before, mended).endswith("; 2 corrections or rows left out are not in this one.")
    assert (other.fields, other.edits, other.left_out) == ({}, {}, frozenset())
    assert other.spellings == before.spellings
    assert kept_words(draft(tmp_path, *lines), same) == ""


def test_an_import_that_was_left_goes_on_as_it_was_and_without_rows_that_changed(tmp_path: Path) -> None:
    lines = ("ACF-005,Band,Drums,Dudley,about 5,DY1 1AA,", "ACF-008,Old Club,Chess,Dudley,,,")
    before = draft(tmp_path, *lines).matched(target(), "Ref", "summary").corrected(target(), 2, 5, "500")
    before = replace(before.all_of("Dudley", ("Dudlee",)), left_out=frozenset({3}), changed=frozenset({2}))
    kept = kept_from(kept_text(before))
    assert kept is not None

    same, lost = resumed(kept, read_file(before.file.path))
    below, _ = resumed(replace(kept, header_row=2, rows=""), read_file(before.file.path))
    gone, _ = resumed(replace(kept, sheet="gone", header_row=99), read_file(before.file.path))
    changed, told = resumed(kept, draft(tmp_path, *lines, "ACF-009,New,First,Dudley,1,,").file)

    assert lost == ""
    assert replace(same, file=before.file, found=before.found) == before
    assert below.found.header_row == 2
    assert gone.found.header_row == 1
    assert (changed.fields, changed.spellings, changed.one_area) == (
        before.fields,
        before.spellings,
        "Dudley",
    )
    assert (changed.edits, changed.left_out, changed.changed) == ({}, frozenset(), frozenset())
    assert told == OTHER_ROWS.format("form.csv")
    assert kept_from("{}") is None


def _other_headings(tmp_path: Path) -> Path:
    return written(tmp_path, "Organisation,Amount requested", "Band,about 6")


def test_who_could_be_any_of_several_by_its_name_is_looked_at(tmp_path: Path) -> None:
    aliases = (("canal scouts", "1122334", ""), ("canal scouts", "2233445", ""))
    known = tuple(KnownOrganisation((alias[0],), (alias,), 1, 0, 0) for alias in aliases)
    path = written(tmp_path, HEADS_OF_PEOPLE, "N1,Canal Scouts,Hymns,Dudley,100,,,")

    (row,) = preview_of(begun(read_file(path)), target(organisations=known)).rows

    assert [one.words for one in row.points] == [UNSETTLED]


@pytest.mark.parametrize("written", ["Whole force", "the whole of the force", "All of the above", "Any NPU"])
def test_the_whole_force_in_any_words_is_that_area_where_there_is_one(written: str) -> None:
    assert AreaNames((), ("Dudley", "Force-wide")).match(written) == ("Force-wide", True)
    assert not AreaNames((UsualArea("Dudley"),)).match(written)[1]


CORRECTED_HEADS = (
    "Ref,Organisation,Project,Which areas will you deliver in?,How much are you asking for?,"
    "Match funding,Notes"
)
TARGET = target(existing=(), submitted=())


def corrected_target(**more: object) -> ImportTarget:
    return replace(TARGET, **more)  # type: ignore[arg-type]


def corrected_draft(tmp_path: Path, *lines: str) -> Draft:
    one = begun(read_file(written(tmp_path, CORRECTED_HEADS, *lines)))
    return one.matched(corrected_target(), "Which areas will you deliver in?", "area")


def told(found: Preview) -> list[str]:
    return [
        f"{one.application} {one.field}: {one.now} was {one.was} ({one.reason})" for one in found.corrections
    ]


def test_every_cell_of_a_field_is_kept_under_its_own_heading(tmp_path: Path) -> None:
    found = preview_of(
        corrected_draft(tmp_path, 'N1,Mill Choir,Hymns,dudley,4.5k,"£1,200",Yes'), corrected_target()
    )

    assert found.submitted[0].cells == (
        SubmittedCell("reference", "Ref", "N1"),
        SubmittedCell("organisation", "Organisation"),
        SubmittedCell("project", "Project"),
        SubmittedCell("area", "Which areas will you deliver in?", "dudley"),
        SubmittedCell("amount_requested", "How much are you asking for?", "4.5k"),
        SubmittedCell("match_funding", "Match funding", "£1,200"),
    )
    assert found.corrections == ()
    assert found.taken[0].answers == (("Notes", "Yes"),)


def test_a_value_typed_over_words_is_a_correction_and_the_words_are_kept(tmp_path: Path) -> None:
    one = corrected_draft(
        tmp_path,
        "N1,Mill Choir,Hymns,Dudley,1500,500 own funds,",
        "N2,Canal Scouts,Boats,Dudley,£850 in kind,,",
        "N3,Lane Band,Drums,Dudley,,,",
        "N4,Hill Club,Chess,Dudley,100,20,",
    )
    typed = one.corrected(corrected_target(), 2, 6, "500").corrected(corrected_target(), 3, 5, "850")
    typed = typed.corrected(corrected_target(), 4, 5, "£1,500").corrected(corrected_target(), 5, 5, "100.50")

    found = preview_of(typed, corrected_target())

    why = TYPED.format("form.csv")
    assert told(found) == [
        f"N1 match_funding_pence: £500.00 was “500 own funds” ({why})",
        f"N2 requested_pence: £850.00 was “£850 in kind” ({why})",
        f"N3 requested_pence: £1,500.00 was nothing ({why})",
        f"N4 requested_pence: £100.50 was “100” ({why})",
    ]
    assert [row.requested_pence for row in found.taken] == [150_000, 85_000, 150_000, 10_050]
    assert found.taken[0].answers == (("Match funding", "500 own funds"),)
    assert found.submitted[2].cells[-2:] == (
        SubmittedCell("amount_requested", "How much are you asking for?", ""),
        SubmittedCell("match_funding", "Match funding", ""),
    )


def test_an_area_matched_and_a_value_typed_over_are_told_as_corrections(tmp_path: Path) -> None:
    rows = [f"N{n},Choir {n},Hymns,Northmarch; Southmarch,{n}00,," for n in (1, 2)]
    matched = corrected_draft(tmp_path, *rows).corrected(corrected_target(), 2, 4, "dudley")

    found = preview_of(matched, corrected_target())

    why = MATCHED.format("form.csv")
    assert told(found) == [f"N{n} area: Dudley was “Northmarch; Southmarch” ({why})" for n in (1, 2)]
    assert {row.area for row in found.taken} == {"Dudley"}

    one = corrected_draft(tmp_path, "N1,Choir,Hymns,Dudley,100,,as it was")

    found = preview_of(
        one.corrected(corrected_target(), 2, 1, "N7").corrected(corrected_target(), 2, 7, "as typed"),
        corrected_target(),
    )

    why = TYPED.format("form.csv")
    assert told(found) == [
        f"N7 answers: “as typed” was “as it was” ({why})",
        f"N7 reference: N7 was “N1” ({why})",
    ]
    assert found.taken[0].answers == (("Notes", "as typed"),)


def test_a_row_that_is_here_already_and_was_typed_over_does_not_say_that_the_file_has_it(
    tmp_path: Path,
) -> None:
    here = preview_of(corrected_draft(tmp_path, "N1,Choir,Hymns,Dudley,100,,"), corrected_target()).taken
    one = corrected_draft(tmp_path, "N1,Choir,Hymns,Dudley,100,,")
    again = corrected_target(existing=here, submitted=here)

    typed = preview_of(replace(one.corrected(again, 2, 5, "150"), changed=frozenset({2})), again)
    other = preview_of(
        replace(corrected_draft(tmp_path, "N1,Choir,Hymns,Dudley,150,,"), changed=frozenset({2})), again
    )

    assert [one.why("form.csv") for one in (*typed.changes, *other.changes)] == [
        "typed at the import of form.csv",
        "from the file form.csv",
    ]
    assert [one.why("form.csv", "They rang") for one in (*typed.changes, *other.changes)] == [
        "They rang (typed at the import of form.csv)",
        "from the file form.csv",
    ]
    assert [corrects_now(typed), corrects_now(other)] == [True, False]


def test_what_prose_most_likely_says_is_offered_to_check_and_the_words_are_kept(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Ref,Organisation,Project,Area,Amount requested,Project end date,Project start date,Match funding,"
        "Total project cost,How many people will benefit?",
        'N1,Choir,Hymns,Dudley,100,end of March,o Dachwedd,"£1,500 from the town council",2100,40',
        'N2,Band,Brass,Dudley,100,March,2 January,"£500 or £600","1,000 own funds","about 50"',
    )
    closes = {"Dudley": AreaDates(closes_on=date(2026, 11, 2))}

    first, second = preview_of(begun(read_file(path)), corrected_target(dates=closes)).rows

    told = first.application
    assert told is not None
    assert first.state is State.CHECK
    assert told.match_funding_pence == 150_000
    assert (told.start_on, told.end_on) == (date(2026, 11, 1), date(2027, 3, 31))
    assert ("Match funding", "£1,500 from the town council") in told.answers
    assert "“£1,500 from the town council” is read as £1,500.00; check it." in [
        point.words for point in first.points
    ]
    other = second.application
    assert other is not None, "what no sum needs holds up no row"
    assert (other.match_funding_pence, other.total_cost_pence, other.beneficiaries) == (None, 100_000, None)
    assert (other.start_on, other.end_on) == (date(2027, 1, 2), date(2027, 3, 31))
    assert second.state is State.PROBLEM


def test_an_end_before_its_start_is_reported_at_its_cell_and_kept(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Ref,Organisation,Project,Area,Amount requested,Project end date,Project start date",
        "N1,Choir,Hymns,Dudley,100,31/01/2027,01/03/2027",
        "N2,Boxing,Gloves,Dudley,200,31/03/2027,31/03/2027",
        "N3,Rowers,Oars,Dudley,300,Jan 2027,01/02/2027",
    )

    rows = preview_of(begun(read_file(path)), corrected_target()).rows

    points = [[(one.cell, one.words) for one in row.points if "ends on" in one.words] for row in rows]
    words = "The project ends on 31 January 2027, before it starts on 1 {} 2027; check both."
    assert points == [[("F2", words.format("March"))], [], [("F4", words.format("February"))]]
    assert [row.state for row in rows] == [State.CHECK, State.NEW, State.CHECK]
    assert rows[0].application is not None
    assert rows[0].application.end_on == date(2027, 1, 31)
