"""Every kind of change and every table, tried by SQL in each person's role against tables written by hand."""

from collections.abc import Iterator

import pytest
from psycopg import errors

from models.role import Role
from models.store.locks.policies import TABLES
from models.store.locks.tables import LOCKS
from tests.models.permissions.test_table import ON_PAPER, ROLES
from tests.models.store.locks.an_office import PEOPLE, signed_on, template
from tests.models.store.locks.test_attacks import APPEND, journal_row
from tests.models.store.locks.test_tables import WRITERS
from tests.server import cluster

SEATS = {Role.CHAIR, Role.MEMBER, Role.ADVISER}
NOT_HERE = ("open pack", "update pack", "put pack back", "make return")
OF_ALL = ("bring area back", "erase bodies", "load round", "put returns back", "put round back")
OF_ALL += ("remove round", "replace round", "take in returns", "take in rounds")
SEES_ALL = "olive"
CHECKED = {
    "interests",
    "interest_words",
    "sheets",
    "marks",
    "first_marks",
    "organisation_merges",
    "round_roles",
    "paper_files",
    "paper_issues",
    "file_pieces",
    "paper_texts",
}
CHECKED |= {"decisions", "sign_offs", "signer_interests", "variation_signatures"}
CHECKED |= {"awards", "instalments", "award_variations", "monitoring_returns"}
"""Tables that a writer writes under a condition of the row."""
CHANGEABLE = {
    "sign_offs": (),
    "variation_signatures": (),
    "paper_issues": ("content",),
    "paper_files": ("erased_at",),
    "decisions": ("ended_by",),
}
NOT_YET = {"cara": {"agreements", "agreed_marks", "panel_only_reasons", "recommendations", "decisions"}}
"""What rests on marks, of whoever has still a sheet to hand in."""
PLACED = {
    "id": 90,
    "first_id": 4,
    "round_id": 1,
    "application_id": 4,
    "area_id": 2,
    "scheme_id": 1,
    "member_id": 2,
    "interest_id": 1,
    "gate_id": 1,
}


def acts_as(login: str) -> set[Role]:
    """Return the roles in which a person may act in some round: who sits on one panel may advise the next."""
    own = set(PEOPLE[login][1])
    return own | (SEATS if Role.CHAIR in own else SEATS - {Role.CHAIR} if own & SEATS else set())


def may_journal(login: str, role: Role, kind: str) -> bool:
    roles = ROLES[kind] | ON_PAPER.get(kind, set())
    if kind in NOT_HERE or roles == set(Role):  # what is done to a file as a whole
        return False
    if kind in OF_ALL:
        return login == SEES_ALL and role == Role.OFFICER
    return role in acts_as(login) and role in roles


def journalled(login: str, roles: set[Role]) -> Iterator[tuple[str, Role, bool]]:
    """Try each kind of change in some roles; yield which the database took."""
    with signed_on(login, template()) as connection:
        for kind in ROLES:
            for role in sorted(roles):
                row = journal_row(connection, actor=PEOPLE[login][0], role=str(role), kind=kind)
                try:
                    with connection.transaction(force_rollback=True):
                        connection.execute(APPEND, row)
                except errors.InsufficientPrivilege:
                    yield kind, role, False
                else:
                    yield kind, role, True


@pytest.mark.parametrize("login", PEOPLE)
def test_a_person_journals_the_kinds_of_change_of_their_roles_alone(login: str) -> None:
    found = list(journalled(login, acts_as(login)))

    assert [one for one in found if one[2] != may_journal(login, one[1], one[0])] == []


@pytest.mark.soak
@pytest.mark.parametrize("login", PEOPLE)
def test_nobody_journals_in_a_role_that_is_not_theirs(login: str) -> None:
    assert not any(took for _, _, took in journalled(login, set(Role) - acts_as(login)))


@pytest.mark.parametrize("login", PEOPLE)
def test_a_person_adds_rows_to_the_tables_of_their_roles_alone(login: str) -> None:
    """A row without most of its values: what the policy lets pass is refused for these alone."""
    writers = {table: set(roles.split()) for roles, tables in WRITERS.items() for table in tables.split()}
    wrong = []
    with signed_on(login, template()) as connection:
        for table in LOCKS:
            columns = {column for (column,) in connection.execute(COLUMNS, [table]).fetchall()}
            placed = {name: value for name, value in PLACED.items() if name in columns}
            names, values = ", ".join(placed), ", ".join(map(str, placed.values()))
            row = f"({names}) VALUES ({values})" if placed else "DEFAULT VALUES"
            is_writer = bool(acts_as(login) & {Role(one) for one in writers[table]}) and login != "zed"
            try:
                with connection.transaction(force_rollback=True):
                    connection.execute(f"INSERT INTO {table} {row}")
            except errors.InsufficientPrivilege:
                if is_writer and table not in CHECKED | NOT_YET.get(login, set()):
                    wrong.append((table, "is refused"))
            except errors.IntegrityError:
                if not is_writer:
                    wrong.append((table, "is let in"))
            else:
                if not is_writer:
                    wrong.append((table, "is written"))

    assert wrong == []


COLUMNS = (
    "SELECT attname::text FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
)


def test_a_column_is_changed_where_its_table_is_written_and_never_in_what_is_signed_or_issued() -> None:
    query = (
        "SELECT a.attname::text, has_column_privilege('gp_person', a.attrelid, a.attnum, 'UPDATE'), "
        "has_table_privilege('gp_person', a.attrelid, 'DELETE') FROM pg_attribute a "
        "WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped"
    )
    with cluster().connect(template()) as administrator:
        found = {table: administrator.execute(query, [table]).fetchall() for table in TABLES}

    for table in LOCKS:
        allowed = CHANGEABLE.get(table)
        assert all(may is (allowed is None or name in allowed) for name, may, _ in found[table]), table
        assert all(may is (allowed is None) for _, _, may in found[table]), table
    kept = set(TABLES) - set(LOCKS)
    changed = {(table, name) for table in kept for name, may, _ in found[table] if may}
    assert {one for one in changed if one[0] != "draft"} == {("journal_head", "is_only")}
    assert {table for table in kept if found[table][0][2]} == {"draft", "journal_body"}
