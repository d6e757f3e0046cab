"""After every change that a record knows, applications are erased, each alone and all, and it verifies."""

import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import asdict, replace
from sqlalchemy import Text, select, true
from sqlalchemy.exc import DBAPIError

from models.copies.office_server import load as load_into
from models.journal.erasing import erase, proved_erasure_of
from models.journal.verify import verify
from models.operation import Operation
from models.operations.applications.attachments import AttachFiles, put_attached
from models.operations.applications.organisations import MergeOrganisations
from models.operations.awards.agreements import RecordAgreement
from models.operations.awards.checks import SetCheck
from models.operations.awards.paying import PayInstalment, SetReturned
from models.operations.awards.variations import AskBack, SignVariation, VaryAward
from models.operations.deciding.challenges import SetChallenge
from models.operations.deciding.recommendations import RecordRecommendations, proposed
from models.operations.panel.agreed import AgreeMarks, SetAgreedMark
from models.operations.registry import OPERATIONS
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.office import SetUpOffice
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.reference.defaults import FundList, ListItem, ListKind
from models.schema.applications import application_table, disposal_table, organisation_table
from models.schema.base import MARKED, METADATA
from models.schema.holding import owning_columns, rows_of
from models.schema.journal import journal_body_table, journal_table
from models.schema.packs import returned_table
from models.schema.personal import marked_fields
from models.session import Session, pairs_of
from models.store.places import server_address
from models.trouble import Trouble
from models.values import canonical
from models.values.attachments import APPLICATION, Subject, kept_file
from models.values.awards import Challenge, ChallengeKind, Returned, Terms
from models.values.diligence import CheckResult
from models.values.rows import scored_round
from scoring.rank import rank
from scoring.written.text import Refused
from tests.models.both_signed import BOTH, both_sign
from tests.models.conftest import OPENER, TickingClock
from tests.models.journal.erased_walk import at_intake, in_meeting, on_awards, on_files, on_sheets
from tests.models.journal.test_erasing import SECRET, telling
from tests.models.made_once import file_made_once
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    FINANCE,
    THIRDS,
    decide,
    deciding_rows,
    declare_to_sign,
    reasoned,
)
from tests.models.operations.test_every_operation import EXAMPLES
from tests.models.operations.test_papers import file_of, issue_file
from tests.models.packed_rounds import declare, fill, issue, laptop, make_return, take_in
from tests.models.ready_to_pay import verified_account
from tests.models.rounds import FUND, OFFICER, load
from tests.models.store.locks.test_every_kind import held_in
from tests.server import cluster

REFERENCES = ("ACF-001", "ACF-002", "ACF-003")
ROLES = (OFFICER, CHAIR, FINANCE)
LEFT_OUT = frozenset(
    (
        "attach files",
        "delete bank details",
        "ask back",
        "hold application",
        "remove direct award",
        "erase bodies",
        "erase attachments",
        "remove round",
        "load round",
        "open pack",
    )
)
"""What ends the round, is done once all is paid, or belongs to the record of somebody else."""
ELSEWHERE = {
    "erase bodies": "what the tests do after the walk",
    "bring area back": "tests/models/packs/test_consolidation.py",
    "take in rounds": "tests/models/packs/test_consolidation.py",
}
"""What a walk in one record cannot have, and where applications are erased after it."""
ENDS_EARLY = frozenset(
    ("replace round", "record recommendations", "change applications", "remove applications", "set withdrawn")
)
"""What keeps applications from being decided."""

AWARDED = (
    RecordAgreement(1, "ACF-001", replace(BOTH, held_at=f"{SECRET} safe 2"), BOTH),
    VaryAward(1, "ACF-001", 1, Terms(end_on=date(2027, 12, 1)), f"{SECRET} longer", DAY),
    VaryAward(1, "ACF-002", 1, Terms(amount_pence=210_000), f"{SECRET} more", DAY),
    SignVariation(1, "ACF-002", 1, 0, COMMANDER.name, "NPU commander", DAY, "none", from_paper=True),
    SignVariation(1, "ACF-002", 1, 1, DECIDER.name, "Chief Executive", DAY, "none", from_paper=True),
    AskBack(1, "ACF-001", 1, 500, DAY, f"{SECRET} not spent"),
    SetReturned(1, "ACF-001", (Returned(5, DAY, f"{SECRET} one session fewer"),), ()),
    SetCheck(1, "ACF-001", "sanctions", CheckResult("passed", DAY, f"{SECRET} no match"), None),
    SetChallenge(
        1, "ACF-003", 1, Challenge(ChallengeKind.APPEAL, "Ann", f"{SECRET} never listened", DAY, DAY), None
    ),
)
"""What happens to awards and decisions, after the sums that the round was decided with."""


@file_made_once
def walked(path: Path) -> Path:
    """Make a record in a file and walk a round in it."""
    with Record.create(path, OPENER, clock=TickingClock()) as record:
        walk(record, path.with_suffix(".member"))
    return path


def walk(record: Record, member: Path) -> None:
    """Take a round from packs to payments, and try every example of a change at each step of it."""
    lists = (FundList(ListKind.CRIME, (ListItem("asb", "Nuisance"),)),)
    record.perform(SetUpOffice("Office", (replace(FUND, payments=(THIRDS,), lists=lists),)), OFFICER)
    rows = deciding_rows()
    sheets = tuple(
        replace(one, member="M2", reasons=(f"{one.application} is neighbourly", "", ""))
        for one in rows.sheets
    )
    told = tuple(telling(number) for number in (1, 2, 3))
    loaded = replace(rows, applications=told, sheets=sheets)
    load(record, loaded)
    at_intake(record, loaded, replace(telling(4), answers=()))
    record.perform(MoveAreas(1, ("Coventry",), "scoring"), CHAIR)
    _return_from(record, member)
    on_sheets(record)
    _try_all(record, besides=ENDS_EARLY)
    declare_to_sign(record, COMMANDER, DECIDER)
    record.perform(MoveAreas(1, ("Coventry",), "meeting"), CHAIR)
    _perform(record, *map(_agreeing, REFERENCES))
    in_meeting(record)
    record.perform(MoveAreas(1, ("Coventry",), "recommending"), CHAIR)
    ranked = rank(scored_round(record.ask(lambda session: round_rows(session, 1))))
    record.perform(RecordRecommendations(1, reasoned(proposed(ranked))), OFFICER)
    _issue_papers(record)
    decide(record)
    record.transactions._clock.now += timedelta(days=90)  # type: ignore[attr-defined]
    record.perform(both_sign("ACF-001", DAY), OFFICER)
    verified_account(record, "ACF-001", FINANCE)
    record.perform(PayInstalment(1, "ACF-001", 1, DAY, None), FINANCE)
    _perform(record, *AWARDED)
    on_awards(record)
    on_files(record)
    quote = kept_file(f"{SECRET} quote.pdf", f"{SECRET} lamps".encode(), "quote")
    of_it = asdict(Subject(APPLICATION, 1, "ACF-001"))
    lamps = partial(put_attached, contents=(f"{SECRET} lamps".encode(),))
    record.perform_beside(AttachFiles(**of_it, files=(quote,)), lamps, OFFICER)
    known = record.ask(lambda session: pairs_of(session, organisation_table.c.name, organisation_table.c.uid))
    (kept, merged) = sorted(known)[1:3]
    record.perform(MergeOrganisations(known[kept], known[merged], kept, merged, "one group"), OFFICER)
    _issue_papers(record)
    _try_all(record)


def _agreeing(reference: str) -> Operation:
    return AgreeMarks(
        1, reference, (SetAgreedMark(1, reference, "A1", 5, f"{SECRET} agreed on {reference}", None, ""),)
    )


def _perform(record: Record, *operations: Operation) -> None:
    for operation in operations:
        record.perform(operation, OFFICER)


def _return_from(record: Record, path: Path) -> None:
    """Issue a pack, have its member fill it in, and import the return; twice, and once undone."""
    with laptop(path, issue(record)) as own:
        declare(own)
        for number, reference in enumerate(REFERENCES):
            fill(own, reference, (5 - number, 5 - number, 5 - number))
            done = take_in(record, make_return(own))
            record.perform(done.inverse, OFFICER)
            take_in(record, make_return(own))
    issue(record)


def _issue_papers(record: Record) -> None:
    for number, of in enumerate(REFERENCES, 1):
        letter = f"Dear {SECRET}{number}".encode()
        facts = canonical.dumps({"letters": [{"reference": of, "address": f"{SECRET}{number} address"}]})
        issue_file(record, "letters", [(file_of(letter, f"{of}.docx", of), letter)], content=facts)


def _try_all(record: Record, besides: Collection[str] = ()) -> None:
    """Make every example of a change that is not refused now, with words of its own in it."""
    for operation in EXAMPLES:
        if operation.kind in (*LEFT_OUT, *besides):
            continue
        for actor in ROLES:
            with suppress(Refused, Trouble, ValueError, LookupError, AttributeError, DBAPIError):
                record.perform(_telling(operation), actor)
                break


def _telling(value: Any, of: str = "") -> Any:
    """Return a change each personal text of which holds words to be looked for, with what it is of."""
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(_telling(part, of) for part in value)
    if not isinstance(value, Struct):
        return value
    of = getattr(value, "application", of)
    told = {name: _telling(getattr(value, name), of) for name in value.__struct_fields__}
    for name, _ in marked_fields(type(value)):
        if isinstance(told[name], str) and told[name] and not name.startswith("replac"):
            told[name] = f"{SECRET} {str(of).replace('-', ' ')} {told[name]}"
    return replace(value, **told)


def _tells_of_applications(kind: type[Operation]) -> bool:
    """Whether a change names applications, or holds words that are erased with one."""
    values = (one for one in held_in(kind) if isinstance(one, type) and issubclass(one, Struct))
    names = {"application", "applications"}
    return any(marked_fields(one) or names & {*one.__struct_fields__} for one in values)


@pytest.mark.of_a_file
def test_the_walk_makes_every_change_that_tells_of_applications(tmp_path: Path) -> None:
    with Record.open(walked(tmp_path / "walked.panel"), OPENER) as record:
        made = {*record.ask(lambda session: session.scalars(select(journal_table.c.kind)).all())}

    wanted = {kind for kind, one in OPERATIONS.items() if _tells_of_applications(one)}
    assert wanted - made == ELSEWHERE.keys()


@pytest.mark.parametrize("chosen", [*zip(REFERENCES), REFERENCES], ids=" ".join)
@pytest.mark.of_a_file
def test_each_is_erased_after_every_change_and_nothing_of_it_is_left(
    tmp_path: Path, chosen: tuple[str, ...]
) -> None:
    record_path = walked(tmp_path / "walked.panel")
    with Record.open(record_path, OPENER) as record:
        assert {c.name: c.words for c in verify(record).checks if not c.ok} == {}
        before = record.ask(partial(_words_of, chosen=chosen))
        found = record.ask(lambda s: proved_erasure_of(s, tuple((1, of) for of in chosen), "asked", "Ida"))
        erase(record, found.operation, OFFICER)

        assert {c.name: c.words for c in verify(record).checks if not c.ok} == {}
        kept = record.ask(_kept_words)
    written = record_path.read_bytes()
    left = {words for words in before if words.encode() in written and not any(words in one for one in kept)}
    assert len(before) > 10
    assert left == set()
    assert [of for of in chosen if f"{SECRET} {of.replace('-', ' ')}".encode() in written] == []


@pytest.fixture(scope="module")
def walked_on_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a database to which the walked record was loaded."""
    path, name = walked(tmp_path_factory.mktemp("walked") / "walked.panel"), cluster().new_database()
    with Record.open(path, OPENER) as record:
        load_into(record, server_address(cluster().address(name)))
    yield name
    cluster().drop(name)


@pytest.mark.parametrize("chosen", [REFERENCES[:1], REFERENCES], ids=" ".join)
def test_each_is_erased_on_a_server_and_nothing_of_it_is_left(
    walked_on_server: str, chosen: tuple[str, ...]
) -> None:
    name = cluster().new_database(walked_on_server)
    with Record.open(server_address(cluster().address(name)), OPENER) as record:
        _assert_erased_on_server(record, name, chosen)
    cluster().drop(name)


@pytest.mark.soak
@pytest.mark.parametrize("chosen", [*zip(REFERENCES), REFERENCES], ids=" ".join)
def test_each_is_erased_where_every_change_was_made_on_a_server(
    tmp_path: Path, chosen: tuple[str, ...]
) -> None:
    name = cluster().new_database()
    address = server_address(cluster().address(name))
    with Record.create(address, OPENER, clock=TickingClock()) as record:
        walk(record, tmp_path / "walked.member")
        _assert_erased_on_server(record, name, chosen)
    cluster().drop(name)


def _assert_erased_on_server(record: Record, name: str, chosen: tuple[str, ...]) -> None:
    """Erase applications, and look through every row of every table for what was theirs."""
    assert {c.name: c.words for c in verify(record).checks if not c.ok} == {}
    before = record.ask(partial(_words_of, chosen=chosen))
    found = record.ask(lambda s: proved_erasure_of(s, tuple((1, of) for of in chosen), "asked", "Ida"))
    erase(record, found.operation, OFFICER)

    assert {c.name: c.words for c in verify(record).checks if not c.ok} == {}
    kept = "\n".join(record.ask(_kept_words))
    with cluster().connect(name) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        rows = [connection.execute(f'SELECT t::text FROM public."{one}" t').fetchall() for (one,) in tables]  # type: ignore[arg-type]
    written = "\n".join(text for found in rows for (text,) in found)
    assert len(before) > 10
    assert {words for words in before if words in written and words not in kept} == set()
    assert [of for of in chosen if f"{SECRET} {of.replace('-', ' ')}" in written] == []


def _words_of(session: Session, chosen: Collection[str]) -> set[str]:
    """Return the personal texts of applications, as bytes of the file would hold them in JSON or not."""
    table = application_table.c
    numbers = session.scalars(select(table.id).where(table.reference.in_(chosen))).all()
    texts = {
        text
        for one in METADATA.sorted_tables
        if owning_columns(one)
        for column in one.c
        if column.info[MARKED]
        for text in session.scalars(select(column).where(rows_of(one, numbers)))
        if text
    }
    return {part for text in texts for part in re.findall(r"[ \w]{9,}", text)}


def _kept_words(session: Session) -> list[str]:
    """Return all that tables say of others, and what stays of applications that were erased."""
    erased = session.scalars(select(disposal_table.c.application_id)).all()
    is_last = len(erased) == len(REFERENCES)
    kept = []
    for one in METADATA.sorted_tables:
        if one is journal_body_table or (one is returned_table and is_last):
            continue
        for column in (column for column in one.c if isinstance(column.type, Text)):
            of_others = ~rows_of(one, erased) if column.info[MARKED] else true()
            kept += [str(text) for text in session.scalars(select(column).where(of_others))]
    return kept
