"""Putting down from paper that the deciding office decided as recommended."""

import json
from functools import partial
from pathlib import Path

import docx

from models.operation import Actor
from models.operations.panel.members import DeclareToSign
from models.operations.set_up.people import GiveRole
from models.queries.deciding.decisions import decisions
from models.queries.set_up.rounds import round_line
from models.record import Opener, Record
from models.values.rows import InterestRow
from scoring.round import InterestKind
from tests.cli.conftest import Run, Says
from tests.cli.decided_rounds import decided_sheets, recommended_record
from tests.paper_text import word_text

OPTIONS = ("--round", "Autumn", "--notice", "031/2026", "--on", "2026-12-02")
WHO = ("--as", "Dee Decider", "--post", "Chief Executive", "--unsigned-because", "The commander is away.")


def decisions_of(record: Path, run: Run) -> dict[str, object]:
    found = json.loads(run("rank", record, "--json").out)
    return {row["reference"]: row["decision"] for row in found["applications"]}


def conditions_of(record: Path, reference: str) -> tuple[str, ...]:
    """Return the conditions of the newest decision on an application."""
    with Record.open(record, Opener("Ann", "tests")) as opened:
        rows = opened.ask(partial(decisions, round_id=1))
    return [row.conditions for row in rows if row.application == reference][-1]


def test_some_areas_of_several_are_signed_and_decided_under_one_notice(run: Run, tmp_path: Path) -> None:
    sheets = decided_sheets(lambda field: f"Some {field}")
    last = sheets["Applications"][-1]
    last[last.index("Walsall")] = "Dudley"
    office = recommended_record(tmp_path, sheets, lambda field: f"Some {field}")
    some = ("--area", "Coventry", "--area", "Walsall")
    chair = ("--round", "Autumn", "--on", "2026-12-01", "--as", "Some member", "--post", "chair of the panel")

    unknown = run("decide", office, *OPTIONS, *WHO, "--area", "Coventry", "--area", "Wallsall")
    both = run("decide", office, *chair, *some, "--accept")
    reasons = tmp_path / "reasons.csv"
    reasons.write_text("Reference,Reason\nACF-005,It keeps Dudley safe.\nACF-001,It keeps the peace.\n")
    done = run("decide", office, *OPTIONS, *WHO, *some, "--accept", "--reasons", reasons)

    assert "The round has no area “Wallsall”." in unknown.err
    assert (both.status, done.status) == (0, 0)
    waiting = {of for of, decided in decisions_of(office, run).items() if decided is None}
    assert waiting == {"ACF-005"}, "Dudley is signed and decided later"
    drafted = run("decide", office, *chair)
    assert drafted.out.count("ACF-00") == 1


def test_what_was_signed_on_paper_before_the_decision_is_recorded_before_it(
    recommended: Path, run: Run
) -> None:
    day = ("--round", "Autumn", "--on", "2026-12-01")
    commander = ("decide", recommended, *day, "--as", "Cora Command", "--post", "Commander")
    own = ("--area", "Coventry") if "Coventry" in run("rank", recommended).out else ()

    chair = ("decide", recommended, *day, "--as", "Pat Example", "--post", "chair of the panel")
    told = run(*chair)
    assert "to sign before they are decided. Nothing was recorded" in told.out
    assert told.err == ""
    other = run("decide", recommended, *day, "--as", "Sam Other", "--post", "chair of the panel")
    refusal = "Pat Example signs as the chair, not Sam Other. Record the person as a chair"
    assert refusal in other.err
    strange = run(
        "decide", recommended, *day, "--as", "Sam Other", "--post", "chair of the panel", "--accept"
    )
    assert (strange.status, refusal in strange.err) == (1, True)
    assert "Leave --notice out." in run(*chair, "--notice", "031/2026").err
    assert "are signed, £4,500.00 in all. Deciding is open in " in run(*chair, "--accept").out
    assert "There is no recommendation left to sign.\n" in run(*chair, "--accept").err
    without = run("decide", recommended, *day, *WHO)
    numbered = run(*commander, *own, "--notice", "031/2026")
    shown = run(*commander, *own)
    signed = run(*commander, *own, "--accept")
    again = run(*commander, *own, "--accept")
    decided = run("decide", recommended, *OPTIONS, *own, *WHO, "--accept")

    assert without.err == "A decision has the number of its notice. Give it with --notice, as in 031/2026.\n"
    assert numbered.err == (
        "The Commander signs before the decision, which has the notice. Leave --notice out.\n"
    )
    assert "to sign before they are decided. Nothing was recorded; --accept records them." in shown.out
    assert "Legal power" not in shown.out
    assert "1 application signed, £4,500.00 in all." in signed.out
    assert again.err == "The Commander signed everything there already.\n"
    assert (decided.status, "No signature" in decided.out) == (0, False)
    paper = recommended.with_name("n.docx")
    assert run("export", recommended, "notice", "--round", "Autumn", "--out", paper).status == 0
    words = word_text(paper)
    assert "Before the decision Cora Command, Commander for Coventry, signed" in words
    assert run("verify", recommended).status == 0


def test_a_line_in_which_the_signer_has_an_interest_is_left_out_and_the_rest_recorded(
    run: Run, tmp_path: Path
) -> None:
    sheets = decided_sheets(str.title)
    sheets["Members"].append(["M9", "Dee Decider", *([None] * (len(sheets["Members"][0]) - 2))])
    sheets["Interests"].append(["M9", "ACF-001", "pecuniary", None])
    record = recommended_record(tmp_path, sheets, str.title)

    ran = run("decide", record, *OPTIONS, *WHO, "--accept")
    again = run("decide", record, *OPTIONS[:3], "032/2026", *OPTIONS[4:], *WHO, "--accept")

    said = "Dee Decider declared an interest in ACF-001: somebody else who may sign decides there"
    assert ran.status == 0, ran.err
    assert f"{said}, and it is left out here." in ran.err
    decided = decisions_of(record, run)
    assert [of for of, one in decided.items() if one is None] == ["ACF-001"]
    assert (again.status, again.err) == (1, f"{said}. Nothing was recorded.\n")


def test_no_decision_is_of_a_day_to_come_or_skips_a_step_unsaid(recommended: Path, run: Run) -> None:
    ran = run("decide", recommended, *OPTIONS[:-1], "2028-04-01", *WHO, "--accept")

    assert (ran.status, "1 April 2028 is still to come." in ran.err) == (1, True)
    assert set(decisions_of(recommended, run).values()) == {None}

    refused = run("decide", recommended, *OPTIONS, *WHO[:4], "--accept")

    assert (refused.status, refused.err) == (
        1,
        "No signature is recorded of the chair of the panel on ACF-001 and the Commander on ACF-001. What "
        "was signed first is recorded first, with that post; where it goes without, say why with "
        "--unsigned-because TEXT.\n",
    )
    assert set(decisions_of(recommended, run).values()) == {None}
    far = (*OPTIONS[:-1], "1926-12-02", *WHO, "--accept")

    refused = run("decide", recommended, *far)
    taken = run("decide", recommended, *far, "--date-is-right")

    assert (refused.status, refused.err) == (
        1,
        "2 December 1926 is more than five years from today, 31 March 2028. Correct it, or add "
        "--date-is-right. Nothing was changed.\n",
    )
    assert taken.status == 0


def test_a_reserve_gets_money_by_a_decision_that_says_why(recommended: Path, run: Run, refused: Says) -> None:
    assert run("decide", recommended, *OPTIONS, *WHO, "--accept").status == 0
    before = decisions_of(recommended, run)
    one = next(of for of, decided in before.items() if decided is not None)
    again = ("--round", "Autumn", "--on", "2026-12-03", *WHO, "--anew", f"{one.lower()}=1,250")

    because = ("--because", "It costs less.", "--pays-for", "one van")
    assert "Give it with --notice" in refused("decide", recommended, *again, *because)
    assert "Say why it is decided again" in refused("decide", recommended, *again, "--notice", "034/2026")
    assert "Say with --anew" in refused("decide", recommended, *OPTIONS, *WHO, "--because", "It costs less.")
    for wrong, says in (
        (one, "Write it like"),
        (f"{one}=", "Write it like"),
        ("XX-1=5", "no application 'XX-1'"),
    ):
        words = (*again[:-1], wrong, "--notice", "034/2026", "--because", "It costs less.")
        assert says in refused("decide", recommended, *words)
    other = next(of for of, decided in before.items() if decided is None)
    words = (*again[:-1], f"{other}=5", "--notice", "034/2026", "--because", "It costs less.")
    assert f"{other} is not decided yet." in refused("decide", recommended, *words)

    asks = f"{one} gets less than it requested. Say what the money pays for, with --pays-for TEXT"
    assert asks in refused(
        "decide", recommended, *again, "--notice", "034/2026", "--because", "It costs less."
    )
    again = ("--pays-for", "one van", *again)
    draft = recommended.parent / "draft.pdf"
    anew = ("--anew", f"{one}=1250", "--because", "It costs less.", "--pays-for", "one van")
    drafting = (*OPTIONS[:2], *anew, "--draft", draft)
    drafted = run("decide", recommended, *drafting)
    assert drafted.out.endswith("a notice to sign, 1 line, £1,250.00. The record is unchanged.\n")
    assert draft.read_bytes().startswith(b"%PDF")
    assert run("decide", recommended, *drafting[:-1], recommended.parent / "draft.txt").status == 1
    assert run("decide", recommended, *drafting, "--accept").status == 2
    assert run("decide", recommended, *drafting[:-2]).status == 2, "nobody is named who signed"
    assert decisions_of(recommended, run) == before

    said = run("decide", recommended, *again, "--notice", "034/2026", "--because", "It costs less.")
    assert "Nothing was recorded" in said.out
    assert decisions_of(recommended, run) == before

    why = ("--because", "It costs less.", "--unsigned-because", "The post is empty.")
    run("decide", recommended, *again, "--notice", "034/2026", *why, "--accept")
    with Record.open(recommended, Opener("Ann", "tests")) as opened:
        newest = opened.ask(partial(decisions, round_id=1))[-1]
    assert newest.unsigned_because == "The post is empty."
    now = decisions_of(recommended, run)[one]
    assert now["amount"] == "1250.00"
    assert conditions_of(recommended, one)[0] == "Reduced scope: one van"
    assert run("verify", recommended).status == 0


def test_a_post_with_its_area_or_its_named_deputy_is_that_post(recommended: Path, run: Run) -> None:
    with Record.open(recommended, Opener("Ann", "tests")) as opened:
        area = opened.ask(partial(round_line, round_id=1)).areas[0].name
    when = ("--round", "Autumn", "--notice", "031/2026", "--on", "2026-12-02")

    said = run("decide", recommended, *when, "--as", "Dee Decider", "--post", f"chief executive for {area}")
    assert (said.status, said.err) == (0, "")
    other = run("decide", recommended, *when, "--as", "Sam Porter", "--post", "Caretaker")
    assert (
        "signs here, not Sam Porter (Caretaker). Check the paper; it is recorded as given here." in other.err
    )
    twice = ("--post", f"Chief Executive, {area}", "--area", "Elsewhere", "--as", "Dee Decider")
    assert f"The post says {area} and --area says Elsewhere." in run("decide", recommended, *when, *twice).err

    who = "Chief Executive=Dee Decider; Dr. Q (Deputy Chief Executive)"
    assert run("signatories", recommended, "--round", "Autumn", "--set", who).status == 0
    deputy = ("--post", "deputy chief executive")

    said = run("decide", recommended, *when, "--as", "dr. q", *deputy)
    other = run("decide", recommended, *when, "--as", "Sam Porter", *deputy)
    holder = run("decide", recommended, *when, "--as", "Dr. Q", "--post", "Chief Executive")

    assert (said.status, said.err) == (0, "")
    assert "signs here, not Sam Porter (deputy chief executive). Check the paper" in other.err
    assert "Dr. Q (Deputy Chief Executive for the Chief Executive) signs here, not Dr. Q (Chief" in holder.err


def test_what_is_signed_is_a_draft_that_leaves_out_what_its_reader_has_an_interest_in(
    run: Run, tmp_path: Path
) -> None:
    record, of = recommended_record(tmp_path, decided_sheets(str.title), str.title), OPTIONS[:2]
    with Record.open(record, Opener("Grace Okoro", "tests")) as opened:
        opened.perform(GiveRole(1, "Dee Decider", "decider"), Actor("Grace Okoro"))
        own = (InterestRow("Dee Decider", "ACF-001", InterestKind.PECUNIARY),)
        opened.perform(DeclareToSign(1, "Dee Decider", own), Actor("Grace Okoro"))
    paper = tmp_path / "to-sign.docx"

    signing = run("decide", record, *OPTIONS, *WHO)
    whole = run("export", record, "to-sign", *of, "--out", paper, "--json")
    theirs = run("export", record, "to-sign", *of, "--as", "Dee Decider", "--out", tmp_path / "own.docx")

    assert (whole.status, theirs.status) == (0, 0), whole.err + theirs.err
    assert "Interests stated: A financial interest in ACF-001." in signing.out, "as it was declared"
    assert json.loads(whole.out)["version"] is None
    every, own_words = (_cells(one) for one in (paper, tmp_path / "own.docx"))
    assert any("ACF-001" in cell for cell in every)
    assert not any("ACF-001" in cell for cell in own_words)
    assert any("ACF-002" in cell for cell in own_words)


def _cells(paper: Path) -> list[str]:
    tables = docx.Document(str(paper)).tables
    return [cell.text for table in tables for row in table.rows for cell in row.cells]


def test_a_decision_past_the_years_money_says_who_allows_it(recommended: Path, run: Run) -> None:
    run("budget", recommended, "--allocate", "Coventry=100")
    decide = ("decide", recommended, *OPTIONS, *WHO, "--accept")
    who = ("--allow", "4400", "--allowed-because", "One provider is left.", "--allowed-by")

    assert "This is £4,400.00 over the money of Coventry for 2026/27, and nobody allows" in run(*decide).err
    assert (
        "Jo Sample, Commissioner: £4,400.00 over the money of Coventry"
        in run(*decide, *who, "Jo Sample, Commissioner").out
    )
    more = (
        "--on",
        "2026-12-03",
        "--notice",
        "032/2026",
        "--anew",
        "ACF-001=4000",
        "--because",
        "It costs less.",
    )
    asked = ("decide", recommended, *OPTIONS[:2], *WHO, *more, "--pays-for", "a van", "--accept")
    nothing = run(*asked, *who, "Jo Sample, Commissioner")
    assert "Nothing here goes over a budget" in nothing.err
