"""Which lists tell of a closed application: a server says the same as the program, of every tie and state."""

from collections.abc import Iterator
from itertools import product

import psycopg
import pytest
from msgspec.structs import replace

from models.permissions.telling import ties
from models.values.rows import RoundRows
from scoring.round import Area, Eligibility
from tests.models.rounds import application
from tests.models.store.locks.an_office import FOR_DEE, INTEREST, a_round, changed_copy, template
from tests.server import cluster

AREAS = ("Coventry", "Dudley", "Walsall", "Sandwell")
HOMES = (1, 2, 2, 3)
"""The area of each application, from 1: none is of Sandwell, which shares a pot with Walsall or not."""
LINKS = ("", "number", "merged")
STATES = ("running", "withdrawn", "failed", "no")
NUMBER, OTHER, NAME = "1164883", "1078329", "One And The Same"
ONE_MORE = """
    INSERT INTO areas SELECT (jsonb_populate_record(a, jsonb_build_object(
        'id', {id}, 'name', '{name}', 'position', {id}, 'uid', gen_random_uuid()
    ))).* FROM areas a WHERE id = 1
"""
FAILED = """
    INSERT INTO gate_results SELECT (jsonb_populate_record(NULL::gate_results, jsonb_build_object(
        'gate_id', min(id), 'application_id', 2, 'result', 'fail', 'reason', '', 'set_by', '',
        'set_at', '2026-11-03T10:00:00.000000Z'
    ))).* FROM gates WHERE round_id = 1 AND NOT is_advisory
"""
DECISION = """
    INSERT INTO decisions (id, sign_off_id, application_id, verdict, outcome, amount_pence, reason,
        change_reason, conditions, is_exception)
    VALUES (1, 1, 1, 'agree', 'fund', 100000, 'why', 'why', '[]', false)
"""


class Case(tuple[str, str, str, bool, bool, bool]):
    """How the first two are one, the third and fourth, in which state the second is; cap, pot, decided."""


def cases() -> Iterator[Case]:
    yield from map(Case, product(LINKS, ("", "name"), STATES, *((False, True),) * 3))


def rows_of(case: Case) -> RoundRows:
    """Return the round as the program reads it."""
    first, last, state, has_cap, is_shared, _ = case
    held = a_round()
    applications = [
        replace(application(number), area=AREAS[home - 1]) for number, home in enumerate(HOMES, 1)
    ]
    if first == "number":
        applications[:2] = [replace(one, charity_number=NUMBER) for one in applications[:2]]
    if last == "name":
        applications[2:] = [replace(one, organisation=NAME) for one in applications[2:]]
        applications[3] = replace(applications[3], charity_number=OTHER)
    out = {"withdrawn": state == "withdrawn"}
    is_no = state in ("failed", "no")
    applications[1] = replace(applications[1], **out, **({"eligibility": Eligibility.NO} if is_no else {}))
    areas = (
        Area(AREAS[0], 0),
        Area(AREAS[1], 0),
        *(Area(of, 0, shared_pot="P" * is_shared) for of in AREAS[2:]),
    )
    return replace(
        held,
        scheme=replace(held.scheme, cap_per_organisation_pence=1_500 if has_cap else None),
        areas=areas,
        applications=tuple(applications),
        merged=(("ACF-001", "one"), ("ACF-002", "one")) if first == "merged" else (),
    )


def statements_of(case: Case) -> Iterator[str]:
    """Yield what makes the database the same round."""
    first, last, state, has_cap, is_shared, is_decided = case
    yield f"UPDATE schemes SET cap_per_organisation_pence = {1_500 if has_cap else 'NULL'}"
    if is_shared:
        yield "UPDATE areas SET shared_pot = CASE id WHEN 3 THEN 'P' ELSE ' p' END WHERE id IN (3, 4)"
    if first == "number":
        yield f"UPDATE organisation_aliases SET charity_number = '{NUMBER}' WHERE organisation_id IN (1, 2)"
    if first == "merged":
        yield "UPDATE applications SET organisation_id = 1 WHERE id = 2"
    if last == "name":
        numbers = f"CASE organisation_id WHEN 3 THEN '' ELSE '{OTHER}' END"
        named = f"name_key = 'one and the same', charity_number = {numbers}"
        yield f"UPDATE organisation_aliases SET {named} WHERE organisation_id IN (3, 4)"
    if state == "withdrawn":
        yield "UPDATE applications SET withdrawn = true WHERE id = 2"
    if state == "failed":
        yield FAILED
    if state == "no":
        yield "UPDATE applications SET all_gates = 'no' WHERE id = 2"
    if is_decided:
        yield FOR_DEE
        yield DECISION


@pytest.fixture(scope="module")
def office() -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """Four areas after the meeting, and a chair with an interest in the first application."""
    name = changed_copy(
        template(),
        *(ONE_MORE.format(id=number, name=AREAS[number - 1]) for number in (3, 4)),
        "UPDATE areas SET stage = 'meeting'",
        *(f"UPDATE applications SET area_id = {home} WHERE id = {of}" for of, home in enumerate(HOMES, 1)),
        INTEREST.format(member=1, application=1, kind="pecuniary"),
    )
    with cluster().connect(name) as administrator:
        administrator.execute("SET session_replication_role = replica")
        yield administrator
    cluster().drop(name)


def test_a_server_closes_the_lists_that_the_program_closes(
    office: "psycopg.Connection[tuple[object, ...]]",
) -> None:
    tried = set[frozenset[str]]()
    for case in cases():
        hidden = [] if case[-1] else ["ACF-001"]
        expected = ties(rows_of(case)).areas_telling(hidden)
        with office.transaction(force_rollback=True):
            for statement in statements_of(case):
                office.execute(statement)
            office.execute("GRANT EXECUTE ON FUNCTION locks.telling() TO PUBLIC")
            office.execute("SET LOCAL SESSION AUTHORIZATION cara")
            told = office.execute("SELECT locks.telling()").fetchall()
        found = frozenset(AREAS[int(str(number)) - 1] for (number,) in told)
        assert found == expected, case
        tried.add(found)
    assert len(tried) > 4
