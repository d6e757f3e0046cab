"""Meetings, recommendations with the panel's reasons, and challenges by the command."""

import csv
from functools import partial
from pathlib import Path

import pytest

from models.operation import Actor
from models.operations.applications.corrections import SetWithdrawn
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.set_up.areas import MoveAreas
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import rounds
from models.record import Opener, Record
from models.role import Role
from models.values.recommending import RecommendationRow
from tests.cli.conftest import Run, Says
from tests.models.conftest import OPENER
from tests.paper_text import word_text

ACCEPT = ("--round", "Autumn", "--accept")


def reasons(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(("Reference,Reason", *rows)), encoding="utf-8")
    return path


def reason_of(run: Run, record: Path) -> object:
    rows = run("rank", record, "--json").json["applications"]
    found = next(row["recommendation"] for row in rows if row["reference"] == "ACF-001")
    return None if found is None else found["reason"]


def test_an_area_at_its_meeting_waits_for_its_items_or_for_the_chairs_reason(run: Run, record: Path) -> None:
    chair = Actor("Chris Example", Role.CHAIR)
    with Record.open(record, Opener("Chris Example", "tests")) as opened:
        for stage in ("scoring", "meeting"):
            opened.perform(MoveAreas(1, ("Coventry",), stage), chair)

    held = run("recommend", record, *ACCEPT)

    assert held.err.startswith("Coventry: 2 items are not closed: ACF-001 and ACF-003. Close them")
    assert "let the chair move Coventry on in the window and say why" in held.err
    assert reason_of(run, record) is None
    assert run("recommend", record, "--round", "Autumn").status == 0, (
        "the proposals are printed none the less"
    )
    with Record.open(record, Opener("Chris Example", "tests")) as opened:
        opened.perform(
            MoveAreas(1, ("Coventry",), "recommending", "The lift failed", minds_items=True), chair
        )
    assert run("recommend", record, *ACCEPT).status == 0


def test_reasons_come_from_a_file_without_faults_and_stay(run: Run, record: Path, tmp_path: Path) -> None:
    file = reasons(tmp_path / "reasons.csv", "ACF-009,words", "ACF-001,Quieter evenings.")

    done = run("recommend", record, *ACCEPT, "--reasons", file)

    assert done.status == 1
    assert done.err == "reasons!A2: ACF-009 is not in the round. Correct the reference.\n"
    assert reason_of(run, record) is None

    done = run("recommend", record, *ACCEPT, "--drafts", tmp_path / "nowhere" / "drafts.csv")

    assert (done.status, "nothing was changed" in done.err) == (1, True)
    assert reason_of(run, record) is None

    file = reasons(tmp_path / "reasons.csv", "ACF-001,Quieter evenings.")

    done = run("recommend", record, *ACCEPT, "--reasons", file)

    assert (done.status, done.err) == (0, "")
    assert "No reason yet" not in done.out
    assert reason_of(run, record) == "Quieter evenings."
    assert run("recommend", record, *ACCEPT).status == 0
    assert reason_of(run, record) == "Quieter evenings."
    assert run("verify", record).status == 0


def test_what_is_by_hand_is_replaced_and_what_was_withdrawn_taken_off(run: Run, record: Path) -> None:
    by_hand = RecommendationRow("ACF-001", "defer", None, "It may find match money.")
    with Record.open(record, OPENER) as opened:
        opened.perform(RecordRecommendations(1, (by_hand,)), Actor("Grace Okoro"))

    kept = run("recommend", record, *ACCEPT, "--keep")

    assert (kept.status, "Leave out --keep to replace it with the rule's." in kept.err) == (1, True)
    assert reason_of(run, record) == by_hand.reason
    assert "ACF-001, defer, not fund £4,500" in run("recommend", record, *ACCEPT).out

    assert run("recommend", record, *ACCEPT).status == 0
    with Record.open(record, OPENER) as opened:
        withdrawn = SetWithdrawn(1, "ACF-001", is_withdrawn=True, reason="Wound up")
        opened.perform(withdrawn, Actor("Chris Example", Role.OFFICER))

    done = run("recommend", record, *ACCEPT)

    assert (done.status, reason_of(run, record)) == (0, None)
    assert "ACF-001 was withdrawn, so nothing is recommended there any more." in done.out


def test_drafts_are_written_to_be_checked_and_change_nothing(
    run: Run, done: Says, record: Path, tmp_path: Path
) -> None:
    drafts = tmp_path / "drafts.csv"

    assert "Check every reason in it." in done("recommend", record, "--round", "Autumn", "--drafts", drafts)
    with drafts.open(encoding="utf-8-sig", newline="") as stream:
        (line,) = csv.DictReader(stream)
    assert line["Reference"] == "ACF-001"
    assert line["Reason"].endswith(": Agreed at once.")
    assert line["Comes from"] == "the agreed marks' reasons"
    assert reason_of(run, record) is None
    assert run("recommend", record, *ACCEPT, "--reasons", drafts).status == 0
    assert reason_of(run, record) == line["Reason"]


ROUND = ("--round", "Autumn")
CHAIR = Actor("Imogen", Role.CHAIR)


def test_a_meeting_is_recorded_piece_by_piece_and_stands_in_the_minutes(record: Path, run: Run) -> None:
    def meeting(*words: str) -> str:
        ran = run("meeting", record, *ROUND, *words)
        return ran.out if ran.status == 0 else ran.err

    assert "when and where is not recorded." in meeting()
    assert meeting("--place", "A hall").startswith("Say with --on on which day the panel met for ")
    assert "is still to come" in meeting("--on", "2031-01-01")

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
    words = word_text(paper)
    assert "12 November 2026, from 10:00 to 12:30, Sample House." in words
    assert "Apologies: " in words
    assert run("verify", record).status == 0


def test_day_and_attendance_are_recorded_together_or_neither(record: Path, run: Run, refused: Says) -> None:
    before = run("meeting", record, *ROUND).out
    area = before.split(":")[0]
    with Record.open(record, OPENER) as opened:
        for stage in ("scoring", "meeting", "recommending"):
            opened.perform(MoveAreas(1, (area,), stage), CHAIR)

    said = refused("meeting", record, *ROUND, "--area", area, "--on", "2026-11-12", "--present", "M1")

    assert "is at the stage “recommending”" in said
    assert run("meeting", record, *ROUND).out == before


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


ADD = ("--kind", "appeal", "--by", "Uma Asker", "--grounds", "Read the budget again.", "--received")
LOOKS = ("--looked-at-by", "Rae Looker", "--looked-at-post", "Head of Audit")


def test_an_appeal_goes_from_receipt_to_a_new_decision(decided: Path, run: Run) -> None:
    # Twenty working days from Mon 7 Dec 2026: the 25th, 28th and 1 January are bank holidays.
    added = run("challenge", decided, "add", "ACF-001", *ADD, "2026-12-07", "--json")
    run("challenge", decided, "set", "1", "--acknowledged", "2026-12-08", *LOOKS)
    answer = ("--finding", "partly-upheld", "--reasons", "It had come in time.", "--new-decision")
    answered = run("challenge", decided, "decide", "1", *answer, "--on", "2026-12-14")
    paper = ("--notice", "040/2026", "--on", "2026-12-16", "--signed-by", "Dee Decider")
    post = ("--post", "Chief Executive", "--award-reason", "It keeps the estate quiet.")
    award = ("challenge", decided, "decide", "1", "--award", "4000", *paper, *post)
    unsaid, anew = run(*award), run(*award, "--pays-for", "one van", "--json")

    assert unsaid.status == 1
    assert "Say what the money pays for, with --pays-for TEXT" in unsaid.err

    assert (added.json["due_on"], added.json["decision"]["notice"]) == ("2027-01-07", "031/2026")
    assert answered.out.strip() == "Challenge 1 is answered: partly upheld. It calls for a new decision."
    assert anew.json["changed_by"] == {
        "outcome": "part_fund",
        "amount": "4000.00",
        "notice": "040/2026",
        "decided_on": "2026-12-16",
    }
    assert run("challenge", decided, "list", "--open", "--json").json == {"challenges": []}
    waits = run("challenge", decided, "set", "1", "--carried-out-by", "nothing", "--json").json
    assert (waits["carried_out_by"], waits["state"]) == ("nothing", "Partly upheld: to be decided again")
    none = run("challenge", decided, "set", "1", "--carried-out-by", "variation-1")
    assert "ACF-001 has no variation 1 since the challenge came. What carried it out is nothing." in none.err
    assert run("verify", decided).status == 0


def test_one_recorded_by_mistake_is_taken_out(decided: Path, run: Run) -> None:
    assert run("challenge", decided, "list").out.strip() == "No decision was challenged."
    run("challenge", decided, "add", "A-031-01", "--round", "Autumn", *ADD, "2026-12-07")

    assert run("challenge", decided, "remove", "1").out.strip() == "Challenge 1 is removed."
    run("challenge", decided, "add", "ACF-001", *ADD, "2026-12-07")
    gone = run("challenge", decided, "remove", "1", "--json")

    assert gone.json == {"challenge": 1, "state": "taken out"}
    assert run("challenge", decided, "list", "--open").out.strip() == "No challenge waits for the office."


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("add", "ACF-999", *ADD, "2026-12-07"), "no application ACF-999"),
        (("show", "2"), "has no challenge 2"),
        (("decide", "1", "--finding", "upheld", "--reasons", "x"), "Say who looked at it"),
        (("decide", "1", "--finding", "upheld", "--award", "5"), "Answer first"),
        (
            ("decide", "1", "--finding", "upheld", "--reasons", "x", "--looked-at-by", "Dee Decider"),
            "Dee Decider decided it as Chief Executive",
        ),
    ],
)
def test_what_is_wrong_is_a_sentence(decided: Path, run: Run, given: tuple[str, ...], words: str) -> None:
    assert run("challenge", decided, "add", "ACF-001", *ADD, "2026-12-07").status == 0
    before = decided.read_bytes()

    ran = run("challenge", decided, *given)

    assert (ran.status, ran.out) == (1, "")
    assert words in ran.err
    assert decided.read_bytes() == before


def test_a_new_decision_says_who_signed_and_a_varied_award_is_varied_again_or_declined(
    decided: Path, run: Run
) -> None:
    run("challenge", decided, "add", "ACF-001", *ADD, "2026-12-07")
    answer = ("--finding", "upheld", "--reasons", "x", "--new-decision", *LOOKS)
    run("challenge", decided, "decide", "1", *answer, "--on", "2026-12-08")

    nobody = run("challenge", decided, "decide", "1", "--award", "4000")
    run("vary", decided, "ACF-001", "--ends", "2027-09-30", "--reason", "late start", "--on", "2026-12-03")
    who = ("--signed-by", "Dan Decides", "--post", "Chief Executive", "--notice", "040/2026")
    varied = run("challenge", decided, "decide", "1", "--award", "4000", *who, "--on", "2026-12-09")
    decline = ("challenge", decided, "decide", "1", "--no-award", *who, "--on", "2026-12-09")
    stranger = run(*decline)
    declined = run(*decline, "--new-signatory", "Dan Decides holds the post since November.")
    wrote = run(
        "export", decided, "notice", "--round", "Autumn", "--out", decided.parent / "n.docx", *who[-2:]
    )

    assert "Say who signed" in nobody.err
    assert "Vary it with grant-panel vary" in varied.err
    assert "Dee Decider signed before as Chief Executive, not Dan Decides." in stranger.err
    assert declined.out == (
        "1 person signs after the panel in this round. 1 application decided, £0.00 in all, 1 changed.\n"
    )
    assert wrote.status == 0
    assert "I take back the allocation in Annex 1: £4,500." in word_text(decided.parent / "n.docx")
