"""Recording what the rule proposes, with the panel's reasons from a file."""

import csv
from pathlib import Path

from models.operation import Actor
from models.operations.applications.corrections import SetWithdrawn
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.set_up.areas import MoveArea
from models.record import Opener, Record
from models.role import Role
from models.store.chain import entries
from models.values.recommending import RecommendationRow
from tests.cli.conftest import Run
from tests.cli.decided_rounds import decided_sheets
from tests.exchange.round_workbook.workbooks import save

OFFICER = Actor("Chris Example", Role.OFFICER)
ACCEPT = ("--round", "Autumn", "--accept")


def reasons(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(("Reference,Reason", *rows)), encoding="utf-8")
    return path


def reason_of(run: Run, record: Path, reference: str = "ACF-001") -> object:
    rows = run("rank", record, "--json").json["applications"]
    found = next(row["recommendation"] for row in rows if row["reference"] == reference)
    return None if found is None else found["reason"]


def test_without_reasons_it_says_which_money_lacks_one(run: Run, record: Path) -> None:
    done = run("recommend", record, *ACCEPT)

    assert done.status == 0
    assert "No reason yet: ACF-001. No money is signed for without one." in done.out
    assert reason_of(run, record) == ""


def test_reasons_come_from_a_file_and_stay_when_it_is_run_again(
    run: Run, record: Path, tmp_path: Path
) -> None:
    file = reasons(tmp_path / "reasons.csv", "ACF-001,Quieter evenings.")

    done = run("recommend", record, *ACCEPT, "--reasons", file)

    assert (done.status, done.err) == (0, "")
    assert "No reason yet" not in done.out
    assert reason_of(run, record) == "Quieter evenings."
    assert run("recommend", record, *ACCEPT).status == 0
    assert reason_of(run, record) == "Quieter evenings."
    assert run("verify", record).status == 0


def test_an_area_at_its_meeting_waits_for_its_items_or_for_the_chairs_reason(run: Run, record: Path) -> None:
    chair = Actor("Chris Example", Role.CHAIR)
    with Record.open(record, Opener("Chris Example", "tests")) as opened:
        for stage in ("scoring", "meeting"):
            opened.perform(MoveArea(1, "Coventry", stage), chair)

    held = run("recommend", record, *ACCEPT)

    assert held.err.startswith("Coventry: 2 items are not closed: ACF-001 and ACF-003. Close them")
    assert "let the chair move Coventry on in the window and say why" in held.err
    assert reason_of(run, record) is None
    assert run("recommend", record, "--round", "Autumn").status == 0, (
        "the proposals are printed none the less"
    )
    with Record.open(record, Opener("Chris Example", "tests")) as opened:
        opened.perform(MoveArea(1, "Coventry", "recommending", "The lift failed", minds_items=True), chair)
    assert run("recommend", record, *ACCEPT).status == 0


def test_faults_of_the_file_are_told_with_their_cells_and_nothing_is_recorded(
    run: Run, record: Path, tmp_path: Path
) -> None:
    file = reasons(tmp_path / "reasons.csv", "ACF-009,words", "ACF-001,Quieter evenings.")

    done = run("recommend", record, *ACCEPT, "--reasons", file)

    assert done.status == 1
    assert done.err == "reasons!A2: ACF-009 is not in the round. Correct the reference.\n"
    assert reason_of(run, record) is None


def test_a_file_that_is_not_there_is_told_in_a_line(run: Run, record: Path, tmp_path: Path) -> None:
    done = run("recommend", record, *ACCEPT, "--reasons", tmp_path / "none.csv")

    assert done.status == 1
    assert done.err.count("\n") == 1
    assert "none.csv is not there" in done.err


def test_a_reason_on_what_is_not_proposed_is_left_out_and_said(
    run: Run, record: Path, tmp_path: Path
) -> None:
    file = reasons(tmp_path / "reasons.csv", "ACF-001,Quieter evenings.", "ACF-003,For later")

    done = run("recommend", record, *ACCEPT, "--reasons", file)

    assert done.status == 0
    assert "Nothing is proposed on ACF-003, so its reason was left out." in done.err


def test_what_was_withdrawn_after_it_was_recommended_is_taken_off_and_said(run: Run, record: Path) -> None:
    assert run("recommend", record, *ACCEPT).status == 0
    with Record.open(record, Opener("Chris Example", "tests")) as opened:
        opened.perform(SetWithdrawn(1, "ACF-001", is_withdrawn=True, reason="Wound up"), OFFICER)

    done = run("recommend", record, *ACCEPT)

    assert (done.status, done.err) == (0, "")
    assert "ACF-001 was withdrawn, so nothing is recommended there any more." in done.out
    assert reason_of(run, record) is None
    assert "any more" not in run("recommend", record, *ACCEPT).out
    assert run("verify", record).status == 0


def test_drafts_are_written_to_be_checked_and_change_nothing(run: Run, record: Path, tmp_path: Path) -> None:
    drafts = tmp_path / "drafts.csv"

    done = run("recommend", record, "--round", "Autumn", "--drafts", drafts)

    assert done.status == 0
    assert "Check every reason in it." in done.out
    with drafts.open(encoding="utf-8-sig", newline="") as stream:
        (line,) = csv.DictReader(stream)
    assert line["Reference"] == "ACF-001"
    assert line["Reason"].endswith(": Agreed at once.")
    assert line["Comes from"] == "the agreed marks' reasons"
    assert reason_of(run, record) is None
    assert run("recommend", record, *ACCEPT, "--reasons", drafts).status == 0
    assert reason_of(run, record) == line["Reason"]


def test_drafts_have_an_ending_that_says_what_they_are(run: Run, record: Path, tmp_path: Path) -> None:
    done = run("recommend", record, "--round", "Autumn", "--drafts", tmp_path / "drafts.txt")

    assert done.status == 1
    assert "drafts.txt ends in neither .csv nor .xlsx." in done.err


def test_nothing_is_recorded_where_the_drafts_cannot_be_written(
    run: Run, record: Path, tmp_path: Path
) -> None:
    done = run("recommend", record, *ACCEPT, "--drafts", tmp_path / "nowhere" / "drafts.csv")

    assert done.status == 1
    assert "nothing was changed" in done.err
    assert "recorded" not in done.out
    assert run("recommend", record, *ACCEPT).status == 0
    with Record.read_copy(record) as copy:
        assert sum(one.kind == RecordRecommendations.kind for one in copy.ask(lambda s: [*entries(s)])) == 1


def test_what_was_recorded_by_hand_is_left_or_replaced_and_named(run: Run, tmp_path: Path) -> None:
    record = tmp_path / "office.panel"
    run("new", record, "--office", "Office of Westmarch")
    run("load", record, save(decided_sheets(lambda field: f"Some {field}"), tmp_path / "round.xlsx"))
    recommend_by_hand(record, RecommendationRow("ACF-001", "reserve", None, "It may find match money."))

    proposed = run("recommend", record, "--round", "Autumn").out
    kept = run("recommend", record, *ACCEPT, "--keep")

    assert "Left as recorded" not in proposed
    assert "Left as recorded, each with its reason: ACF-001, reserve, not fund £4,500.55." in kept.out
    assert reason_of(run, record) == "It may find match money."
    replaced = run("recommend", record, *ACCEPT).out
    assert "Replaced by what the rule proposes: ACF-001, reserve, not fund £4,500.55." in replaced
    assert reason_of(run, record) == ""


def test_nothing_is_recorded_where_all_was_recorded_by_hand(run: Run, record: Path) -> None:
    recommend_by_hand(record, RecommendationRow("ACF-001", "defer", None, "Later."))

    done = run("recommend", record, *ACCEPT, "--keep")

    assert (done.status, "Leave out --keep to replace it with the rule's." in done.err) == (1, True)


def recommend_by_hand(record: Path, row: RecommendationRow) -> None:
    """Record one recommendation as the panel took it."""
    with Record.open(record, Opener("Grace Okoro", "tests")) as opened:
        opened.perform(RecordRecommendations(1, (row,)), Actor("Grace Okoro"))


def test_who_signs_next_is_said_and_where_an_area_was_never_opened(run: Run, record: Path) -> None:
    said = {}
    chair = Actor("Chris Example", Role.CHAIR)
    with Record.open(record, Opener("Chris Example", "tests")) as opened:
        opened.perform(MoveArea(1, "Coventry", "scoring"), chair)
    for stage in ("meeting", "recommending"):
        said[stage] = run("recommend", record, *ACCEPT).out
        with Record.open(record, Opener("Chris Example", "tests")) as opened:
            opened.perform(MoveArea(1, "Coventry", stage, "The lift failed", minds_items=True), chair)
    done = run("recommend", record, *ACCEPT)

    assert "Coventry: still at Score. The chair moves it on in the window and signs; " in said["meeting"]
    assert "The panel's chair signs next, in the window or on paper; what was signed on paper" in done.out
    assert "still at" not in done.out
    proposed_alone = run("recommend", record, "--round", "Autumn").out
    assert "signs next" not in proposed_alone
