"""`grant-panel vary`: what it prints, changes and refuses, up to the last signature."""

import re
import shutil
from pathlib import Path

import pypdfium2
import pytest
from docx import Document

from exchange.written_text import NO_BREAK
from tests.cli.conftest import Run

BY = ("--reason", "two sessions fewer", "--json")


@pytest.fixture
def office(decided_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(decided_once, tmp_path))


def test_an_award_is_varied_signed_and_told(office: Path, run: Run) -> None:
    found = run("vary", office, "A-031-01", "--amount", "4,000", "--conditions", "Report in May.", *BY).json

    assert (found["application"], found["decided"], found["amount"]) == ("ACF-001", "4500.55", "4500.55")
    assert found["conditions"] == ["Report in May."]
    (one,) = found["variations"]
    assert (one["state"], one["from"], one["to"]) == ("proposed", "4500.55", "4000.00")
    assert (found["agreed"], found["proposed"]) == (None, "4000.00")
    assert found["outstanding"] == "4500.55"
    parts = found["instalments"]
    assert (sum(float(part["amount"]) for part in parts), {part["is_proposed"] for part in parts}) == (
        4000,
        {True},
    )
    assert "£4,500.55, £0.00 paid, £4,500.55 outstanding." in run("vary", office, "A-031-01").out
    ran = run("vary", office, "ACF-001", "--amount", "4400.50", "--reason", "a second hall")
    assert "waits for the Commander to sign" in ran.out
    signed = run("vary", office, "ACF-001", "--sign", "--from-paper", "--as", "Dee Decider", "--json").json
    assert (signed["proposed"], signed["variations"][1]["signatures"][0]["name"]) == (
        "4400.50",
        "Dee Decider",
    )
    shown = run("vary", office, "ACF-001").out
    assert "£4,000.00 becomes £4,400.50" in shown
    assert run("verify", office).status == 0


def test_a_variation_past_the_pot_says_by_how_much_before_it_is_signed_and_after(
    office: Path, run: Run
) -> None:
    raised = run("vary", office, "ACF-001", "--amount", "999999", "--reason", "a second hall")
    signed = run("vary", office, "ACF-001", "--sign", "--from-paper", "--as", "Dee Decider")

    assert "over the pot, not allowed by anybody yet." in raised.out
    assert "over the pot, not allowed by anybody yet." in signed.out


def test_dates_name_and_parts_are_varied(office: Path, run: Run) -> None:
    parts = ("--part", "4000=the start@2090-12-01", "--part", "500.55=receipts")
    dates = ("--starts", "2027-01-04", "--ends", "31/03/2027", "--recipient", "New Name Trust")

    found = run("vary", office, "ACF-001", *parts, *dates, "--outcomes", "Ten sessions", *BY).json

    assert found["recipient"] == "New Name Trust"
    assert [(part["amount"], part["due_on"]) for part in found["instalments"]] == [
        ("4000.00", "2090-12-01"),
        ("500.55", None),
    ]
    assert found["variations"][0]["becomes"]["ends_on"] == "2027-03-31"
    shown = run("award", office, "show", "ACF-001", "--json").json
    assert (shown["recipient"], shown["starts_on"], shown["ends_on"], shown["variations"]) == (
        "New Name Trust",
        "2027-01-04",
        "2027-03-31",
        1,
    )
    said = run("award", office, "show", "ACF-001").out
    assert "to New Name Trust" in said
    assert "1 variation is proposed: both have not signed yet" in said


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("--amount", "4000"), "Say why the award is varied"),
        (("--amount", "0", "--reason", "x"), "above £0.00"),
        (("--amount", "", "--reason", "x"), "An amount is missing"),
        (("--amount", "4,50", "--reason", "x"), "4,50"),
        (("--part", "500", "--reason", "x"), "is not a part"),
        (("--part", "500=x@never", "--reason", "x"), "never"),
        (("--profile", "weekly", "--reason", "x"), "no payment profile"),
        (("--sign",), "Say who signs"),
        (("--sign", "--as", "Dee Decider"), "No variation of A-031-01 waits"),
        (("--withdraw", "--reason", "x"), "No variation of A-031-01 waits"),
        (("--sign", "--withdraw"), "each with a separate command"),
        (("--from-paper", "--as", "Dee Decider"), "belong to a signature: add --sign"),
        (("--reason", "x"), "Say what is varied"),
    ],
)
def test_what_is_wrong_is_a_sentence(office: Path, run: Run, given: tuple[str, ...], words: str) -> None:
    before = office.read_bytes()

    ran = run("vary", office, "ACF-001", *given)

    assert (ran.status, ran.out) == (1, "")
    assert words in ran.err
    assert before == office.read_bytes()


def test_an_unknown_award_is_a_sentence_and_one_that_waits_is_withdrawn(office: Path, run: Run) -> None:
    assert "There is no award A-099-01" in run("vary", office, "A-099-01").err
    run("vary", office, "ACF-001", "--amount", "4500.56", "--reason", "a penny")

    ran = run("vary", office, "ACF-001", "--withdraw", "--reason", "not worth it")

    assert "Variation 1 of A-031-01 is withdrawn." in ran.out


def test_an_award_that_is_not_wanted_is_withdrawn_also_once_its_agreement_is_signed(
    office: Path, run: Run
) -> None:
    why = ("--reason", "they found the money elsewhere", "--json")
    early = run("award", office, "withdraw", "A-031-01", *why, "--on", "2031-01-01").err
    assert "1 January 2031 is still to come. A withdrawal bears the day" in early
    assert run("award", office, "withdraw", "A-031-01", *why).json["state"] == "withdrawn"

    other = run("award", office, "list", "--json").json["awards"][1]["award"]
    run("award", office, "sign", other, "--agreement", "--drawn-elsewhere")
    signed = run("award", office, "withdraw", other, *why)
    assert (signed.status, signed.json["state"]) == (0, "withdrawn"), signed.err
    assert run("verify", office).status == 0


def test_a_variation_has_a_letter_that_says_what_changes_and_why(office: Path, run: Run) -> None:
    out = office.parent / "letters"
    of = ("award-letters", "--round", "Autumn")
    assert (
        "on an award that is withdrawn, are among Letters to applicants"
        in run("export", office, *of, "--out", out).err
    )
    anew = ("--ends", "2027-06-30", "--outcomes", "Ten sessions")
    run("vary", office, "ACF-001", "--amount", "4000", *anew, "--reason", "two sessions fewer")
    run("vary", office, "ACF-002", "--conditions", "Report in May.", "--reason", "asked for")

    wrote = run("export", office, of[0], "--award", "acf-001", "--out", out)
    with_round = run("export", office, *of, "--award", "acf-001", "--out", out.parent / "same")
    assert with_round.out == wrote.out.replace(str(out), str(out.parent / "same"))
    run("vary", office, "ACF-002", "--ends", "2027-06-30", "--reason", "asked for", "--as", "Nia Officer")
    named = run("export", office, *of, "--award", "acf-002", "--out", out.parent / "others")

    assert wrote.status == 0
    said = "1 letter tells what was decided and not by whom: A-031-0{} 1 "
    assert said.format(1) in wrote.out
    assert said.format(3) in named.out, "the second variation of it says by whom"
    (letter,) = (path for path in out.glob("*.docx") if path.name != "All letters.docx")
    text = "\n".join(one.text for one in Document(str(letter)).paragraphs).replace(NO_BREAK, " ")
    assert "The grant, £4,500.55, becomes £4,000" in text
    assert "Two sessions fewer" in text
    assert "The end date is now 30 June 2027" in text
    assert "The outcomes are now: Ten sessions" in text
    assert "command line" not in text, "nobody reads which account of a machine gave the command"
    assert "{" not in text


def test_no_letter_says_that_the_amount_stays_what_another_variation_proposes(office: Path, run: Run) -> None:
    run("vary", office, "ACF-001", "--amount", "4000", "--reason", "two sessions fewer")
    run("vary", office, "ACF-001", "--ends", "2027-06-30", "--reason", "a later hall")

    run("export", office, "award-letters", "--award", "ACF-001", "--out", office.parent / "letters")

    (second,) = (office.parent / "letters").glob("A-031-01 2*.docx")
    text = "\n".join(one.text for one in Document(str(second)).paragraphs).replace(NO_BREAK, " ")
    assert "With the change the grant, £4,500.55 so far, is £4,000.00." in text
    unsigned = run("vary", office, "ACF-001", "--withdraw", "--reason", "not worth it").err
    assert "No variation of A-031-01 waits for its sign-off chain." in unsigned


def test_one_agreement_tells_what_it_leaves_open_as_a_folder_of_them_does(office: Path, run: Run) -> None:
    run("vary", office, "ACF-001", "--amount", "4000", "--reason", "two sessions fewer")
    of = ("export", office, "agreement", "--round", "Autumn", "--award", "acf-001", "--issue", "--out")

    one, folder = run(*of, office.parent / "one.pdf"), run(*of, office.parent / "all")
    sent = run("export", office, "award-letters", "--round", "Autumn", "--out", office.parent / "letters")

    told = "1 agreement leaves open what an amount smaller than asked is for: A-031-01."
    assert [told in said.out for said in (one, folder, sent)] == [True, True, True]
    signed = run("award", office, "sign", "ACF-001", "--agreement", "--drawn-elsewhere", "--on", "2028-03-31")
    assert "of it is not for signature yet: record on Monitoring what its recipient will do" in signed.out


def test_show_names_no_day_that_is_over_for_a_part_of_an_award_nobody_signed(office: Path, run: Run) -> None:
    parts = ("--part", "4000=end of quarter 1@2026-12-01", "--part", "500.55=end of quarter 2@2030-01-31")
    run("vary", office, "ACF-001", *parts, *BY)

    said = run("award", office, "show", "ACF-001")
    told = run("award", office, "show", "ACF-001", "--json").json["instalments"]

    # the tests run on 31 March 2028
    assert "Instalment 1: £4,000.00, proposed, end of quarter 1 of the project, not paid" in said.out
    assert "Instalment 2: £500.55, proposed, end of quarter 2 of the project, due 31 Jan 2030" in said.out
    assert [part["due_on"] for part in told] == [None, "2030-01-31"]


def said_in(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pages:
        said = " ".join(page.get_textpage().get_text_range() for page in pages)
    return " ".join(said.replace(NO_BREAK, " ").split())


def test_an_agreement_signed_as_issued_is_drawn_as_signed_and_its_version_is_written_again_as_it_was(
    office: Path, run: Run
) -> None:
    run("vary", office, "ACF-001", "--recipient", "New Name Trust", *BY)
    of = ("export", office, "agreement", "--round", "Autumn", "--award", "ACF-001", "--out")
    issued, drawn, again = (office.parent / f"{name}.pdf" for name in ("issued", "drawn", "again"))
    run(*of, issued, "--issue")
    run("award", office, "sign", "ACF-001", "--agreement", "--drawn-elsewhere", "--on", "2026-12-02")

    copy, folder = run(*of, drawn), run(*of, office.parent / "all", "--json").json["papers"][0]
    same = run(*of, again, "--issue")

    as_issued = r"As issued on \d+ \w+ \d{4} \(version 1\); signed on 2 December 2026"
    assert re.search(as_issued, copy.out)
    assert re.search(as_issued, said_in(drawn))
    assert "Draft" not in copy.out + said_in(drawn)
    assert "was signed on 2 December 2026, thank you." in said_in(drawn)
    assert "Sign this agreement" in said_in(issued)
    assert "Sign this agreement" not in said_in(drawn)
    assert (folder["version"], folder["signed_version"], folder["signed_on"]) == (None, 1, "2026-12-02")
    assert all(Path(path).stem.endswith(" agreement v1 signed") for path in folder["files"])
    assert "nothing changed since version 1" in same.err
    assert [run("verify", office, "--against", path).status for path in (issued, again)] == [0, 0]
    strange = run("verify", office, "--against", drawn)
    assert strange.status == 1
    assert "drawn.pdf, page 1" in strange.out or "drawn.pdf, page 2" in strange.out, "it differs, and where"


def test_papers_that_say_otherwise_since_are_told_with_the_change_and_listed(
    office: Path, run: Run, tmp_path: Path
) -> None:
    issued = run(
        *("export", office, "agreement", "--award", "A-031-01", "--issue", "--out", tmp_path / "one.pdf"),
    )
    assert issued.status == 0, issued.err
    assert run("award", office, "list", "--json").json["issued_otherwise"] == []
    words = "1 issued paper says otherwise: A-031-01, agreement version 1 (its sum)."

    assert words in run("vary", office, "A-031-01", "--amount", "4,000", "--reason", "fewer sessions").out
    assert words in run("award", office, "list").out
    assert words in run("award", office, "show", "A-031-01").out
    (told,) = run("award", office, "list", "--json").json["issued_otherwise"]
    assert told == {"award": "A-031-01", "paper": "agreement", "version": 1}
