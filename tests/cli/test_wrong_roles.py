"""Each command that acts, by somebody whose role it is not; and what each role may read with `--as`."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.command import main
from models.operation import Actor
from models.operations.panel.members import AddMember, DeclareToSign
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.people import GiveRole
from models.queries.panel.panel import MemberDetails
from models.record import Opener, Record
from models.values.rows import InterestRow
from scoring.round import InterestKind
from tests.cli.conftest import Run, Says
from tests.exchange.round_workbook.workbooks import good_sheets, save

ROUND = ("--round", "Autumn")
CHAIR, MEMBER, FINANCE, DECIDER, NOTES = (
    "Pat Example",
    "Sam Sample",
    "Finn Pays",
    "Dee Decider",
    "Noor Writer",
)
"""M1 and M2, who declared an interest in ACF-002; and who was given a role beside the panel."""
COMMANDER = "Cora Command"
APPLICATIONS = "Organisation,Amount requested,Area\nPretend Knitters,500,Coventry\n"


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record whose round has a chair, a member, and people besides the panel."""
    folder = tmp_path_factory.mktemp("staffed")
    workbook = save(good_sheets(), folder / "round.xlsx")
    assert main(["new", str(folder / "office.panel"), "--office", "Office of Westmarch"]) == 0
    assert main(["load", str(folder / "office.panel"), str(workbook)]) == 0
    (folder / "more.csv").write_text(APPLICATIONS)
    with Record.open(folder / "office.panel", Opener("tests", "tests")) as record:
        for name, role in ((FINANCE, "finance"), (DECIDER, "decider"), (NOTES, "note-taker")):
            record.perform(GiveRole(1, name, role), Actor("Grace Okoro"))
        none = InterestRow(DECIDER, None, InterestKind.NONE)
        record.perform(DeclareToSign(1, DECIDER, (none,)), Actor("Grace Okoro"))
    return folder


@pytest.fixture
def office(staffed: Path, tmp_path: Path) -> Path:
    """A copy of that record, with a list to import and the workbook beside it."""
    for file in staffed.iterdir():
        if file.is_file():
            (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path / "office.panel"


def acts(office: Path) -> Iterator[tuple[str, tuple[str | Path, ...], str]]:
    """Yield each command that changes something, and who of the five may not, by their first letters."""
    out = office.parent
    yield "import", (office, out / "more.csv", *ROUND), "MFDN"
    yield (
        "pack",
        (office, *ROUND, "--member", "M1", "--out", out / "p.gpk", "--pack-passphrase-file", out / "k"),
        "MFDN",
    )
    yield "merge", (office, out / "none.gpr", "--dry-run"), "MFDN"
    yield "load-history", (office,), "CMDN"
    for kind, ending, letters in (("schedule-xlsx", ".xlsx", "MDN"), ("minutes", ".pdf", "MD")):
        yield "export", (office, kind, *ROUND, "--issue", "--out", out / f"{kind}{ending}"), letters
    yield "export", (office, "letters", *ROUND, "--issue", "--reasons-read", "--out", out / "letters"), "CMDN"
    yield (
        "export",
        (office, "finance", *ROUND, "--issue", "--leave-empty", "--out", out / "finance.xlsx"),
        "CMDN",
    )
    who = ("--prefix", "360G-made-up", "--funder", "GB-GOR-XX1")
    yield "export", (office, "360giving", *ROUND, *who, "--out", out / "open.json"), "CMDN"
    yield "save", (office, *ROUND, out / "saved.xlsx"), "MFDN"


NAMES = {"C": CHAIR, "M": MEMBER, "F": FINANCE, "D": DECIDER, "N": NOTES}


def test_a_command_is_refused_to_whoever_has_no_role_for_it(run: Run, office: Path) -> None:
    (office.parent / "k").write_text("four words of nonsense here\n")
    before, there = office.read_bytes(), sorted(path.name for path in office.parent.iterdir())

    for command, arguments, letters in acts(office):
        for letter in letters:
            said = run(command, *arguments, "--as", NAMES[letter])
            assert (said.status, said.out) == (1, ""), (command, letter, said)
            assert re.search(", not ", said.err), (command, letter, said)
            assert len(said.err.splitlines()) <= 4

    assert office.read_bytes() == before
    assert sorted(path.name for path in office.parent.iterdir()) == there


def test_the_office_and_those_whose_it_is_are_let_through(run: Run, office: Path) -> None:
    assert run("import", office, office.parent / "more.csv", *ROUND, "--as", CHAIR).status == 0
    assert run("load-history", office, "--as", FINANCE).status == 0
    assert run("load-history", office).status == 0
    # a name that is nowhere in the record works for the office, and so does no name at all
    for who in ((), ("--as", "Una Known"), ("--as", "pat  EXAMPLE")):
        assert (
            run("save", office, *ROUND, office.parent / f"saved{len(who)}{who[-1:]}.xlsx", *who).status == 0
        )
        assert run("rank", office, *who, "--json").status == 0
    with Record.read_copy(office) as record:
        actors = record.ask(_actors)
    assert (CHAIR, "chair") in actors
    assert (FINANCE, "finance") in actors


def test_who_signed_on_paper_is_refused_only_for_a_mark(run: Run, refused: Says, office: Path) -> None:
    run("recommend", office, *ROUND, "--accept", "--reasons", _reasons(office.parent))
    paper = ("decide", office, *ROUND, "--on", "2026-11-16", "--post", "Chief Executive", "--accept")
    paper = (*paper, "--unsigned-because", "The commander is away.")

    scored = refused(*paper, "--notice", "031/2026", "--as", MEMBER)
    assert "gave marks in this round, and nobody both scores and decides" in scored
    other = (*paper, "--notice", "031/2026", "--as", NOTES)
    assert "signs as Chief Executive, not" in refused(*other)
    assert run(*other, "--new-signatory", "They stand in this month.").status == 0  # of another role before


@pytest.mark.parametrize("command", ["rank", "explain", "sensitivity", "recommend"])
def test_what_an_interest_closes_is_told_to_nobody_who_declared_it(
    run: Run, office: Path, command: str
) -> None:
    with_one = {
        "rank": (),
        "explain": ("--application", "ACF-002"),
        "sensitivity": ("--draws", "10"),
        "recommend": ROUND,
    }[command]

    whole, told = run(command, office, *with_one), run(command, office, *with_one, "--as", MEMBER)

    assert whole.status == 0
    if command == "rank":
        document = run("rank", office, "--as", MEMBER, "--json").json
        (line,) = [one for one in document["applications"] if one["reference"] == "ACF-002"]
        assert (line["total"], line["quality"], line["criteria"], line["outcome_reason"]) == (
            None,
            None,
            [],
            None,
        )
        assert line["reasons"] == ["You declared an interest in this application"]
        others = [one for one in document["applications"] if one["reference"] != "ACF-002"]
        same = [
            one for one in run("rank", office, "--json").json["applications"] if one["reference"] != "ACF-002"
        ]
        assert others == same
    else:
        assert (told.status, told.out) == (1, "")
        assert told.err.startswith("You declared an interest in ACF-002")


def test_nothing_opens_to_a_member_or_a_commander_before_they_declare(run: Run, office: Path) -> None:
    newcomer = MemberDetails("JO", "Jo Newcomer")
    with Record.open(office, Opener("tests", "tests")) as record:
        record.perform(AddMember(1, newcomer), Actor(CHAIR, "chair"))
        record.perform(GiveRole(1, COMMANDER, "commander"), Actor("Grace Okoro"))

    for command in (
        ("rank",),
        ("explain", "--application", "ACF-001"),
        ("sensitivity",),
        ("recommend", *ROUND),
    ):
        for name in (newcomer.name, COMMANDER):
            told = run(command[0], office, *command[1:], "--as", name)
            assert (told.status, told.out) == (1, ""), command
            assert told.err.startswith("You have not declared your interests in this round yet")


def test_somebody_declares_line_by_line_on_the_list_and_then_the_rest_opens(run: Run, office: Path) -> None:
    with Record.open(office, Opener("tests", "tests")) as record:
        record.perform(GiveRole(1, COMMANDER, "commander"), Actor("Grace Okoro"))
    mine = ("declare", office, *ROUND, "--as", COMMANDER)

    listed = run(*mine, "--json").json["applications"]
    gaps = run(*mine, "--interest", "ACF-001", "pecuniary", "sits on its board")
    made = run(*mine, "--interest", "ACF-001", "pecuniary", "sits on its board", "--none-for-all-the-rest")

    assert {one["declared"] for one in listed} == {""}
    assert (gaps.status, gaps.err) == (
        1,
        "There is no answer on ACF-003, ACF-002. Name each with --interest or --none, or give "
        "--none-for-all-the-rest.\n",
    )
    assert made.out.startswith(f"The declaration of {COMMANDER} is recorded.")
    assert run("rank", office, "--as", COMMANDER).status == 0
    assert run("explain", office, "--application", "ACF-001", "--as", COMMANDER).err.startswith(
        "You declared an interest in ACF-001"
    )
    silent = run(*mine, "--none", "ACF-001")
    assert (silent.status, silent.err) == (
        1,
        "ACF-001 was declared. --withdraw REFERENCE WHY takes it back.\n",
    )
    nothing = run(*mine, "--withdraw", "ACF-002", "a slip")
    assert (nothing.status, nothing.err) == (
        1,
        "No interest in ACF-002 is declared that could be withdrawn.\n",
    )
    assert (
        run(*mine, "--withdraw", "ACF-001", "left the board last year", "--statement", "No ties.").status == 0
    )
    (first, *_) = run(*mine, "--json").json["applications"]
    assert first["declared"] == "none"


@pytest.mark.parametrize(
    ("name", "said", "words"),
    [
        (CHAIR, ("--interest", "ACF-001", "friendship", "x"), "“friendship” is not one of pecuniary"),
        (CHAIR, ("--interest", "ACF-001", "pecuniary", " "), "Say what the interest in ACF-001 is."),
        (CHAIR, ("--none", "ACF-9"), "There is no application ACF-9 on the list."),
        (
            FINANCE,
            ("--none-for-all-the-rest",),
            "Finn Pays is finance here. Members of the panel, commanders",
        ),
        (" ", ("--none-for-all-the-rest",), "Say with --as who declares."),
    ],
)
def test_a_declaration_that_cannot_be_put_down_says_why(
    refused: Says, office: Path, name: str, said: tuple[str, ...], words: str
) -> None:
    assert refused("declare", office, *ROUND, "--as", name, *said).startswith(words)


def test_a_list_opens_to_a_member_with_their_own_sheets(run: Run, office: Path) -> None:
    with Record.open(office, Opener("tests", "tests")) as record:
        record.perform(MoveAreas(1, ("Coventry",), "scoring"), Actor(CHAIR, "chair"))

    # Pat handed ACF-001 in; ACF-003, in Coventry too, is still to be marked
    for command in (("rank",), ("explain", "--application", "ACF-001"), ("sensitivity", "--draws", "10")):
        told = run(command[0], office, *command[1:], "--as", CHAIR)
        assert (told.status, told.out) == (1, "")
        assert told.err.startswith("The ranked list opens when you have handed in your own score sheets"), (
            command
        )
    assert run("rank", office, "--area", "Walsall", "--as", CHAIR).status == 0
    assert run("rank", office, "--as", NOTES).status == 0
    assert run("rank", office).status == 0


def test_a_workbook_knows_nobody(run: Run, workbook: Path) -> None:
    told = run("rank", workbook, "--as", CHAIR)

    assert (told.status, told.err) == (
        1,
        "A workbook has no people to act as. Leave --as out, or name a record.\n",
    )


def _reasons(folder: Path) -> Path:
    path = folder / "reasons.csv"
    path.write_text("Reference,Reason\nACF-001,Keeps evenings busy\nACF-003,Songs for all\nACF-002,Beds\n")
    return path


def _actors(session: object) -> list[tuple[str, str]]:
    from models.store.chain import entries

    return [(entry.actor.name, str(entry.actor.role)) for entry in entries(session)]  # type: ignore[arg-type]
