"""The declaration of the locks against the schema and the table of permissions."""

from typing import Any, get_args, get_type_hints

from msgspec import Struct

from models.operations.erasure import Tombstone
from models.operations.registry import OPERATIONS
from models.permissions.condition import Condition
from models.permissions.table import ANYBODY, PERMISSIONS
from models.schema.base import METADATA
from models.store.locks import policies
from models.store.locks.tables import ELSEWHERE, LOCKS, TELL_INTERESTS, WHOLE
from models.store.upkeep import TableRows
from models.values.pack_plans import Copied
from models.values.revisions import Revision
from models.values.rows import InterestRow

WRITERS = {
    "chair officer": (
        "office office_fact office_logo setting funds fund_names fund_years fund_sources "
        "financial_years matchings area_spellings reason_rules area_allowances rounds schemes "
        "criteria scheme_amendments areas people members member_areas signing_areas "
        "round_roles not_applicable chair_decisions applications application_choices corrections "
        "gate_results direct_rounds direct_awards onward_grants gates kept_apart organisations "
        "organisation_aliases organisation_merges retention holds disposals recommendations packs "
        "pack_items member_keys private_keys returned revisions first_marks"
    ),
    "adviser chair member note-taker officer": "interests interest_words sheets marks",
    "chair note-taker officer": (
        "agreements agreed_marks panel_only_reasons attendance meetings closed_items confirmed_records"
    ),
    "commander decider officer": "sign_offs decisions variation_signatures",
    "chair commander decider officer": "recommendation_signatures signer_interests",
    "officer": "challenges",
    "finance officer": (
        "award_returns award_recoveries award_agreements award_subsidies withheld_names agreement_templates "
        "agreed_outputs return_bands output_progress supported_numbers "
        "monitoring_visits year_lines year_spent year_decisions budget_moves budget_contributions "
        "spending_plans printed_tables printed_figures payment_layouts finance_codes "
        "award_checks register_extracts register_entries bank_details supplier_numbers"
    ),
    "commander decider finance officer": (
        "awards instalments award_variations bank_endings monitoring_returns"
    ),
    "chair finance officer": "file_pieces paper_files publisher paper_issues paper_texts",
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


def test_every_table_of_the_record_is_locked_once() -> None:
    beside = {"journal_head", "alembic_version"}

    assert set(policies.TABLES) == set(METADATA.tables) | beside
    assert len(policies.TABLES) == len(set(policies.TABLES))


def test_the_roles_that_write_a_table_are_those_written_here() -> None:
    expected = {table: roles.split() for roles, tables in WRITERS.items() for table in tables.split()}

    assert {table: sorted(policies.writers(lock)) for table, lock in LOCKS.items()} == expected


def test_a_kind_of_change_is_made_in_the_roles_of_the_permissions() -> None:
    narrower = {*WHOLE, *ELSEWHERE} | {kind for kind, one in PERMISSIONS.items() if one == ANYBODY}
    for kind, permission in PERMISSIONS.items():
        on_paper = () if permission.on_paper is None else permission.on_paper.roles or ()
        of_table = {*(permission.roles or ()), *on_paper}

        if kind in narrower:
            assert set(policies.granted(kind)) < of_table or not of_table
        else:
            assert set(policies.granted(kind)) == of_table


def test_every_kind_writes_tables_that_its_lock_names() -> None:
    named = {kind for lock in LOCKS.values() for kind in lock.kinds}
    made_here = {kind for kind in PERMISSIONS if policies.granted(kind)}

    assert named <= set(PERMISSIONS)
    assert made_here - named == {"show bank details"} - named


def test_the_kinds_that_tell_interests_are_all_that_hold_one_or_rows_of_any_table() -> None:
    holding = {InterestRow, Revision, Copied, TableRows, Tombstone}

    assert {kind for kind, one in OPERATIONS.items() if not holding.isdisjoint(held_in(one))} == set(
        TELL_INTERESTS
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
        "commander decider finance officer": {"award_checks", "register_extracts", "register_entries"},
        "commander decider officer": {"challenges"},
        "chair commander decider finance officer": {"signer_interests"},
        "chair officer": {"packs", "pack_items", "member_keys", "private_keys", "returned"},
        "adviser chair member officer": {"revisions"},
    }
