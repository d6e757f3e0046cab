"""Each way to set the money of an award asks each check by command, and names the option that answers it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace

from models.operations.awards.direct_awards import proposal_change
from models.operations.awards.variations import VaryAward
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.deciding.signing import SignRecommendations
from models.operations.set_up.areas import SetPot
from models.queries.awards.awards import awards
from models.queries.deciding.decisions import recommendations
from models.record import Record
from models.values.awards import Terms
from models.values.recommending import LineDecision
from models.values.rows import RoundRows
from scoring.allocating.gate import Concern
from tests.cli.conftest import Run
from tests.models.conftest import OPENER
from tests.models.operations.awards.proposals import BOXING
from tests.models.operations.budgets import ACF, YEAR, allocate
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    decided,
    deciding_rows,
    last_step,
    paper,
    recommended,
    sign_too,
)
from tests.models.rounds import OFFICER, only_round

SUM, WHY = "1600", "It keeps them off the street."
"""What each way sets, in pounds."""
AUTHORITY = ("--allowed-by", "Jo Sample, Commissioner", "--allowed-because", "The hall burnt down.")


class Way(Struct, frozen=True):
    """What is there before, the command without its record and signer, and whether somebody signs by it."""

    before: Callable[[Record, RoundRows], object]
    words: tuple[str, ...]
    signs: bool = True
    draws_on_pot: bool = True


def set_pot(record: Record, pence: int) -> None:
    stood = only_round(record).areas[0]
    record.perform(SetPot(1, replace(stood, pot_pence=pence), stood), OFFICER)


def to_decide(record: Record, rows: RoundRows) -> None:
    """Recommend by hand what is then decided as it was recommended."""
    recommended(record, rows)
    set_pot(record, 1_000_000)
    (stood,) = (row for row in record.ask(lambda s: recommendations(s, 1)) if row.application == "ACF-003")
    part = replace(stood, outcome="part_fund", amount_pence=int(SUM) * 100, reason=WHY)
    record.perform(RecordRecommendations(1, (part,)), OFFICER)
    record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    sign_too(record, COMMANDER, DECIDER)


def to_correct(record: Record, rows: RoundRows) -> None:
    """Decide on £1,000 for what asked for £3,000."""
    decided(record, rows)
    least = LineDecision("ACF-003", "change", "part_fund", 100_000, WHY, "It is needed.")
    record.perform(replace(paper(last_step(least, notice="030/2026")), correcting=True), OFFICER)


DECIDES = ("decide", "--round", "Autumn", "--notice", "032/2026", "--on", DAY.isoformat(), "--accept")
LATER = (*DECIDES, "--unsigned-because", "They are away.")
ANEW = (*LATER, "--because", "More is wanted.", "--award-reason", WHY, "--pays-for", "a part of it")
ADDS = (
    *("award", "add", "--fund", "ACF", "--year", "2026/27", "--area", "Coventry", "--reason", WHY),
    *("--amount", SUM, "--project", "Evening gym"),
)
WAYS = {
    "decision": Way(to_decide, LATER),
    "correction": Way(to_correct, (*ANEW, "--anew", f"ACF-003={SUM}")),
    "reserve award": Way(decided, (*ANEW, "--anew", f"ACF-003={SUM}")),
    "variation": Way(decided, ("vary", "A-031-01", "--amount", SUM, "--reason", "more to do"), signs=False),
    "direct award": Way(
        decided,
        (*ADDS, "--route", "commissioned-service", "--recipient", "Westmarch Boxing"),
        signs=False,
        draws_on_pot=False,
    ),
    "top-up": Way(
        decided,
        (*ADDS, "--route", "extension", "--extends", "A-031-01"),
        signs=False,
        draws_on_pot=False,
    ),
}


def made(
    folder: Path, way: Way, *, caps: tuple[int | None, int | None] = (None, None), year: int = 0
) -> Path:
    """Make a record in which a way is open, under caps (pence) for an award and an organisation."""
    path, rows = folder / "office.panel", deciding_rows()
    award, organisation = caps
    scheme = replace(rows.scheme, cap_per_award_pence=award, cap_per_organisation_pence=organisation)
    pots = (replace(rows.areas[0], pot_pence=400_000), *rows.areas[1:])
    with Record.create(path, OPENER) as record:
        way.before(record, replace(rows, scheme=scheme, areas=pots))
        agreed = sum(row.agreed_pence for row in record.ask(lambda s: awards(s, 1)))
        set_pot(record, max(year, agreed) if year else 1_000_000)
        if year:
            allocate(record, Coventry=year)
    return path


def asked(run: Run, path: Path, way: Way, *more: str, signer: str = "Dan Decides") -> str:
    """Return what a way is refused for, with more options; "" where it is done."""
    name, *words = way.words
    group = [words.pop(0)] if name in ("award", "vary", "challenge") else []
    who = ("--as", signer, "--post", "Chief Executive") if way.signs else ()
    ran = run(name, path, *group, *words, *who, *more)
    assert (ran.status != 0) == bool(ran.err) or ran.status == 0
    return ran.err if ran.status else ""


@pytest.mark.parametrize("name", WAYS)
@pytest.mark.parametrize("caps", [(150_000, None), (None, 150_000)], ids=["award", "organisation"])
def test_a_cap_is_asked_with_its_option(
    tmp_path: Path, run: Run, name: str, caps: tuple[int | None, int | None]
) -> None:
    path = made(tmp_path, WAYS[name], caps=caps)

    assert "--over-cap" in asked(run, path, WAYS[name])
    assert asked(run, path, WAYS[name], "--over-cap") == ""


@pytest.mark.parametrize("name", WAYS)
def test_a_budget_that_is_passed_is_asked_with_its_option_and_nobody_is_inferred(
    tmp_path: Path, run: Run, name: str
) -> None:
    path, way = made(tmp_path, WAYS[name], year=300_000), WAYS[name]

    said = asked(run, path, way)

    assert "and nobody allows that yet" in said
    assert "--allow POUNDS" in said
    assert ("the round budget of Coventry" in said) is way.draws_on_pot
    assert "Allow that and no more" in asked(run, path, way, "--allow", "9999", *AUTHORITY)
    assert run("budget", path, "--json").json["overspends"] == []


@pytest.mark.parametrize("name", [name for name, way in WAYS.items() if way.signs])
def test_somebody_whom_no_list_names_is_asked_with_the_option(tmp_path: Path, run: Run, name: str) -> None:
    path = made(tmp_path, WAYS[name])

    assert "--new-signatory" in asked(run, path, WAYS[name], signer="Zed Nobody")


@pytest.mark.parametrize("name", [name for name, way in WAYS.items() if not way.signs])
def test_ten_times_another_amount_is_asked_with_its_option(tmp_path: Path, run: Run, name: str) -> None:
    path, way = made(tmp_path, WAYS[name]), WAYS[name]
    much = replace(way, words=tuple("16000" if word == SUM else word for word in way.words))

    said = asked(run, path, much)

    assert ("--amount-is-right" in said) or name != "variation"


CHALLENGED = (
    (
        "add",
        "ACF-003",
        "--kind",
        "appeal",
        "--by",
        "Uma Asker",
        "--grounds",
        "why",
        "--received",
        "2026-12-03",
    ),
    ("set", "1", "--acknowledged", "2026-12-03", "--looked-at-by", "Lee Looks", "--looked-at-post", "Lawyer"),
    ("decide", "1", "--finding", "upheld", "--reasons", "One.", "--new-decision", "--on", "2026-12-04"),
)


def to_sign(record: Record, rows: RoundRows) -> None:
    """Propose more for an award, and an award without a competition."""
    decided(record, rows)
    more, sure = Terms(int(SUM) * 100), tuple(Concern)
    record.perform(VaryAward(1, "ACF-001", 1, more, "more to do", DAY, sure), OFFICER)
    award = replace(BOXING, amount_pence=int(SUM) * 100)
    record.perform(record.ask(lambda s: proposal_change(s, ACF, YEAR, award, sure)), OFFICER)


PAPER = ("--on", DAY.isoformat(), "--interests", "none")
CORA = ("--as", COMMANDER.name, "--post", "NPU commander")
DAN = ("--as", DECIDER.name, "--post", "Chief Executive", "--notice", "033/2026", "--unsigned-because", "no")
ANSWER = ("--award", SUM, "--pays-for", "a part", "--award-reason", WHY, "--notice", "033/2026")
SIGNATURES = {
    "vary --sign": Way(to_sign, ("vary", "A-031-01", "--sign", "--from-paper", *PAPER, *CORA), signs=False),
    "award sign": Way(to_sign, ("award", "sign", "ACF-D26-001", *PAPER, *DAN), signs=False),
    "challenge decide": Way(
        decided,
        (
            *("challenge", "decide", "1", *ANSWER, "--on", "2026-12-04"),
            *("--signed-by", DECIDER.name, "--post", "Chief Executive"),
        ),
        signs=False,
    ),
}


@pytest.mark.parametrize("name", SIGNATURES)
def test_a_signature_that_passes_a_budget_records_who_allows_it(tmp_path: Path, run: Run, name: str) -> None:
    path, way = made(tmp_path, SIGNATURES[name], year=300_000), SIGNATURES[name]
    for words in CHALLENGED if name == "challenge decide" else ():
        assert run("challenge", path, *words).err == ""
    before = len(run("budget", path, "--json").json["overspends"])

    said = asked(run, path, way)
    most = max(re.findall(r"This is £([0-9,.]+) over", said), key=len)
    unnamed = asked(run, path, way, "--allow", most, "--allowed-because", "why", "--allowed-by", "Jo Sample")
    done = asked(run, path, way, "--allow", most, *AUTHORITY)

    assert "--allow POUNDS" in said
    assert "Give the name and the post of the person who allows it" in unnamed
    assert done == ""
    found = run("budget", path, "--json").json["overspends"][before:]
    assert {(one["name"], one["post"], one["reason"]) for one in found} == {
        ("Jo Sample", "Commissioner", "The hall burnt down.")
    }
