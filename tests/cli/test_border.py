"""Every command that changes something of an area, by each role of another area's panel: all are refused."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.command import main
from cli.frame.parser import manual
from models.operation import Actor
from models.operations.deciding.recommendations import RecordRecommendations, proposed
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.people import GiveRole
from models.queries.set_up.round_facts import round_rows
from models.record import Opener, Record
from models.role import Role
from models.values.rows import scored_round
from scoring.rank import rank
from tests.cli.conftest import Run
from tests.models.conftest import TickingClock
from tests.models.operations.deciding_rounds import declare_to_sign, reasoned
from tests.models.rounds import OFFICER, set_up_office
from tests.models.three_panels import AREAS, FIRST, decide, marked, named, set_up_panels
from tests.paper_text import pdf_text

QUAY, _, HARBOUR = AREAS
ROUND, FUND = ("--round", "Autumn"), ("--fund", "ACF", "--year", "2026/27")
OF_QUAY = (*ROUND, "--area", QUAY)
FOR, AWARD, ON, WHY = FIRST[QUAY], "A-031-01", ("--on", "2026-12-02"), ("--reason", "a test")
LIST, BOOK, SPENT = Path("list.csv"), Path("saved.xlsx"), Path("spent.csv")
FILES = {
    LIST: f"Organisation,Amount requested,Area\nPretend Knitters,500,{QUAY}\n",
    SPENT: f"Award reference,Expenditure\n{AWARD},100\n",
    Path("key"): "four words of nonsense here\n",
}
Arguments = tuple[str | Path, ...]
BEFORE: dict[str, tuple[Arguments, ...]] = {
    "import": ((LIST, *ROUND),),
    "choose": ((*ROUND, "--application", FOR, "--set", "crime_type=asb"),),
    "attach": ((FOR, LIST, "--kind", "quote"), ("Autumn", LIST, "--kind", "quote")),
    "attachments set": (("1", "--read", "yes"),),
    "attachments remove": (("1",),),
    "attachments erase": (("1", "--ground", "asked for"),),
    "round": (
        (*OF_QUAY, "--meets", "2026-12-03"),
        (*OF_QUAY, "--allow", "5", *WHY, "--by", "Zoe Sample, Chief Executive"),
        (*ROUND, "--marking", "OFFICIAL-SENSITIVE"),
        (*ROUND[:1], "Next", *FUND, "--start"),
    ),
    "meeting": ((*OF_QUAY, *ON, "--present", "M1"),),
    "recommend": ((*OF_QUAY, "--accept"),),
    "decide": ((*OF_QUAY, *ON, "--post", "Chair of the panel", "--accept"),),
    "words": (
        ("minutes", *ROUND, "--set", "author=Somebody"),
        ("letters", *ROUND, "--of", FOR, "--set", "answer_by=20 January 2027"),
    ),
    "export": (("minutes", *OF_QUAY, "--issue", "--out", Path("minutes.pdf")),),
    "pack": ((*ROUND, "--member", "M1", "--out", Path("p.gpk"), "--pack-passphrase-file", Path("key")),),
    "load": ((BOOK, "--replace"),),
    "signatories": (
        (*ROUND, "--set", "Chief Executive=Nobody New"),
        (*ROUND, "--note-taker", f"Nia New, {QUAY}"),
        (*ROUND, "--note-taker", "Nia New"),
        (*ROUND, "--no-note-taker", f"Note-taker of {QUAY}"),
    ),
    "organisations merge": ((FOR, "ACF-002", *WHY),),
    "organisations apart": (("Allotment Friends 1", *WHY),),
    "retention erase": ((FOR, "--ground", "asked for", "--without-letter"),),
}
"""What is tried while an area recommends, by every role."""
OF_OFFICE: dict[str, tuple[Arguments, ...]] = {
    "office": (("--set", "name=Another"),),
    "fund add": (("New Fund", "--code", "NF"),),
    "fund set": (("ACF", "cap_per_award=5000"),),
    "fund year": (("ACF", "2026/27", "5000"),),
    "fund rename": (("ACF", "Newer"),),
    "fund close": (("ACF",),),
    "fund reopen": (("ACF",),),
    "fund remove": (("ACF",),),
    "load-history": ((),),
    "merge": ((Path("none.gpr"),),),
}
AFTER: dict[str, tuple[Arguments, ...]] = {
    "decide": (
        (
            *OF_QUAY,
            *ON,
            "--post",
            "Chief Executive",
            "--notice",
            "032/2026",
            "--anew",
            f"{FOR}=0",
            "--because",
            "a test",
            "--accept",
        ),
    ),
    "challenge add": ((FOR, "--kind", "review", "--by", "Pat Example", "--grounds", "unheard"),),
    "challenge set": (("1", "--by", "Somebody"),),
    "challenge decide": (("1", "--finding", "not-upheld", "--reasons", "heard"),),
    "challenge remove": (("1",),),
    "budget": (("--allocate", f"{QUAY}=5"),),
    "year-end": ((*FUND, "--expenditure", SPENT),),
    "award subsidy": ((AWARD, "--kind", "none", *WHY),),
    "award withhold": ((AWARD, "--ground", "safety", *WHY, "--by", "Zoe Sample", "--post", "Chief"),),
    "award purpose": ((AWARD, "--text", "Sheds"),),
    "award add": (
        (
            *FUND,
            "--route",
            "single-tender",
            "--recipient",
            "Sheds",
            "--amount",
            "5",
            "--area",
            QUAY,
            "--project",
            "Sheds",
            *WHY,
            "--route-reason",
            "the only one",
        ),
    ),
    "award agree": ((AWARD, "--outcome", "Sheds"),),
    "award withdraw": ((AWARD, *WHY),),
    "award sign": (
        (
            AWARD,
            "--agreement",
            "--drawn-elsewhere",
            "--held",
            "a safe",
            "--for-office",
            "Zoe Sample, Chief",
            "--for-recipient",
            "Pat Example, Chair",
        ),
    ),
    "award pay": ((AWARD,),),
    "award profile": ((AWARD, "--profile", "full"),),
    "award due": ((AWARD, "--on", "2027-01-02"),),
    "award proof": ((AWARD, "--words", "receipts"),),
    "award hold": ((AWARD, *WHY),),
    "award recover": ((AWARD, "--amount", "5", *WHY),),
    "vary": ((AWARD, "--amount", "800", *WHY), (AWARD, "--sign")),
    "register check": ((AWARD, "payee", "--result", "passed"),),
    "payment-layout set": (("Mine", "--column", "Name=payee"),),
    "succeed": (("Allotment Friends 1", "--to", "Heirs", *WHY),),
}
"""What is tried once an area is decided."""
SOONER = {
    # refused for what the record holds before it is asked whose it is
    *("organisations separate", "organisations together", "award set", "award verify", "award ledger"),
    *("payment-layout remove", "fund template", "register load"),
    *("waiting make", "waiting give", "waiting name", "waiting keep"),
}
READING = {
    *("rank", "explain", "sensitivity", "save", "attachments list", "attachments save", "fund export"),
    "waiting list",
    *("organisations list", "organisations show", "verify", "backup", "held"),
}
OF_ALL = {
    # a record of one's own, or a whole one; what a server asks is tried on a server
    *("new", "consolidate", "restore", "salvage", "fund import", "declare"),
    *("server prepare", "server check", "server take", "server bring"),
}
AUDITOR = "Ada Auditor"
BOUND = (Role.CHAIR, Role.MEMBER, Role.ADVISER, Role.NOTE_TAKER, Role.COMMANDER, Role.DECIDER)
SAYS_WHOSE = re.compile(
    # whose it is, or what it is that the role does not do; whose files there are is told to the office alone
    rf"not for {QUAY}|the panel for {QUAY}|of {QUAY}\.|"
    r"every area|, not |You cannot|signs as|a signatory|There is no file 1 on"
)


READS_ONLY = re.compile("You are an auditor: you can read the record and change nothing in it.|signatory")


def test_the_chair_of_an_area_names_its_note_taker_and_nobody_elses(
    run: Run, made: Path, tmp_path: Path
) -> None:
    record = Path(shutil.copy(made / "before.panel", tmp_path))

    def names(role: Role, *name: str) -> list[dict[str, object]]:
        done = run("signatories", record, *ROUND, *name, "--as", named(role, HARBOUR), "--json")
        return done.json["note_takers"] if done.status == 0 else [{"refused": done.err}]

    before = names(Role.CHAIR)
    assert before == [{"name": f"Note-taker of {area}", "areas": [area]} for area in AREAS]
    named_now = names(Role.CHAIR, "--note-taker", f"Nia New, {HARBOUR}")
    assert named_now == [*before, {"name": "Nia New", "areas": [HARBOUR]}]
    quays = f"Note-taker of {QUAY}"
    shared = {"name": quays, "areas": [QUAY, HARBOUR]}
    assert shared in names(Role.CHAIR, "--note-taker", f"{quays}, {HARBOUR}")
    beyond = [("--note-taker", said) for said in ("Ned Notes", f"Ned Notes, {QUAY}")]
    for refused in (*beyond, ("--no-note-taker", quays), ("--no-note-taker", f"{quays}, {QUAY}")):
        assert "refused" in names(Role.CHAIR, *refused)[0]
    assert names(Role.CHAIR, "--no-note-taker", f"{quays}, {HARBOUR}") == named_now
    assert names(Role.CHAIR, "--no-note-taker", "Nia New") == before
    assert (
        "There is no area Nowhere"
        in run(*("signatories", record, *ROUND, "--note-taker", "Ned Notes, Nowhere")).err
    )


def test_an_auditor_is_named_by_an_officer_and_has_all_that_is_held(
    run: Run, made: Path, tmp_path: Path
) -> None:
    record = Path(shutil.copy(made / "after.panel", tmp_path))
    named_now = run("signatories", record, *ROUND, "--auditor", "Ann Audits", "--json")
    chair = run("signatories", record, *ROUND, "--auditor", "Ned", "--as", named(Role.CHAIR, QUAY))
    assert (named_now.json["auditors"], chair.status) == ([AUDITOR, "Ann Audits"], 1)

    heirs = ("succeed", record, "Allotment Friends 1", "--to", "Heirs", "--from", "2026-12-03", *WHY)
    asked = ("held", record, "--organisation", "Allotment Friends 1", "--json", "--as")
    assert run(*heirs).status == 0
    found = run(*asked, AUDITOR)
    assert (found.status, found.json) == (0, run(*asked[:-1]).json)
    assert "Heirs" in found.out
    assert "An officer, the chair or an auditor" in run(*asked, named(Role.COMMANDER, QUAY)).err
    assert run("held", record, "--person", AUDITOR, "--json", "--as", AUDITOR).status == 0


@pytest.mark.parametrize(
    ("role", "held"), [("finance", "finance"), ("auditor", "auditors"), ("note-taker", "note_takers")]
)
def test_each_role_that_is_given_by_command_is_removed_by_one(
    run: Run, made: Path, tmp_path: Path, role: str, held: str
) -> None:
    record = Path(shutil.copy(made / "before.panel", tmp_path))
    asked = ("signatories", record, *ROUND, "--json")
    before = run(*asked).json
    given = run(*asked, f"--{role}", "Nia New").json[held]
    assert len(given) == len(before[held]) + 1

    chair = run(*asked, f"--no-{role}", "Nia New", "--as", named(Role.CHAIR, QUAY))
    removed = run(*asked, f"--no-{role}", "Nia New")
    again = run(*asked, f"--no-{role}", "Nia New")

    assert (chair.status, again.status) == (1, 1)
    assert removed.json == before
    assert f"Nia New is not {role} in this round." in again.err
    assert run("verify", record).status == 0


def test_minutes_of_all_areas_open_to_a_chair_with_what_is_of_their_own(
    run: Run, made: Path, tmp_path: Path
) -> None:
    record, out = Path(shutil.copy(made / "before.panel", tmp_path)), tmp_path / "minutes.pdf"
    own, others = ("ACF-001", "ACF-002"), ("ACF-003", "ACF-004", "ACF-005", "ACF-006", "North Weald", HARBOUR)

    done = run("export", record, "minutes", *ROUND, "--out", out, "--as", named(Role.CHAIR, QUAY))

    assert done.status == 0
    for path in tmp_path.glob("*.pdf"):
        words = pdf_text(path)
        assert [one for one in own if one not in words] == []
        assert [one for one in others if one in words] == []


def says_who(path: tuple[str, ...]) -> bool:
    return any(one.flag == "--as" for one in manual()[path].arguments)


def test_each_command_that_says_who_acts_is_tried_or_named() -> None:
    known = {*BEFORE, *OF_OFFICE, *AFTER, *SOONER, *READING, *OF_ALL}

    assert {" ".join(path) for path in manual() if says_who(path)} == known


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a record whose first area recommends, one in which it is decided, and files."""
    folder = tmp_path_factory.mktemp("border")
    for path, text in FILES.items():
        (folder / path).write_text(text)
    signers = [Actor(named(role, HARBOUR), role) for role in (Role.COMMANDER, Role.DECIDER)]
    chair = Actor(named(Role.CHAIR, QUAY), Role.CHAIR)
    for name in ("before", "after"):
        path = folder / f"{name}.panel"
        with Record.create(path, Opener("Ann", "tests"), clock=TickingClock()) as record:
            set_up_panels(set_up_office(record), marked(QUAY))
            record.perform(GiveRole(1, AUDITOR, Role.AUDITOR), OFFICER)
            declare_to_sign(record, *signers)
            if name == "after":
                decide(record, QUAY)
                continue
            for stage in ("scoring", "meeting", "recommending"):
                record.perform(MoveAreas(1, (QUAY,), stage), chair)
            items = proposed(record.ask(lambda session: rank(scored_round(round_rows(session, 1)))), QUAY)
            record.perform(RecordRecommendations(1, reasoned(items)), OFFICER)
    before, after = (str(folder / f"{name}.panel") for name in ("before", "after"))
    assert main(["attach", before, FOR, str(folder / LIST), "--kind", "quote"]) == 0
    assert main(["save", before, *ROUND, str(folder / BOOK)]) == 0
    assert main(["vary", after, AWARD, "--amount", "1500", *WHY, "--over-cap", "--amount-is-right"]) == 0
    assert main(["challenge", after, "add", FOR, "--kind", "review", "--by", "Pat", "--grounds", "why"]) == 0
    return folder


def tried(acts: dict[str, tuple[Arguments, ...]]) -> Iterator[tuple[list[str], Arguments]]:
    for command, ways in acts.items():
        for arguments in ways:
            yield command.split(), arguments


@pytest.mark.parametrize(
    ("name", "acts", "role"),
    [
        *(("before", BEFORE, role) for role in BOUND),
        *(("before", OF_OFFICE, role) for role in (Role.CHAIR, Role.COMMANDER)),
        *(("after", AFTER, role) for role in (Role.CHAIR, Role.COMMANDER)),
        *(("before", acts, Role.AUDITOR) for acts in (BEFORE, OF_OFFICE)),
        ("after", AFTER, Role.AUDITOR),
    ],
)
def test_no_command_reaches_across_the_border_of_an_area(
    run: Run, made: Path, name: str, acts: dict[str, tuple[Arguments, ...]], role: Role, tmp_path: Path
) -> None:
    record = Path(shutil.copy(made / f"{name}.panel", tmp_path))
    who = AUDITOR if role == Role.AUDITOR else named(role, HARBOUR)
    says_why = READS_ONLY if role == Role.AUDITOR else SAYS_WHOSE
    before, wrong = record.read_bytes(), []

    for (command, *action), arguments in tried(acts):
        typed = [made / one if isinstance(one, Path) else one for one in arguments]
        told = run(command, record, *action, *typed, "--as", who)
        if told.status != 1 or told.out or not says_why.search(told.err) or record.read_bytes() != before:
            wrong.append((command, action, arguments, told))

    assert wrong == []
