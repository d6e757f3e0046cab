"""In which role somebody who is only named acts, in a round, in a round to come and in the whole record."""

from unicodedata import normalize

import pytest
from msgspec.structs import replace

from models.operation import Actor
from models.operations.set_up.areas import MoveArea
from models.operations.set_up.people import GiveRole
from models.papers.kinds import KINDS
from models.permissions.papers import PAPERS_OF_CHAIR
from models.permissions.viewing import Viewer
from models.queries.permissions.acting import acting, roles_of, round_of
from models.queries.permissions.reading import only_viewer_of, refuse_other_roles, viewer_of
from models.record import Record
from models.role import Role
from models.session import LET_IN, Session
from models.values.rounds import RoundKey
from scoring.written.text import Refused
from tests.models.rounds import KEY, load, set_up_office, set_up_round, workbook_rows

MOVE = MoveArea(1, "Dudley", "scoring")


@pytest.mark.parametrize(
    ("name", "roles", "wanted"),
    [
        ("ravi  EXAMPLE", None, Actor("Ravi Example", Role.CHAIR)),  # spelled as the record has it
        ("Nobody Known", None, Actor("Nobody Known", Role.OFFICER)),
        ("Ann Sample", None, Actor("Ann Sample", Role.MEMBER)),  # none of hers may: the first
        ("Ann Sample", (Role.MEMBER, Role.CHAIR), Actor("Ann Sample", Role.CHAIR)),
    ],
)
def test_who_is_only_named_acts_in_the_first_role_that_may(
    record: Record, name: str, roles: tuple[Role, ...] | None, wanted: Actor
) -> None:
    load(set_up_office(record))

    assert record.ask(lambda session: acting(session, MOVE, name, roles)) == wanted


@pytest.mark.parametrize(
    "name", ["Zoë O'Brien-King", "zoë  O’BRIEN‑KING", normalize("NFD", "Zoë O'Brien-King")]
)
def test_a_name_of_print_is_known_as_a_keyboard_writes_it(record: Record, name: str) -> None:
    """Else a chair who is typed so works for the office, which may do what the chair may not."""
    rows = workbook_rows()
    known = "Zoë O’Brien-King"
    load(
        set_up_office(record),
        replace(rows, members=(replace(rows.members[0], name=known), *rows.members[1:])),
    )

    assert record.ask(lambda session: acting(session, MOVE, name)) == Actor(known, Role.CHAIR)
    assert record.ask(lambda session: viewer_of(session, name, 1)) == Viewer(known, Role.CHAIR, "M2")
    bare, asked = "Zoe O'Brien-King", "“Zoe O'Brien-King” is spelt nearly as Zoë O’Brien-King, who is in"
    with pytest.raises(Refused, match=asked):
        record.ask(lambda session: acting(session, MOVE, bare))

    def signed_on(session: Session) -> Actor:
        return acting(session.execution_options(**{LET_IN: (Role.READER,)}), MOVE, bare)

    assert record.ask(signed_on) == Actor(bare, Role.READER), "who signed on is who they are"
    with pytest.raises(Refused, match=asked):
        record.ask(lambda session: only_viewer_of(session, bare, 1))


@pytest.mark.parametrize(
    ("key", "number"),
    [
        (KEY, 1),
        (RoundKey("acf", KEY.year, KEY.name), 1),  # a fund by its code
        (RoundKey("ACTIVE citizens fund", KEY.year, KEY.name), 1),
        (RoundKey(KEY.fund, "2027/28", KEY.name), None),  # a round to come
        (RoundKey("Community Safety Fund", KEY.year, KEY.name), None),
    ],
)
def test_a_change_that_names_its_round_is_of_that_round(
    record: Record, key: RoundKey, number: int | None
) -> None:
    load(set_up_office(record))

    assert record.ask(lambda session: round_of(session, set_up_round(key, ("Coventry",)))) == number
    assert record.ask(lambda session: round_of(session, MOVE)) == 1
    assert record.ask(lambda session: round_of(session, GiveRole(1, "Ann Sample", Role.OFFICER))) == 1


@pytest.mark.parametrize(
    ("name", "paper", "words"),
    [
        ("Nobody Known", "", ""),  # who is in no round works for the office
        ("Nobody Known", "schedule", ""),
        ("Ravi Example", "CHAIRS", ""),
        ("Ravi Example", "", ""),
        ("Ravi Example", "OTHERS", "writes this paper"),
        ("Ann Sample", "", "writes a whole round as a workbook"),
        ("Ann Sample", "CHAIRS", "writes this paper"),
    ],
)
def test_a_paper_is_refused_to_who_has_no_role_that_writes_it(
    record: Record, name: str, paper: str, words: str
) -> None:
    load(set_up_office(record))
    code = {"CHAIRS": min(PAPERS_OF_CHAIR), "OTHERS": min(set(KINDS) - PAPERS_OF_CHAIR)}.get(paper, paper)

    def refused() -> str:
        try:
            record.ask(lambda session: refuse_other_roles(session, name, 1, code))
        except Refused as said:
            return str(said)
        return ""

    assert words in refused()
    assert bool(refused()) == bool(words)


@pytest.mark.parametrize(
    ("name", "round_id", "let_in", "roles"),
    [
        ("Ravi Example", 1, (Role.CHAIR,), (Role.CHAIR,)),
        ("Ravi Example", 1, (Role.MEMBER,), (Role.READER,)),  # chairs it, and is let in as no chair
        ("Ann Sample", 1, (Role.CHAIR,), (Role.MEMBER,)),  # who chairs elsewhere sits here
        ("Ann Sample", 1, (Role.MEMBER, Role.OFFICER), (Role.MEMBER, Role.OFFICER)),
        ("Ann Sample", None, (Role.MEMBER,), (Role.MEMBER,)),
        ("Nobody Known", 1, (Role.FINANCE,), (Role.FINANCE,)),
        ("Nobody Known", None, (Role.DECIDER,), (Role.READER,)),  # a stranger to the rounds is no officer
    ],
)
def test_on_a_server_nobody_is_more_than_they_are_let_in_as(
    record: Record, name: str, round_id: int | None, let_in: tuple[Role, ...], roles: tuple[Role, ...]
) -> None:
    load(set_up_office(record))

    def asked(session: Session) -> tuple[Role, ...]:
        return roles_of(session.execution_options(**{LET_IN: let_in}), name, round_id)

    assert record.ask(asked) == roles
