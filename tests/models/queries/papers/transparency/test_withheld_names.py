"""No paper for the public differs by whose name is withheld: every kind, over two records."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from models.operations.awards.checks import SetWithheldName
from models.operations.set_up.office import SetPublisher
from models.papers.kinds import KINDS, PaperKind, Scope
from models.papers.order import PaperOrder
from models.queries.papers.papers import paper_value
from models.record import Opener, Record
from models.session import Session
from models.trouble import Trouble
from models.values.awards import WithheldName
from models.values.rows import RoundRows
from scoring.written.text import Refused
from tests.models.conftest import TickingClock
from tests.models.operations.awards.proposals import BOXING, award, direct
from tests.models.operations.deciding_rounds import decide, deciding_rows, recommended
from tests.models.rounds import OFFICER

NOW = datetime(2027, 4, 1, tzinfo=UTC)
NAMES = ("Zebra Haven", "Quagga Haven")
INSIDE = {
    *("schedule", "finance", "to-sign", "panel-book", "minutes", "minutes-annex", "monitoring"),
    *("acknowledgements", "letters", "award-letters", "challenge-letters", "agreement"),
}
"""What stays in the office, or is sent to the recipient."""
ALL_NAMES = {"names_declined": True, "names_panel": True, "with_undecided": True}
OWN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{64}\b|([0-9a-f]{4} ){2}[0-9a-f]{4}")


def rows(name: str) -> RoundRows:
    """Return a round in which one of three applications is from an organisation whose name is withheld."""
    of = deciding_rows()
    first, *others = of.applications
    told = replace(
        first,
        organisation=name,
        contact_name=f"Bo of {name}",
        email=f"{name.split()[0]}@example.org",
        address=f"{name} House\nMill Lane",
        charity_number="1170001" if name == NAMES[0] else "1170009",
        project=f"{name} at night",
        summary=f"{name} opens at night.",
        need=f"Nobody but {name} does.",
    )
    return replace(of, applications=(told, *others))


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Record, Record]]:
    """Two records with an award after a competition and one without, whose recipients are withheld."""
    folder = tmp_path_factory.mktemp("withheld")
    both = tuple(made(folder / f"{name}.panel", name) for name in NAMES)
    yield both[0], both[1]
    for record in both:
        record.close()


def made(path: Path, name: str) -> Record:
    record = Record.create(path, Opener("Grace Okoro", "tests"), clock=TickingClock())
    recommended(record, rows(name))
    decide(record)
    record.perform(SetPublisher("360G-Example", "GB-GOR-PB1"), OFFICER)
    given = replace(
        BOXING,
        organisation=f"{name} Works",
        project=f"{name} Works nights",
        summary=f"{name} Works",
        charity_number="1170002" if name == NAMES[0] else "1170008",
        contact_name=f"Jo of {name}",
    )
    reference = award(record, given)
    hidden = WithheldName("safety", "Its guests are looked for.", "Olu Example", "Chief Executive", name)
    for number, of in ((1, "ACF-001"), (direct(record), reference)):
        record.perform(SetWithheldName(number, of, hidden, None), OFFICER)
    return record


def orders(kind: PaperKind) -> Iterator[PaperOrder]:
    """Yield what may be asked of a kind that tells the most."""
    if kind.scope is Scope.ROUND:
        plain = PaperOrder(kind.code, NOW, 1)
        every = [plain, replace(plain, round_id=2)]
        if "is_of_all" in kind.choices:
            every.append(replace(plain, round_id=None))
        if "names_declined" in kind.choices:
            every += [replace(one, **ALL_NAMES) for one in every]
        yield from every
    elif kind.scope is Scope.MONTH:
        yield PaperOrder(kind.code, NOW, period="2026/27")
    elif kind.scope is Scope.PERIOD:
        yield PaperOrder(kind.code, NOW, period="2026/27", fund="ACF")
    else:
        yield PaperOrder(kind.code, NOW, fund="ACF", year="2026/27")
        yield PaperOrder(kind.code, NOW)


def told(record: Record, order: PaperOrder) -> str:
    def ask(session: Session) -> str:
        return KINDS[order.kind].text_of(paper_value(session, order))

    try:
        return OWN.sub("…", record.ask(ask))
    except (Refused, Trouble) as error:
        return f"refused: {error}"


@pytest.mark.parametrize("code", [code for code in KINDS if code not in INSIDE])
def test_no_public_paper_differs_by_whose_name_is_withheld(pair: tuple[Record, Record], code: str) -> None:
    found = [tuple(map(partial(told, record), orders(KINDS[code]))) for record in pair]

    has_any = not all(text.startswith("refused") for text in found[0])
    assert has_any or code == "ministry", "this fund reports nothing to it: see its own tests"
    assert found[0] == found[1]
    assert not [name for text in found[0] for name in NAMES if name.split()[0].casefold() in text.casefold()]


def test_what_stays_inside_tells_it(pair: tuple[Record, Record]) -> None:
    """Whoever pays, signs or is written to reads the name: so the records do differ."""
    whole = [told(pair[0], order) for code in INSIDE for order in orders(KINDS[code])]
    assert sum("Zebra Haven" in text for text in whole) > 5
