"""Every noun's tables in one list, so that the declared schema is whole once this is imported."""

from sqlalchemy import Connection
from sqlalchemy.schema import CreateIndex, CreateTable

from models.schema.applications.application import application_table
from models.schema.applications.choice import choice_table
from models.schema.applications.correction import correction_table, kept_apart_table
from models.schema.applications.gate import gate_result_table, gate_table
from models.schema.applications.matching import area_spelling_table, matching_table
from models.schema.applications.organisation import (
    organisation_alias_table,
    organisation_merge_table,
    organisation_table,
)
from models.schema.awards.award import award_table, instalment_table, return_table
from models.schema.awards.award_agreement import agreement_template_table, award_agreement_table
from models.schema.awards.bank import bank_details_table, bank_ending_table
from models.schema.awards.budget import budget_contribution_table, budget_move_table
from models.schema.awards.checks import award_check_table, register_entry_table, register_extract_table
from models.schema.awards.direct import direct_award_table, direct_round_table, onward_grant_table
from models.schema.awards.finance import finance_codes_table, supplier_number_table
from models.schema.awards.monitoring import (
    agreed_output_table,
    award_return_table,
    output_progress_table,
    return_band_table,
    supported_number_table,
    visit_table,
)
from models.schema.awards.payment_layout import payment_column_table, payment_layout_table
from models.schema.awards.spending_plan import spending_plan_table
from models.schema.awards.subsidy import award_subsidy_table
from models.schema.awards.variation import recovery_table, variation_signature_table, variation_table
from models.schema.awards.withheld_name import withheld_name_table
from models.schema.awards.year_end import year_decision_table, year_line_table, year_spent_table
from models.schema.base import METADATA
from models.schema.deciding.allowance import area_allowance_table
from models.schema.deciding.challenge import challenge_table
from models.schema.deciding.decision import decision_table, sign_off_table, signature_table
from models.schema.deciding.recommendation import recommendation_table
from models.schema.pack import (
    member_key_table,
    pack_item_table,
    pack_table,
    private_key_table,
    returned_table,
)
from models.schema.panel.agreed import (
    agreed_mark_table,
    agreement_table,
    chair_decision_table,
    not_applicable_table,
    panel_only_table,
)
from models.schema.panel.meeting import (
    attendance_table,
    closed_item_table,
    confirmed_record_table,
    meeting_table,
)
from models.schema.panel.panel import (
    interest_table,
    interest_word_table,
    member_area_table,
    member_table,
    signer_interest_table,
)
from models.schema.panel.person import person_table, round_role_table, signing_area_table
from models.schema.panel.revision import revision_table
from models.schema.panel.sheet import first_mark_table, mark_table, sheet_table
from models.schema.papers.paper_issue import file_piece_table, paper_file_table, paper_issue_table
from models.schema.papers.paper_text import paper_text_table
from models.schema.papers.printed_figure import printed_figure_table, printed_table_table
from models.schema.papers.publisher import publisher_table
from models.schema.retention import disposal_table, hold_table, retention_table
from models.schema.set_up.fund import (
    financial_year_table,
    fund_name_table,
    fund_source_table,
    fund_table,
    fund_year_table,
)
from models.schema.set_up.office import office_fact_table, office_logo_table, office_table
from models.schema.set_up.round import area_table, reason_rule_table, round_table
from models.schema.set_up.scheme import amendment_table, criterion_table, scheme_table

TABLES = (
    office_table,
    office_fact_table,
    office_logo_table,
    publisher_table,
    fund_table,
    fund_name_table,
    fund_year_table,
    fund_source_table,
    matching_table,
    area_spelling_table,
    financial_year_table,
    round_table,
    direct_round_table,
    reason_rule_table,
    area_table,
    area_allowance_table,
    finance_codes_table,
    scheme_table,
    criterion_table,
    amendment_table,
    organisation_table,
    organisation_alias_table,
    organisation_merge_table,
    supplier_number_table,
    application_table,
    choice_table,
    direct_award_table,
    onward_grant_table,
    correction_table,
    kept_apart_table,
    gate_table,
    gate_result_table,
    person_table,
    round_role_table,
    signing_area_table,
    member_table,
    member_area_table,
    interest_table,
    interest_word_table,
    signer_interest_table,
    sheet_table,
    mark_table,
    first_mark_table,
    agreement_table,
    agreed_mark_table,
    panel_only_table,
    not_applicable_table,
    chair_decision_table,
    meeting_table,
    attendance_table,
    closed_item_table,
    confirmed_record_table,
    recommendation_table,
    signature_table,
    sign_off_table,
    decision_table,
    challenge_table,
    award_table,
    instalment_table,
    return_table,
    variation_table,
    variation_signature_table,
    recovery_table,
    bank_ending_table,
    bank_details_table,
    return_band_table,
    agreed_output_table,
    award_return_table,
    output_progress_table,
    supported_number_table,
    visit_table,
    paper_issue_table,
    paper_file_table,
    file_piece_table,
    paper_text_table,
    printed_table_table,
    printed_figure_table,
    year_line_table,
    year_spent_table,
    year_decision_table,
    budget_move_table,
    budget_contribution_table,
    spending_plan_table,
    award_agreement_table,
    agreement_template_table,
    award_subsidy_table,
    withheld_name_table,
    payment_layout_table,
    payment_column_table,
    register_extract_table,
    register_entry_table,
    award_check_table,
    revision_table,
    pack_table,
    pack_item_table,
    returned_table,
    member_key_table,
    private_key_table,
    retention_table,
    hold_table,
    disposal_table,
)
"""In the order in which rows can be put in."""


def make_tables(connection: Connection) -> None:
    """Make every declared table, in the same order and with its indexes in the same order each time."""
    for table in METADATA.sorted_tables:
        connection.execute(CreateTable(table))
        for index in sorted(table.indexes, key=lambda one: str(one.name)):
            connection.execute(CreateIndex(index))
