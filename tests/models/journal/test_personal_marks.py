"""Every text of an operation and of a table is marked as personal, or is known to be kept."""

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, ClassVar, Union, get_args, get_origin, get_type_hints

from msgspec import Struct
from sqlalchemy import Text

from models.operations.registry import OPERATIONS
from models.schema.base import MARKED, METADATA
from models.schema.personal import OWN, mark_of, plain
from models.values.canonical import UNKEPT


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NAMES = _words(
    """
    account_sum accounts added_areas address after_head also_known_as amounts application applications
    area areas asked_by authorised_by award begins by carried_out_by charity_number checks closes_time
    code columns company_number computer confirmed control copy cost_centre covers criterion dates decided_by
    decided_post deed ends extends field fields file fingerprint first fund funder gate gone ground
    group hash heading headings holds insolvency joint_posts kept kept_name key keys kind kinds ladder
    last_four legal_power line lines listed looked_at_by looked_at_post made_fund marking
    member member_key members merged merged_name money name new nominal_code notice number office_key
    office_post office_signer old organisation organisation_type outcome pack paper parents parts
    pass_means person plan points post postcode postcodes posts prefix present profile project
    project_code purposes question recipient reference references register removed replacing_last_four
    required_checks result role round second separator set_by sha256 shared_pot short_forms slot stage
    state status subject table taken target to tolerance_authority total trusted verdict who withdrawing
    year in_place ruled_by about file_kind replaced_kind checked_by read_by
    """
)
"""Fields that name, number, date or choose: no words of an applicant, and none about one."""

KEPT_FIELDS = _words(
    """
    AgreedRow.for_panel SheetRow.for_panel Allowance.awards Allowance.reason AmendScheme.reason
    BringBackApplications.all_gates
    Carried.source CarriedChange.row ChairDecisionRow.reason Change.replacing Change.value
    ChangeApplications.words ChangeBudget.words ChangePanel.words Choice.words Clause.words Condition.words
    ConfirmCarried.noted Contribute.reason
    Criterion.guidance Criterion.title DecideException.reason DecideException.replacing DecideTie.order
    DecideTie.reason Decision.chosen DirectAward.reason
    DirectAward.route_reason EditScheme.what ExportAccounts.reason FactChange.replacing FactChange.value
    GateSetting.replacing ImportApplications.source Instalment.trigger IssuePaper.content
    LayoutColumn.words LineDecision.change_reason LineDecision.conditions
    LineDecision.reason ListItem.words LoadRound.source LoadRound.standings MakeReturn.text
    Matching.spellings MeetingHeld.place MergeOrganisations.reason MoveAreas.reason
    PartOrganisations.names PartOrganisations.reason
    MoveMoney.authority MoveMoney.reason MoveMoney.source NameSignatories.reason OnwardGrant.purpose
    OpenPack.start
    OpenPack.text OpenRecord.reason PanelKind.words Part.trigger Payment.words PlanLine.purpose
    PlannedReturn.words PrintedTable.rows PrintedTable.source PrintedTable.title PutPackBack.after
    PutReturns.source PutReturnsBack.after
    RecommendationRow.conditions RecommendationRow.reason RecordDecisions.interests
    RecordDecisions.unsigned_because RecordPayments.source ReferenceList.title RegisterEntry.what
    RemoveApplications.corrected SetTogether.words RenameFund.replacing Renamed.what ReplaceRound.source
    Replaced.submitted Room.decided RoundRows.warnings Scheme.descriptors SeatRow.names
    SetAgreementTemplate.content SetAgreementTemplate.replacing SetAttendance.replacing SetFund.what
    SetGate.asks SetGate.replacing SetMarking.replacing SetSupplierNumber.replacing
    SetSupplierNumber.stood Successor.supplier_number ChangedField.corrected_by
    SignVariation.interests Source.words SpendingPlan.rationale Spent.source StartRound.proposed
    Stood.all_gates SubmittedCell.text TableRows.rows TakeInReturns.texts TakeInRounds.source Terms.conditions
    Tombstone.body UpdatePack.start UpdatePack.text
    YearDecision.reason
    """
)
"""Unmarked texts of operations: rulings and decisions kept for good, words of funds, offices and panels,
returns as signed, and what an erasure empties by its row."""

KEPT = {
    "agreed_marks": ("criterion",),
    "panel_only_reasons": ("criterion",),
    "application_choices": ("kind", "code", "words"),  # lines of the fund's lists: counted by year
    "award_recoveries": ("asked_by",),
    "award_variations": ("state", "was", "becomes", "proposed_by"),  # decisions, but their outcomes
    "award_agreements": ("office_signer", "office_post"),
    "award_checks": ("code", "result", "checked_by"),
    "award_subsidies": ("kind",),
    "successions": ("name", "charity_number", "company_number", "supplier_number", "recorded_by"),
    "withheld_names": ("ground", "decided_by", "decided_post"),  # who decided what the public is told
    "awards": ("reference", "profile"),
    "bank_details": ("account_name", "sort_code", "account_number", "salt"),  # goes whole, once all is paid
    "bank_endings": ("last_four", "entered_by", "checked_by", "changed_after", "account_sum"),  # likewise
    # rulings
    "challenges": ("kind", "looked_at_by", "looked_at_post", "finding", "recorded_by", "carried_out_by"),
    "chair_decisions": ("kind", "reason", "ruled_by"),  # rulings that decide places: kept for good
    "closed_items": ("closed_by", "present", "decided"),
    "corrections": ("field", "value", "submitted", "corrected_by"),  # those of texts go whole
    "decisions": ("verdict", "outcome", "reason", "change_reason", "conditions"),  # kept for good
    "decided_standings": ("figures", "steps"),  # figures that a decision rests on
    "direct_awards": ("route", "route_reason"),  # why nobody competed: kept with the decision
    "onward_grants": ("recipient", "purpose"),  # published with the award
    "disposals": ("ground", "person", "erased_by"),
    "gate_results": ("result", "set_by"),
    "holds": ("reason", "held_by"),  # what is on hold is not erased
    "instalments": ("trigger", "authorised_by"),
    "interests": ("kind",),
    "kept_apart": ("kept_by",),
    "first_marks": ("criterion",),
    "marks": ("criterion",),
    "monitoring_returns": ("words",),  # the point at which it is due
    "monitoring_visits": ("who",),
    "not_applicable": ("criterion",),
    "recommendation_signatures": ("signed_by",),
    "recommendations": ("outcome", "reason", "code", "conditions", "recorded_by"),  # decisions rest on them
    "sheets": ("uid",),
    "supported_numbers": ("group", "line"),
    "variation_signatures": ("post", "signed_by", "interests", "recorded_by"),
}
"""What text an erasure leaves in the tables that hang on applications: codes, names of staff, decisions."""


KEPT_ELSEWHERE = _words(
    """
    agreement_templates.content applications.all_gates applications.all_gates_by
    applications.charity_number applications.company_number applications.organisation
    applications.organisation_type applications.project applications.reference applications.uid
    area_allowances.awards area_allowances.name area_allowances.post area_allowances.reason
    area_allowances.recorded_by
    area_spellings.area area_spellings.spelling areas.carried areas.closes_time areas.name areas.shared_pot
    areas.stage areas.uid attendance.state budget_contributions.line budget_contributions.reason
    budget_contributions.recorded_by budget_contributions.year budget_moves.authority
    budget_moves.reason budget_moves.recorded_by budget_moves.source budget_moves.target
    budget_moves.year confirmed_records.confirmed_by kept_panels.panel
    criteria.bands criteria.basis criteria.code
    criteria.guidance criteria.method criteria.side criteria.title draft.field draft.person draft.text
    finance_codes.cost_centre finance_codes.nominal_code finance_codes.project_code
    financial_years.label fund_names.name fund_sources.kind fund_sources.words fund_sources.year
    fund_years.year funds.code funds.defaults funds.name funds.uid gates.code gates.question
    journal.actor journal.kind journal.role journal_body.body matchings.fields matchings.headings_key
    meetings.begins meetings.ends meetings.left_open meetings.place member_keys.member
    member_keys.member_key members.code members.kind members.organisation members.role members.uid
    office_fact.key office_fact.value office_logo.sha256 organisation_aliases.charity_number
    organisation_aliases.company_number organisation_aliases.name organisation_aliases.name_key
    organisation_merges.apart organisation_merges.merged_by organisation_merges.reason
    organisations.name organisations.uid
    pack_items.application pack_items.pack packs.after_head packs.fingerprint packs.issued_by
    packs.member packs.pack packs.round packs.sha256 file_pieces.sha256
    attachments.about attachments.added_by attachments.kind attachments.pieces attachments.read_by
    attachments.sha256 attachments.subject
    paper_files.about paper_files.name paper_files.pieces paper_files.sha256
    paper_issues.after_head paper_issues.content
    paper_issues.control paper_issues.issued_by paper_issues.paper
    paper_issues.scope paper_issues.sha256 paper_issues.subject paper_texts.field paper_texts.paper
    paper_texts.subject
    payment_layouts.layout payment_layouts.name
    people.name people.post people.uid printed_figures.heading
    printed_figures.kind printed_figures.words printed_tables.code printed_tables.fund
    printed_tables.source printed_tables.title printed_tables.total printed_tables.year
    private_keys.public_key publisher.funder publisher.prefix reason_rules.rule
    register_entries.accounts register_entries.address register_entries.insolvency register_entries.key
    register_entries.listed register_entries.name register_entries.postcode register_entries.register
    register_entries.status register_entries.what register_extracts.file register_extracts.loaded_by
    register_extracts.register return_bands.points returned.body returned.by returned.member
    returned.member_key returned.pack returned.round returned.sha256 revisions.application
    revisions.hash revisions.member revisions.parents revisions.round revisions.slot
    round_roles.role rounds.chain rounds.fund_name rounds.fund_rules rounds.marking
    rounds.name rounds.stage rounds.uid scheme_amendments.amended_by scheme_amendments.reason
    scheme_amendments.sheets schemes.allocation schemes.combine schemes.descriptors schemes.ladder
    schemes.ranked_by schemes.tolerance_authority setting.name setting.value sign_offs.interests
    sign_offs.legal_power sign_offs.notice sign_offs.post sign_offs.recorded_by sign_offs.signed_by
    sign_offs.unsigned_because signer_interests.kind spending_plans.line spending_plans.lines
    spending_plans.plan spending_plans.rationale spending_plans.recorded_by spending_plans.year
    supplier_numbers.number year_decisions.award year_decisions.decided_by year_decisions.deed
    year_decisions.line year_decisions.reason year_decisions.recorded_by year_decisions.year
    year_lines.name year_lines.year year_spent.award year_spent.line year_spent.source year_spent.year
    """
)
"""Texts of tables that hang on no application, and of applications what stays: names, numbers, references."""


def test_every_text_of_an_operation_is_marked_or_kept_for_a_reason() -> None:
    """A new field of words has to be marked, or to be put on the list of what is kept."""
    left = {
        f"{kind.__name__}.{name}"
        for kind in _values()
        for name, hint in get_type_hints(kind, include_extras=True).items()
        if name not in NAMES and _is_text(hint) and not mark_of(hint)
    }

    assert left == KEPT_FIELDS


def test_every_text_of_a_table_is_marked_or_kept_for_a_reason() -> None:
    """A new column of words has to be marked, or to be put on the list of what is kept."""
    left = {
        f"{table.name}.{column.name}"
        for table in METADATA.tables.values()
        for column in table.c
        if isinstance(column.type, Text) and not column.info[MARKED]
    }

    assert left == KEPT_ELSEWHERE | {
        f"{name}.{column}" for name, columns in KEPT.items() for column in columns
    }

    own = {t.name for t in METADATA.tables.values() if any(c.info[MARKED] == OWN for c in t.c)}

    assert own == {"applications", "paper_texts"}


def _values() -> Iterator[Any]:
    """Yield the operations, and every value that one of them holds."""
    left, seen = list(OPERATIONS.values()), set()
    while left:
        kind: Any = left.pop()
        if isinstance(kind, type) and (issubclass(kind, Struct) or hasattr(kind, "_fields")):
            if kind not in seen:
                seen.add(kind)
                hints = get_type_hints(kind, include_extras=True)
                left += [plain(hint) for hint in hints.values() if UNKEPT not in get_args(hint)]
                yield kind
        else:
            left += get_args(kind)


def _is_text(hint: Any) -> bool:
    if hint is str:
        return True
    holds = get_origin(hint) in (tuple, frozenset, dict, Union, UnionType, Annotated)
    return get_origin(hint) is not ClassVar and holds and any(map(_is_text, get_args(hint)))
