"""`grant-panel challenge`: recorded, answered, decided anew from paper, and refused in sentences."""

import shutil
from datetime import datetime, tzinfo
from pathlib import Path

import pytest
from docx import Document

from exchange.written_text import NO_BREAK
from models.record import Record
from tests.cli.conftest import Run
from tests.cli.decided_rounds import decided_record
from tests.models.conftest import OPENER
from tests.models.queries.deciding.test_passed_over import two_in_reserve

ADD = ("--kind", "appeal", "--by", "Uma Asker", "--grounds", "Read the budget again.", "--received")
LOOKS = ("--looked-at-by", "Rae Looker", "--looked-at-post", "Head of Audit")


class Then(datetime):
    """Moments, of which now is between the receipt of a challenge and the day on which its answer is due."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "Then":
        return cls(2026, 12, 15, 12, tzinfo=tz)


@pytest.fixture(scope="module")
def decided_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return decided_record(tmp_path_factory.mktemp("made"), lambda field: f"Some {field}")


@pytest.fixture
def office(decided_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(decided_once, tmp_path))


def test_an_appeal_goes_from_receipt_to_a_new_decision(office: Path, run: Run) -> None:
    # Twenty working days from Mon 7 Dec 2026: the 25th, 28th and 1 January are bank holidays.
    added = run("challenge", office, "add", "ACF-001", *ADD, "2026-12-07", "--json")
    run("challenge", office, "set", "1", "--acknowledged", "2026-12-08", *LOOKS)
    answer = ("--finding", "partly-upheld", "--reasons", "It had come in time.", "--new-decision")
    answered = run("challenge", office, "decide", "1", *answer, "--on", "2026-12-14")
    paper = ("--notice", "040/2026", "--on", "2026-12-16", "--signed-by", "Dan Decides")
    post = ("--post", "Chief Executive", "--award-reason", "It keeps the estate quiet.")
    unsaid = run("challenge", office, "decide", "1", "--award", "4000", *paper, *post)
    anew = run(
        "challenge",
        office,
        "decide",
        "1",
        "--award",
        "4000",
        *paper,
        *post,
        "--pays-for",
        "one van",
        "--json",
    )

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
    shown = run("challenge", office, "show", "1").out
    assert "Appeal 1, on ACF-001" in shown
    assert "Looked at by Rae Looker, Head of Audit" in shown
    assert "Partly upheld: decided again" in run("challenge", office, "list").out
    assert run("challenge", office, "list", "--open", "--json").json == {"challenges": []}
    waits = run("challenge", office, "set", "1", "--carried-out-by", "nothing", "--json").json
    assert (waits["carried_out_by"], waits["state"]) == ("nothing", "Partly upheld: to be decided again")
    none = run("challenge", office, "set", "1", "--carried-out-by", "variation-1")
    assert "ACF-001 has no variation 1 since the challenge came. What carried it out is nothing." in none.err
    assert run("verify", office).status == 0


def test_a_new_decision_warns_of_a_reserve_that_its_money_goes_past(tmp_path: Path, run: Run) -> None:
    office = tmp_path / "reserves.panel"
    with Record.create(office, OPENER) as record:
        two_in_reserve(record)
    run("challenge", office, "add", "ACF-003", *ADD, "2026-12-07")
    run("challenge", office, "set", "1", *LOOKS)
    answer = ("--finding", "upheld", "--reasons", "It had come in time.", "--new-decision")
    run("challenge", office, "decide", "1", *answer, "--on", "2026-12-14")
    paper = ("--notice", "040/2026", "--on", "2026-12-16", "--signed-by", "Dan Decides")
    post = ("--post", "Chief Executive", "--award-reason", "It keeps the estate quiet.")

    anew = run("challenge", office, "decide", "1", "--award", "500", *paper, *post, "--pays-for", "one van")

    assert anew.status == 0
    assert "Warning: ACF-002, placed before ACF-003, stays on the reserve list." in anew.err


def test_an_address_and_reasons_have_a_line_for_each_n_after_a_backslash(office: Path, run: Run) -> None:
    kind = ("--kind", "complaint", "--by", "Uma Asker", "--received", "2026-12-07")
    said = ("--grounds", r"Late.\nUnkind.", "--address", r"1 Mill Lane\nMarchtown")
    added = run("challenge", office, "add", "ACF-001", *kind, *said, "--json").json
    finding = ("--finding", "upheld", "--reasons", r"It was.\nIt is.", "--remedy", r"Sorry.\nWe learn.")
    answered = run("challenge", office, "decide", "1", *LOOKS, *finding, "--on", "2026-12-14", "--json").json

    assert (added["grounds"], added["address"]) == ("Late.\nUnkind.", "1 Mill Lane\nMarchtown")
    assert (answered["reasons"], answered["remedy"]) == ("It was.\nIt is.", "Sorry.\nWe learn.")


def test_one_recorded_by_mistake_is_taken_out(office: Path, run: Run) -> None:
    assert run("challenge", office, "list").out.strip() == "No decision was challenged."
    run("challenge", office, "add", "A-031-01", "--round", "Autumn", *ADD, "2026-12-07")

    assert run("challenge", office, "remove", "1").out.strip() == "Challenge 1 is removed."
    run("challenge", office, "add", "ACF-001", *ADD, "2026-12-07")
    gone = run("challenge", office, "remove", "1", "--json")

    assert gone.json == {"challenge": 1, "state": "taken out"}
    assert run("challenge", office, "list", "--open").out.strip() == "No challenge waits for the office."


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("add", "ACF-999", *ADD, "2026-12-07"), "no application ACF-999"),
        (("add", "ACF-001", *ADD, "2028-12-07"), "still to come"),
        (("add", "ACF-001", "--kind", "review"), "Say who asks"),
        (("show", "2"), "has no challenge 2"),
        (("set", "1"), "already has that"),
        (("decide", "1"), "Say what was found"),
        (("decide", "1", "--finding", "upheld", "--reasons", "x"), "Say who looked at it"),
        (("decide", "1", "--finding", "upheld", "--award", "5"), "Answer first"),
        (("decide", "1", "--no-award"), "waits for no new decision"),
        (
            ("decide", "1", "--finding", "upheld", "--reasons", "x", "--looked-at-by", "Dee Decider"),
            "Dee Decider decided it as Chief Executive",
        ),
    ],
)
def test_what_is_wrong_is_a_sentence(office: Path, run: Run, given: tuple[str, ...], words: str) -> None:
    assert run("challenge", office, "add", "ACF-001", *ADD, "2026-12-07").status == 0
    before = office.read_bytes()

    ran = run("challenge", office, *given)

    assert (ran.status, ran.out) == (1, "")
    assert words in ran.err
    assert office.read_bytes() == before


def test_a_new_decision_says_who_signed_and_a_varied_award_is_varied_again_or_declined(
    office: Path, run: Run
) -> None:
    run("challenge", office, "add", "ACF-001", *ADD, "2026-12-07")
    answer = ("--finding", "upheld", "--reasons", "x", "--new-decision", *LOOKS)
    run("challenge", office, "decide", "1", *answer, "--on", "2026-12-08")

    nobody = run("challenge", office, "decide", "1", "--award", "4000")
    run("vary", office, "ACF-001", "--ends", "2027-09-30", "--reason", "late start", "--on", "2026-12-03")
    who = ("--signed-by", "Dan Decides", "--post", "Chief Executive", "--notice", "040/2026")
    varied = run("challenge", office, "decide", "1", "--award", "4000", *who, "--on", "2026-12-09")
    declined = run("challenge", office, "decide", "1", "--no-award", *who, "--on", "2026-12-09")
    wrote = run("export", office, "notice", "--round", "Autumn", "--out", office.parent / "n.docx", *who[-2:])

    assert "Say who signed" in nobody.err
    assert "grant-panel vary RECORD A-031-01" in varied.err
    assert declined.out == "1 application decided, £0.00 in all, 1 changed.\n"
    assert wrote.status == 0
    assert "I take back the allocation in Annex 1: £4,500." in _text(office.parent / "n.docx")


def test_a_letter_says_that_it_came_and_another_what_was_found(
    office: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.papers.export.datetime", Then)
    none = run("export", office, "challenge-letters", "--round", "Autumn", "--out", tmp_path / "none")
    run("challenge", office, "add", "ACF-001", *ADD, "2026-12-07")
    first = run("export", office, "challenge-letters", "--round", "Autumn", "--out", tmp_path / "first")
    answer = ("--finding", "upheld", "--reasons", "It had come in time.", "--new-decision", *LOOKS)
    run("challenge", office, "decide", "1", *answer, "--on", "2026-12-14")
    run("challenge", office, "add", "ACF-002", *ADD, "2026-12-08")
    run("challenge", office, "decide", "2", "--finding", "withdrawn", "--reasons", "Their own wish.")

    wrote = run("export", office, "challenge-letters", "--round", "Autumn", "--out", tmp_path / "letters")

    assert "No decision was challenged there" in none.err
    assert (first.status, wrote.status) == (0, 0)
    came, found = (
        _text(tmp_path / folder / f"ACF-001 challenge 1 {word}.docx")  # who asked is not named there
        for folder, word in (("first", "acknowledgement"), ("letters", "answer"))
    )
    assert "We received your appeal on 7 December 2026." in came
    assert "We will answer you in writing by 7 January 2027, 20 working days after it came." in came
    assert "Read the budget again." in came
    assert "Your appeal of 7 December 2026 is upheld." in found
    assert "It was looked at by Rae Looker, Head of Audit, who had no part in the decision." in found
    assert "It had come in time." in found
    assert "We will take a new decision on it" in found
    withdrawn = _text(next((tmp_path / "letters").glob("ACF-002*closed.docx")))
    assert "You withdrew your appeal of 8 December 2026, so we have closed it" in withdrawn
    assert "Their own wish." not in withdrawn


def _text(path: Path) -> str:
    return "\n".join(each.text for each in Document(str(path)).paragraphs).replace(NO_BREAK, " ")
