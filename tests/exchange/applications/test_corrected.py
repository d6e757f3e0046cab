"""What is typed or matched at the check stands beside the file's own words, and never in their place."""

from datetime import date
from pathlib import Path

from msgspec.structs import replace

from exchange.applications.corrected import AS_BEFORE, MATCHED, TYPED, corrects_now, preview_of, with_reason
from exchange.applications.draft import Draft, begun, read_file
from exchange.applications.preview import Preview, State
from models.values.importing import ImportTarget, Remembered, correction_key, headings_key
from models.values.rounds import AreaDates
from models.values.rows import SubmittedCell
from tests.exchange.applications.test_preview import target as of_round

HEADS = (
    "Ref,Organisation,Project,Which areas will you deliver in?,How much are you asking for?,"
    "Match funding,Notes"
)
TARGET = of_round(existing=(), submitted=())


def target(**more: object) -> ImportTarget:
    return replace(TARGET, **more)  # type: ignore[arg-type]


def draft(tmp_path: Path, *lines: str) -> Draft:
    path = tmp_path / "form.csv"
    path.write_text("\n".join([HEADS, *lines]), encoding="utf-8")
    one = begun(read_file(path))
    return one.matched(target(), "Which areas will you deliver in?", "area")


def told(found: Preview) -> list[str]:
    return [
        f"{one.application} {one.field}: {one.now} was {one.was} ({one.reason})" for one in found.corrections
    ]


def test_every_cell_of_a_field_is_kept_under_its_own_heading(tmp_path: Path) -> None:
    found = preview_of(draft(tmp_path, 'N1,Mill Choir,Hymns,dudley,4.5k,"£1,200",Yes'), target())

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
    one = draft(
        tmp_path,
        "N1,Mill Choir,Hymns,Dudley,1500,500 own funds,",
        "N2,Canal Scouts,Boats,Dudley,£850 in kind,,",
        "N3,Lane Band,Drums,Dudley,,,",
        "N4,Hill Club,Chess,Dudley,100,20,",
    )
    typed = one.corrected(target(), 2, 6, "500").corrected(target(), 3, 5, "850")
    typed = typed.corrected(target(), 4, 5, "£1,500").corrected(target(), 5, 5, "100.50")

    found = preview_of(typed, target())

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


def test_an_area_matched_is_a_correction_of_every_row_that_has_it_written(tmp_path: Path) -> None:
    rows = [f"N{n},Choir {n},Hymns,Northmarch; Southmarch,{n}00,," for n in (1, 2)]
    matched = draft(tmp_path, *rows).corrected(target(), 2, 4, "dudley")

    found = preview_of(matched, target())

    why = MATCHED.format("form.csv")
    assert told(found) == [f"N{n} area: Dudley was “Northmarch; Southmarch” ({why})" for n in (1, 2)]
    assert {row.area for row in found.taken} == {"Dudley"}


def test_an_area_as_written_or_new_is_none(tmp_path: Path) -> None:
    one = draft(tmp_path, "N1,Choir,Hymns,DUDLEY,100,,", "N2,Band,Drums,Newtown,100,,")

    found = preview_of(replace(one, new_areas=frozenset({"Newtown"})), target())

    assert [row.area for row in found.taken] == ["Dudley", "Newtown"]
    assert found.corrections == ()


def test_a_reference_and_an_answer_typed_over_are_told_too(tmp_path: Path) -> None:
    one = draft(tmp_path, "N1,Choir,Hymns,Dudley,100,,as it was")

    found = preview_of(one.corrected(target(), 2, 1, "N7").corrected(target(), 2, 7, "as typed"), target())

    why = TYPED.format("form.csv")
    assert told(found) == [
        f"N7 answers: “as typed” was “as it was” ({why})",
        f"N7 reference: N7 was “N1” ({why})",
    ]
    assert found.taken[0].answers == (("Notes", "as typed"),)


def test_what_was_corrected_at_an_earlier_import_is_so_again_beside_the_words(tmp_path: Path) -> None:
    one = draft(tmp_path, "N1,Mill Choir,Hymns,Northmarch,100,500 own funds,")
    heads = [heading.text for heading in one.found.headings]
    known = Remembered(
        spellings=(("Northmarch", "Dudley"),),
        corrected=(
            (headings_key(heads), ((correction_key("Mill Choir", "500 own funds"), "Match funding", "500"),)),
        ),
    )

    found = preview_of(one, target(remembered=known))

    why = AS_BEFORE.format("form.csv")
    assert told(found) == [
        f"N1 area: Dudley was “Northmarch” ({why})",
        f"N1 match_funding_pence: £500.00 was “500 own funds” ({why})",
    ]
    assert not corrects_now(found)
    assert tuple(with_reason(one, "They rang") for one in found.submitted) == found.submitted


def test_a_row_that_is_here_already_and_was_typed_over_does_not_say_that_the_file_has_it(
    tmp_path: Path,
) -> None:
    here = preview_of(draft(tmp_path, "N1,Choir,Hymns,Dudley,100,,"), target()).taken
    one = draft(tmp_path, "N1,Choir,Hymns,Dudley,100,,")
    again = target(existing=here, submitted=here)

    typed = preview_of(replace(one.corrected(again, 2, 5, "150"), changed=frozenset({2})), again)
    other = preview_of(replace(draft(tmp_path, "N1,Choir,Hymns,Dudley,150,,"), changed=frozenset({2})), again)

    assert [one.why("form.csv") for one in (*typed.changes, *other.changes)] == [
        "typed at the import of form.csv",
        "from the file form.csv",
    ]
    assert [one.why("form.csv", "They rang") for one in (*typed.changes, *other.changes)] == [
        "They rang (typed at the import of form.csv)",
        "from the file form.csv",
    ]
    assert [corrects_now(typed), corrects_now(other)] == [True, False]


def test_a_month_is_read_as_its_first_or_last_day_to_check_and_the_words_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_text(
        "Ref,Organisation,Project,Area,Amount requested,Project start date,Project end date\n"
        "N1,Choir,Hymns,Dudley,100,Jan 2027,Mawrth 2027\n",
        encoding="utf-8",
    )

    (row,) = preview_of(begun(read_file(path)), target()).rows

    assert row.application is not None
    assert (row.application.start_on, row.application.end_on) == (date(2027, 1, 1), date(2027, 3, 31))
    assert row.state is State.CHECK
    assert [point.words for point in row.points] == [
        "“Jan 2027” is read as 1 January 2027; check it.",
        "“Mawrth 2027” is read as 31 March 2027; check it.",
    ]
    assert row.application.answers == (
        ("Project start date", "Jan 2027"),
        ("Project end date", "Mawrth 2027"),
    )


def test_what_prose_most_likely_says_is_offered_to_check_and_the_words_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_text(
        "Ref,Organisation,Project,Area,Amount requested,Project end date,Project start date,Match funding,"
        "Total project cost,How many people will benefit?\n"
        'N1,Choir,Hymns,Dudley,100,end of March,o Dachwedd,"£1,500 from the town council",'
        "2100,40\n"
        'N2,Band,Brass,Dudley,100,March,2 January,"£500 or £600","1,000 own funds","about 50"\n',
        encoding="utf-8",
    )
    closes = {"Dudley": AreaDates(closes_on=date(2026, 11, 2))}

    first, second = preview_of(begun(read_file(path)), target(dates=closes)).rows

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
    path = tmp_path / "form.csv"
    path.write_text(
        "Ref,Organisation,Project,Area,Amount requested,Project end date,Project start date\n"
        "N1,Choir,Hymns,Dudley,100,31/01/2027,01/03/2027\n"
        "N2,Boxing,Gloves,Dudley,200,31/03/2027,31/03/2027\n"
        "N3,Rowers,Oars,Dudley,300,Jan 2027,01/02/2027\n",
        encoding="utf-8",
    )

    rows = preview_of(begun(read_file(path)), target()).rows

    points = [[(one.cell, one.words) for one in row.points if "ends on" in one.words] for row in rows]
    words = "The project ends on 31 January 2027, before it starts on 1 {} 2027; check both."
    assert points == [[("F2", words.format("March"))], [], [("F4", words.format("February"))]]
    assert [row.state for row in rows] == [State.CHECK, State.NEW, State.CHECK]
    assert rows[0].application is not None
    assert rows[0].application.end_on == date(2027, 1, 31)
