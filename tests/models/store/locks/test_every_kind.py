"""Every kind of change and every table, tried by SQL in each role; locks against schema and permissions."""

from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

import pytest
from msgspec import Struct
from psycopg import errors

from models.operations.erasure import Tombstone
from models.operations.registry import OPERATIONS
from models.permissions.table import ANYBODY, PERMISSIONS, Condition
from models.role import Role
from models.schema.base import METADATA
from models.store.locks import policies
from models.store.locks.policies import TABLES
from models.store.locks.tables import DECLARED, LOCKS
from models.store.upkeep import TableRows
from models.values.pack_plans import Copied
from models.values.revisions import Revision
from models.values.rows import InterestRow
from tests.models.permissions.test_table import EVERYBODY, ON_PAPER, ROLES
from tests.models.store.locks.an_office import APPEND, PEOPLE, journal_row, signed_on, template
from tests.server import cluster

SEATS = {Role.CHAIR, Role.MEMBER, Role.ADVISER}
NOT_HERE = ("open pack", "update pack", "put pack back", "make return")
OF_ALL = (
    *("bring area back", "erase attachments", "erase bodies", "load round", "put returns back"),
    *("put round back", "remove round", "replace round", "take in returns", "take in rounds"),
)
SEES_ALL = "olive"
CHECKED = {
    *("interests", "interest_words", "sheets", "marks", "first_marks", "organisation_merges", "round_roles"),
    *("paper_files", "paper_issues", "attachments", "file_pieces", "paper_texts", "decisions", "sign_offs"),
    *("signer_interests", "variation_signatures", "awards", "instalments", "award_variations"),
    *("monitoring_returns", "area_allowances", "revisions"),
    "bank_endings",
}
"""Tables that a writer writes under a condition of the row."""
CHANGEABLE = {
    "sign_offs": (),
    "variation_signatures": (),
    "paper_issues": ("content",),
    "paper_files": ("erased_at",),
    "decisions": ("ended_by",),
    "decided_standings": ("reasons",),
    "attachments": ("name", "kind", "read_by", "read_at", "removed_at", "erased_at"),
}
NOT_YET = {
    "cara": {
        *("agreements", "agreed_marks", "panel_only_reasons", "recommendations", "decisions"),
        *("recommended_places", "decided_standings"),
    }
}
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
    if kind in NOT_HERE or roles == EVERYBODY:  # what is done to a file as a whole
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


WRITERS = {
    "chair officer": (
        "office office_fact office_logo setting funds fund_names fund_years fund_sources "
        "financial_years matchings area_spellings reason_rules rounds schemes "
        "criteria scheme_amendments areas people members member_areas signing_areas "
        "round_roles not_applicable chair_decisions applications application_choices corrections "
        "gate_results direct_rounds direct_awards onward_grants gates kept_apart organisations "
        "organisation_aliases organisation_merges retention holds disposals recommendations "
        "recommended_places packs "
        "pack_items member_keys private_keys returned revisions first_marks"
    ),
    "adviser chair member note-taker officer": "interests interest_words sheets marks",
    "chair note-taker officer": (
        "agreements agreed_marks panel_only_reasons attendance meetings closed_items confirmed_records"
    ),
    "commander decider officer": "sign_offs decisions variation_signatures",
    "chair commander decider officer": (
        "recommendation_signatures decided_standings signer_interests kept_panels"
    ),
    "officer": "challenges",
    "finance officer": (
        "award_returns award_recoveries award_agreements award_subsidies withheld_names successions "
        "agreement_templates agreed_outputs return_bands output_progress supported_numbers "
        "monitoring_visits year_lines year_spent budget_moves budget_contributions "
        "year_decisions "
        "spending_plans printed_tables printed_figures payment_layouts finance_codes "
        "award_checks register_extracts register_entries bank_details supplier_numbers"
    ),
    "commander decider finance officer": (
        "awards instalments award_variations bank_endings monitoring_returns"
    ),
    "chair commander decider finance officer": "area_allowances",
    "chair finance officer": "attachments file_pieces paper_files publisher paper_issues paper_texts",
}
"""Who writes which tables, as the windows let them."""
BY_OTHERS = {
    # a policy on the rows that are closed under an interest holds these everywhere
    Condition.WITHOUT_INTEREST,
    Condition.PAPER_WITHOUT_INTEREST,
    Condition.SETTLES_NO_RETURN,
    # what looks at several rows or at what stood before is a guard's
    Condition.DECIDED_NOTHING,
    Condition.GETS_NO_SIGNING_ROLE_AFTER_SCORING,
}


def test_every_table_of_the_record_is_locked_once_and_written_by_the_roles_that_are_written_here() -> None:
    beside = {"journal_head", "alembic_version"}

    assert set(policies.TABLES) == set(METADATA.tables) | beside
    assert len(policies.TABLES) == len(set(policies.TABLES))

    expected = {table: roles.split() for roles, tables in WRITERS.items() for table in tables.split()}

    assert {table: sorted(policies.writers(lock)) for table, lock in LOCKS.items()} == expected


def test_a_kind_of_change_is_made_in_the_roles_of_the_permissions_and_says_so_from_paper() -> None:
    narrower = {*DECLARED.lists["whole"], *DECLARED.lists["elsewhere"]} | {
        kind for kind, one in PERMISSIONS.items() if one == ANYBODY
    }
    for kind, permission in PERMISSIONS.items():
        on_paper = () if permission.on_paper is None else permission.on_paper.roles or ()
        of_table = {*(permission.roles or ()), *on_paper}

        if kind in narrower:
            assert set(policies.granted(kind)) < of_table or not of_table
        else:
            assert set(policies.granted(kind)) == of_table
        entered = set(policies.granted_on_paper(kind))
        assert not entered & set(permission.roles or ()), "nobody's own"
        assert not entered or {"in_place", "from_paper"} & set(OPERATIONS[kind].__struct_fields__)


def test_every_kind_writes_tables_that_its_lock_names_and_whatever_opens_is_one() -> None:
    named = {kind for lock in LOCKS.values() for kind in lock.kinds}
    made_here = {kind for kind in PERMISSIONS if policies.granted(kind)}

    assert named <= set(PERMISSIONS)
    # the one writes nothing but its row of the journal, the other what its parts do
    assert made_here - named == {"show bank details", "set together"} - named
    assert {kind for kinds in DECLARED.opens.values() for kind in kinds} <= set(ROLES)
    assert set(DECLARED.opens) == {"sheets", *DECLARED.lists["keeps_closed"]}


def test_the_kinds_that_tell_interests_are_all_that_hold_one_or_rows_of_any_table() -> None:
    holding = {InterestRow, Revision, Copied, TableRows, Tombstone}

    assert {kind for kind, one in OPERATIONS.items() if not holding.isdisjoint(held_in(one))} == set(
        DECLARED.lists["tell_interests"]
    )


def held_in(kind: Any) -> set[Any]:
    """Return the types of all that a change holds, at any depth."""
    if not (isinstance(kind, type) and issubclass(kind, Struct)):
        return {kind}.union(*map(held_in, get_args(kind)))
    hints = get_type_hints(kind)
    return {kind}.union(*(held_in(hints[name]) for name in kind.__struct_fields__))


def test_every_condition_of_a_permission_is_held_by_a_lock() -> None:
    asked = {
        one
        for permission in PERMISSIONS.values()
        for of in (permission, permission.on_paper)
        if of is not None
        for one in of.conditions
    }
    held = {one for lock in LOCKS.values() for one in lock.checks}

    assert asked == held | BY_OTHERS


def test_what_finance_and_those_who_decide_see_is_closed_to_others() -> None:
    closed = {table: sorted(lock.readers) for table, lock in LOCKS.items() if lock.readers is not None}

    assert {
        " ".join(roles): {table for table, one in closed.items() if one == roles} for roles in closed.values()
    } == {
        "finance officer": {"bank_details", "supplier_numbers"},
        "auditor commander decider finance officer": {
            *("award_checks", "register_extracts", "register_entries"),
        },
        "auditor commander decider officer": {"challenges"},
        "auditor chair commander decider finance officer": {"signer_interests"},
        "auditor chair officer": {"packs", "pack_items", "member_keys", "returned"},
        "chair officer": {"private_keys"},
        "adviser auditor chair member officer": {"revisions"},
    }


def test_an_auditor_adds_changes_and_removes_nothing_in_any_table() -> None:
    """Rows that are there, and all that a policy could let pass: refused, or done to no row."""
    wrong = []
    with signed_on("ada", template()) as connection:
        for table in TABLES:
            columns = [column for (column,) in connection.execute(COLUMNS, [table]).fetchall()]
            for statement in (
                f"INSERT INTO {table} SELECT * FROM {table}",
                f"INSERT INTO {table} DEFAULT VALUES",
                *(f'UPDATE {table} SET "{one}" = "{one}"' for one in columns),
                f"DELETE FROM {table}",
            ):
                try:
                    with connection.transaction(force_rollback=True):
                        done = connection.execute(statement).rowcount
                except (errors.InsufficientPrivilege, errors.IntegrityConstraintViolation):
                    continue
                except errors.Error as error:
                    wrong.append((statement, str(error)))
                else:
                    wrong += [(statement, str(done))] if done else []

    assert wrong == []
