"""Every table of the record, whole once this is imported: in one order, and made in it."""

from sqlalchemy import Connection
from sqlalchemy.schema import CreateIndex, CreateTable

from models.schema import (
    applications,
    awards,
    deciding,
    journal,
    monitoring,
    packs,
    panel,
    papers,
    set_up,
)
from models.schema.base import METADATA
from models.schema.forms import guard_forms

SUBJECTS = (set_up, applications, panel, deciding, awards, monitoring, papers, packs, journal)
"""Whoever imports this has declared what each of them declares."""
ORDER = """
    office office_fact office_logo publisher funds fund_names fund_years fund_sources matchings
    area_spellings financial_years rounds direct_rounds reason_rules areas area_allowances finance_codes
    schemes criteria scheme_amendments organisations organisation_aliases organisation_merges
    supplier_numbers applications application_choices direct_awards onward_grants corrections kept_apart
    gates gate_results people round_roles signing_areas members member_areas interests interest_words
    signer_interests sheets marks first_marks agreements agreed_marks panel_only_reasons not_applicable
    chair_decisions meetings attendance closed_items confirmed_records kept_panels recommendations
    recommended_places recommendation_signatures sign_offs decisions decided_standings challenges
    award_variations variation_signatures awards instalments award_returns award_recoveries bank_endings
    bank_details return_bands agreed_outputs monitoring_returns output_progress supported_numbers
    monitoring_visits paper_issues paper_files file_pieces attachments paper_texts printed_tables
    printed_figures year_lines year_spent year_decisions budget_moves budget_contributions spending_plans
    award_agreements agreement_templates award_subsidies withheld_names successions payment_layouts
    register_extracts register_entries award_checks revisions packs pack_items returned member_keys
    private_keys retention holds disposals
"""
"""All but the journal's own, in the order in which rows can be put in and lists of them are read."""
TABLES = tuple(METADATA.tables[name] for name in ORDER.split())


def make_tables(connection: Connection) -> None:
    """Make every declared table, in the same order and with its indexes in the same order each time."""
    guard_forms(METADATA)
    for table in METADATA.sorted_tables:
        connection.execute(CreateTable(table))
        for index in sorted(table.indexes, key=lambda one: str(one.name)):
            connection.execute(CreateIndex(index))
