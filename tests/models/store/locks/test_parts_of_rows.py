"""Who adds a row to another: nobody to what holds still, else who may write that or is named here."""

from collections.abc import Mapping

import psycopg
import pytest
from psycopg import errors

from models.papers.issued import paper_key
from models.role import Role
from models.schema.base import METADATA
from models.store.locks.policies import added_with, writers
from models.store.locks.tables import LOCKS
from tests.models.store.locks.an_office import PEOPLE, changed_copy, signed_on, template
from tests.server import cluster

BESIDE = {
    "decided_standings": {("decisions", "id", "decision_id")},
    "decisions": {("sign_offs", "id", "sign_off_id")},
    "file_pieces": {("paper_files", "pieces", "sha256"), ("attachments", "pieces", "sha256")},
    "pack_items": {("packs", "pack", "pack")},
    "paper_files": {("paper_issues", "id", "issue_id")},
}
"""What is added by the change that adds the row it belongs to, and never later."""
FINANCE, NOTES = {Role.FINANCE}, {Role.NOTE_TAKER}
SITTING = {Role.ADVISER, Role.MEMBER, Role.NOTE_TAKER}
SIGNING = {Role.COMMANDER, Role.DECIDER}
ADDED_BY_OTHERS: Mapping[tuple[str, str], set[Role]] = {
    # money of a fund, an area or an organisation, which finance keeps
    **{
        (table, "funds"): FINANCE
        for table in (
            *("agreement_templates", "budget_contributions", "budget_moves", "spending_plans"),
            *("year_lines", "year_spent"),
        )
    },
    ("finance_codes", "areas"): FINANCE,
    ("supplier_numbers", "organisations"): FINANCE,
    ("awards", "decisions"): FINANCE,
    ("decided_standings", "decisions"): {Role.CHAIR},  # as recommended, before there is a decision
    # who signs says who allows more, and what they declare
    ("year_decisions", "funds"): FINANCE,
    ("kept_panels", "areas"): SIGNING,  # with the first signature on an area
    ("area_allowances", "areas"): FINANCE | SIGNING,
    ("signer_interests", "people"): SIGNING,
    # a member's own, and what is written down at a meeting
    ("interests", "members"): SITTING,
    ("sheets", "members"): SITTING,
    ("attendance", "areas"): NOTES,
    ("attendance", "members"): NOTES,
    ("meetings", "areas"): NOTES,
    ("confirmed_records", "areas"): NOTES,
}
"""By a table and what it refers to, the roles that add to it and never write that."""
ROUND = {"rounds", "applications"}
"""What nearly everything is of."""


def test_who_adds_a_row_may_write_the_one_it_belongs_to_or_is_named_here() -> None:
    found: dict[tuple[str, str], set[str]] = {}
    for table, lock in LOCKS.items():
        for key in METADATA.tables[table].foreign_keys:
            parent = key.column.table.name
            if parent in LOCKS and parent not in ROUND:
                others = writers(lock) - writers(LOCKS[parent])
                found[table, parent] = found.get((table, parent), set()) | others

    assert {pair: roles for pair, roles in found.items() if roles} == ADDED_BY_OTHERS
    assert {table: {*added_with(table)} for table in LOCKS if added_with(table)} == BESIDE


MOMENT = "2026-11-03T14:05:00.000000Z"
SUM = "ab" * 32
ISSUED = f"""
INSERT INTO paper_issues VALUES
    (1, 1, 'call', '1', '', 1, '', '{SUM}', '', 1, '{SUM}', 'Olive Officer', '{MOMENT}');
INSERT INTO paper_files VALUES (1, '.pdf', '{SUM}', '{paper_key(1, SUM)}', 1, '', true, NULL);
INSERT INTO packs VALUES
    ('P1', 'r', 'm', 'f', '2026-12-31', '{SUM}', 1, '{SUM}', 'Olive Officer', '{MOMENT}');
INSERT INTO sign_offs (id, round_id, step, is_last, post, signed_by, signed_on, interests, legal_power,
    is_from_paper, recorded_by, recorded_at)
VALUES (1, 1, 1, true, 'post', 'Dee Decider', '2026-12-02', 'none', '', false, 'Dee Decider', '{MOMENT}');
"""
OTHER = "cd" * 32
ADDED = {
    "paper_files": f"VALUES (1, '.docx', '{OTHER}', '{paper_key(1, OTHER)}', 1, '', true, NULL)",
    "file_pieces": f"VALUES ('{paper_key(1, SUM)}', 1, 1, 'x')",
    "pack_items": "VALUES ('P1', '1f633218-fab8-5b9b-a559-efa6c3a28a07')",
    "decisions": "",
    "decided_standings": "",
}
"""By table, a row that belongs to one that somebody else has put in."""


@pytest.fixture(scope="module")
def database() -> str:
    return changed_copy(template(), ISSUED)


def row_of(table: str) -> str:
    """Return a row that belongs to one of another change, whatever else stands in it."""
    if ADDED[table]:
        return f"INSERT INTO {table} {ADDED[table]}"
    columns = METADATA.tables[table].c
    known = {"id": 90, "sign_off_id": 1, "decision_id": 1, "application_id": 4, "round_id": 1}
    values = ", ".join(str(known.get(column.name, "NULL")) for column in columns)
    return f"INSERT INTO {table} VALUES ({values})"


@pytest.mark.parametrize("table", ADDED)
def test_nobody_adds_to_what_another_change_has_put_in(database: str, table: str) -> None:
    refused = {}
    for login in PEOPLE:
        with signed_on(login, database) as connection:
            with pytest.raises(psycopg.Error) as error:
                connection.execute(row_of(table))  # type: ignore[arg-type]
            refused[login] = error.value
    by_rule = [login for login, one in refused.items() if 'policy "added"' in str(one)]
    assert all(isinstance(one, errors.InsufficientPrivilege) for one in refused.values())
    assert by_rule, "somebody whose role writes the table"


def test_what_another_has_put_in_meanwhile_is_not_ones_own(database: str) -> None:
    """It has the higher number of a transaction where one's own began before."""
    name = changed_copy(database)
    issue = (
        "INSERT INTO paper_issues VALUES "
        f"({{}}, 1, 'call', '1', '{{}}', 1, '', '{SUM}', '', 1, '{SUM}', 'Olive Officer', '{MOMENT}')"
    )
    file = f"INSERT INTO paper_files VALUES ({{0}}, '.pdf', '{OTHER}', '{{1}}', 1, '', true, NULL)"
    with signed_on("olive", name) as mine:
        mine.execute("SELECT pg_current_xact_id()")
        with cluster().connect(name) as administrator:
            administrator.execute(issue.format(7, "theirs"))
        mine.execute(issue.format(8, "mine"))
        with pytest.raises(errors.InsufficientPrivilege), mine.transaction():
            mine.execute(file.format(7, paper_key(7, OTHER)))
        with mine.transaction():
            mine.execute(issue.format(9, "in a step"))
        mine.execute(file.format(8, paper_key(8, OTHER)))
        mine.execute(file.format(9, paper_key(9, OTHER)))
        mine.execute(f"INSERT INTO file_pieces VALUES ('{paper_key(9, OTHER)}', 1, 1, 'x')")
    cluster().drop(name)
