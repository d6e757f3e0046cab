"""Recording by the command when and where a panel met, and who was there."""

from functools import partial
from pathlib import Path

import docx
from openpyxl import load_workbook

from exchange.written_text import NO_BREAK
from models.operation import Actor
from models.operations.panel.members import Declare
from models.operations.set_up.areas import MoveArea
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import rounds
from models.record import Record
from models.role import Role
from models.values.rows import InterestRow
from scoring.round import InterestKind
from tests.cli.conftest import Run
from tests.models.conftest import OPENER

ROUND = ("--round", "Autumn")
CHAIR = Actor("Imogen", Role.CHAIR)


def test_a_meeting_is_recorded_piece_by_piece_and_stands_in_the_minutes(record: Path, run: Run) -> None:
    def meeting(*words: str) -> str:
        ran = run("meeting", record, *ROUND, *words)
        return ran.out if ran.status == 0 else ran.err

    assert "when and where is not recorded." in meeting()
    assert meeting("--place", "A hall").startswith("Say with --on on which day the panel met for ")
    assert "is still to come" in meeting("--on", "2031-01-01")
    assert meeting("--on", "2026-11-12", "--begins", "noonish").startswith("“noonish” is no time of day.")
    assert "“Nobody” is not one member of this round. Its members: M1 " in meeting("--present", "Nobody")
    assert "The round has no area 'Mars'" in meeting("--area", "Mars", "--on", "2026-11-12")

    assert "“Nobody” is not one member" in meeting(
        "--on", "2026-11-13", "--present", "M1", "--absent", "Nobody"
    )
    assert "when and where is not recorded." in meeting(), "nothing is recorded of what is refused"
    meeting("--on", "2026-11-12", "--begins", "10am", "--ends", "12:30", "--place", "Example  House")
    meeting("--place", "Sample House", "--present", "m1", "--absent", "M2")
    said = "12 November 2026, from 10:00 to 12:30, Sample House. Present: "

    assert said in meeting()
    assert ". Apologies: " in meeting()
    assert said in meeting("--present", "M1"), "what stands already is recorded once"
    paper = record.with_name("minutes.docx")
    assert run("export", record, "minutes", *ROUND, "--out", paper).status == 0
    words = [each.text.replace(NO_BREAK, " ") for each in docx.Document(str(paper)).paragraphs]
    assert any("12 November 2026, from 10:00 to 12:30, Sample House." in each for each in words)
    assert any("Apologies: " in each for each in words)
    assert run("verify", record).status == 0


def test_whoever_and_wherever_is_named_again_is_recorded_too(record: Path, run: Run) -> None:
    area = run("meeting", record, *ROUND).out.split(":")[0]

    run("meeting", record, *ROUND, "--on", "2026-11-12", "--area", area, "--area", area, "--present", "M1")
    ran = run("meeting", record, *ROUND, "--area", area, "--present", "M1", "--present", "M2")

    assert ran.status == 0, ran.err
    (present,) = (line.partition("Present: ")[2] for line in ran.out.splitlines())
    assert present.count(",") == 1, ran.out


def test_day_and_attendance_are_recorded_together_or_neither(record: Path, run: Run) -> None:
    before = run("meeting", record, *ROUND).out
    area = before.split(":")[0]
    with Record.open(record, OPENER) as opened:
        for stage in ("scoring", "meeting", "recommending"):
            opened.perform(MoveArea(1, area, stage), CHAIR)

    said = run("meeting", record, *ROUND, "--area", area, "--on", "2026-11-12", "--present", "M1")

    assert said.status == 1
    assert "is at the stage “recommending”" in said.err
    assert run("meeting", record, *ROUND).out == before


def test_what_too_few_could_take_part_in_is_told_when_it_is_recommended_and_in_the_schedule(
    record: Path, run: Run
) -> None:
    with Record.open(record, OPENER) as opened:
        opened.perform(Declare(1, "M1", (InterestRow("M1", "ACF-001", InterestKind.PECUNIARY),)), CHAIR)
    run("meeting", record, *ROUND, "--on", "2026-11-12", "--present", "M1", "--absent", "M2")

    ran = run("recommend", record, *ROUND)

    few = "0 of those at the meeting could take part, and the quorum is 1"
    assert f"ACF-001 had no quorum at its meeting: {few}. Minutes, schedule and notice say so." in ran.err
    run("recommend", record, *ROUND, "--accept")
    paper = record.with_name("schedule.xlsx")
    run("export", record, "schedule-xlsx", *ROUND, "--out", paper)
    cells = {str(cell) for sheet in load_workbook(paper) for row in sheet.values for cell in row}
    assert any(f"ecommended without a quorum: {few}" in cell for cell in cells), cells
    notice = record.with_name("notice.docx")
    ran = run("export", record, "notice", *ROUND, "--out", notice)
    assert ran.status == 0, ran.err
    texts = [each.text.replace(NO_BREAK, " ") for each in docx.Document(str(notice)).paragraphs]
    told = "Fewer members than the panel's quorum could take part when it considered ACF-001."
    assert any(told in each for each in texts), texts
    run("meeting", record, *ROUND, "--present", "M1", "--present", "M2")
    assert "no quorum" not in run("recommend", record, *ROUND).err


def test_a_reason_is_kept_for_the_panel_and_told_again(record: Path, run: Run) -> None:
    odd = run("meeting", record, *ROUND, "--for-panel", "ACF-0001")
    assert odd.status == 2
    assert "'ACF-0001' is not an application and a criterion like ACF-003:A2" in odd.err
    with Record.open(record, OPENER) as held:
        (line,) = held.ask(rounds)
        rows = held.ask(partial(round_rows, round_id=line.round_id))
    said = next(row for row in rows.agreed if any(row.reasons))
    code = next(c.code for c, why in zip(rows.scheme.judged, said.reasons, strict=True) if why)

    kept = run("meeting", record, *ROUND, "--for-panel", f"{said.application}:{code}")
    again = run("meeting", record, *ROUND, "--for-panel", f"{said.application}:{code}")

    assert kept.status == 0, kept.err
    assert again.err == f"The reason on {code} of {said.application} is kept for the panel already.\n"
    assert run("meeting", record, *ROUND, "--for-applicant", f"{said.application}:{code}").status == 0
