"""The money that was awarded, agreements on it, how it was changed, and a year's money moved and planned."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Column, Named

from models.schema.base import (
    Columns,
    CountedOfApplication,
    Numbered,
    OfApplication,
    OfYear,
    key_of,
    own_key,
    record_table,
    refers_to,
)
from models.schema.forms import ACCOUNT_NUMBER, HASH, JSON_LIST, JSON_OBJECT, SORT_CODE
from models.schema.personal import TextAbout


class AwardColumns(OfApplication):
    """An award that a decision made; `profile` is the code of a payment profile, "" for lines of its own.

    `held_for` says why nothing more is paid for now, None when it is not held.
    """

    decision_id: Named[int] = refers_to("decisions.id")
    reference: Named[str]
    amount_pence: Named[int]
    profile: Named[str]
    agreed_on: Named[date | None]
    held_for: Named[TextAbout | None]


award_table = record_table("awards", AwardColumns, "amount_pence >= 1")


class InstalmentColumns(Columns):
    """One part of an award, and what it waits for; paid once finance authorised it.

    `proof_on` is the day a claim or proof of purchase came in, `proof` what it was.
    """

    application_id: Named[int] = key_of("awards.application_id")
    number: Named[int] = own_key()
    amount_pence: Named[int]
    trigger: Named[str]
    paid_on: Named[date | None]
    authorised_by: Named[str]
    due_on: Named[date | None]
    proof_on: Named[date | None]
    proof: Named[TextAbout | None]


instalment_table = record_table(
    "instalments",
    InstalmentColumns,
    "amount_pence >= 1",
    "authorised_when_paid: (paid_on IS NULL) = (authorised_by = '')",
)


class ReturnColumns(Columns):
    """Money of an award that came back; `recovery` is the number of the request, None where nobody asked."""

    application_id: Named[int] = key_of("awards.application_id")
    number: Named[int] = own_key()
    amount_pence: Named[int]
    returned_on: Named[date]
    reason: Named[TextAbout]
    recovery: Named[int | None]


return_table = record_table(
    "award_returns",
    ReturnColumns,
    "amount_pence >= 1",
    "has_a_reason: trim(reason) <> ''",
)


class AwardAgreementColumns(OfApplication):
    """What is known of an award's agreement beside the day of its signature, which is the award's.

    It hangs on the application, so that a corrected decision leaves it as it is; "" is not known yet.
    `signed_version` is the issued version that was signed, None where nobody said, `signed_anew_on` the day
    of that where one was signed before.
    """

    sent_on: Named[date | None]
    held_at: Named[TextAbout]
    office_signer: Named[str]
    office_post: Named[str]
    recipient_signer: Named[TextAbout]
    recipient_post: Named[TextAbout]
    signed_version: Named[int | None]
    signed_anew_on: Named[date | None]


award_agreement_table = record_table("award_agreements", AwardAgreementColumns)


class AgreementTemplateColumns(Columns):
    """The office's own template of a fund's agreements: a Word document in base64."""

    fund_id: Named[int] = key_of("funds.id")
    content: Named[str]


agreement_template_table = record_table(
    "agreement_templates",
    AgreementTemplateColumns,
    "content_is_there: length(content) > 0",
)


class VariationColumns(CountedOfApplication):
    """A change of an award: what it was and becomes as canonical JSON of its terms, and why.

    `from_pence` and `to_pence` are the award before and after. One that takes more money is proposed until
    the chain that the new total requires has signed it; `effective_on` is the day from which it was in
    effect. It can be withdrawn until both parties have signed the agreement with it.
    """

    state: Named[str]
    from_pence: Named[int]
    to_pence: Named[int]
    was: Named[str] = Column(JSON_OBJECT)
    becomes: Named[str] = Column(JSON_OBJECT)
    reason: Named[TextAbout]
    proposed_on: Named[date]
    proposed_by: Named[str]
    recorded_at: Named[datetime]
    effective_on: Named[date | None]
    ended_because: Named[TextAbout]
    ended_at: Named[datetime | None]


variation_table = record_table(
    "award_variations",
    VariationColumns,
    "state IN ('proposed', 'in effect', 'withdrawn')",
    "from_pence >= 1",
    "to_pence >= 1",
    "has_a_reason: trim(reason) <> ''",
    "in_effect_from_a_day: state = 'withdrawn' OR (state = 'in effect') = (effective_on IS NOT NULL)",
    "withdrawn_for_a_reason: (state = 'withdrawn') = (ended_because <> '')",
    "withdrawn_at_a_moment: (state = 'withdrawn') = (ended_at IS NOT NULL)",
)


class VariationSignatureColumns(Columns):
    """What one post of a step of the chain signed of a variation; `step` counts from 0."""

    application_id: Named[int] = own_key()
    number: Named[int] = own_key()
    step: Named[int] = own_key()
    post: Named[str] = own_key()
    signed_by: Named[str]
    signed_on: Named[date]
    interests: Named[str]
    is_from_paper: Named[bool]
    recorded_by: Named[str]
    recorded_at: Named[datetime]


variation_signature_table = record_table(
    "variation_signatures",
    VariationSignatureColumns,
    "step >= 0",
    "signed_by_someone: trim(signed_by) <> ''",
    "FOREIGN KEY (application_id, number) REFERENCES award_variations (application_id, number)",
)
award_table.add_is_dependent_on(variation_signature_table)  # its guard looks at who signed


class RecoveryColumns(CountedOfApplication):
    """Money of an award that was asked back: how much, when and why; what came of it is in its returns."""

    amount_pence: Named[int]
    asked_on: Named[date]
    reason: Named[TextAbout]
    asked_by: Named[str]


recovery_table = record_table(
    "award_recoveries",
    RecoveryColumns,
    "amount_pence >= 1",
    "has_a_reason: trim(reason) <> ''",
)


class WithheldNameColumns(OfApplication):
    """On what ground an award's recipient is not named, why, and who decided it; `words` are one a line."""

    ground: Named[str]
    reason: Named[TextAbout]
    decided_by: Named[str]
    decided_post: Named[str]
    words: Named[TextAbout]


withheld_name_table = record_table(
    "withheld_names",
    WithheldNameColumns,
    "ground IN ('personal', 'safety', 'policing', 'commercial', 'barred')",
)


class SuccessionColumns(CountedOfApplication):
    """Who takes over an award in law, and from which day; what was published of it keeps the first name.

    `number` counts the successors of one award from 1, each of whom takes it over from the one before.
    """

    name: Named[str]
    charity_number: Named[str]
    company_number: Named[str]
    from_on: Named[date]
    reason: Named[TextAbout]
    address: Named[TextAbout]
    postcode: Named[TextAbout]
    contact_name: Named[TextAbout]
    email: Named[TextAbout]
    supplier_number: Named[str]
    recorded_by: Named[str]
    recorded_at: Named[datetime]


succession_table = record_table("successions", SuccessionColumns, "has_a_name: trim(name) <> ''")


class DirectRoundColumns(Columns):
    """A round that holds a fund's awards of a year without a competition: at most one for each."""

    round_id: Named[int] = key_of("rounds.id")
    fund_id: Named[int] = refers_to("funds.id")
    year_id: Named[int] = refers_to("financial_years.id")


direct_round_table = record_table("direct_rounds", DirectRoundColumns, "UNIQUE (fund_id, year_id)")


class DirectAwardColumns(OfApplication):
    """How an award came about without a competition; `extends_id` is the application whose award it extends.

    Start and end of its contract are the application's; it may run `option_years` longer, and be ended on
    the break date.
    """

    route: Named[str]
    route_reason: Named[str]
    extends_id: Named[int | None] = refers_to("applications.id")
    option_years: Named[int]
    break_on: Named[date | None]


direct_award_table = record_table(
    "direct_awards",
    DirectAwardColumns,
    "route IN ('commissioned-service', 'council-share', 'single-tender', 'extension', "
    "'third-party-manager', 'start-up')",
    "option_years >= 0",
    "tender_has_a_reason: route <> 'single-tender' OR trim(route_reason) <> ''",
    "extension_is_of_an_award: (route = 'extension') = (extends_id IS NOT NULL)",
)


class OnwardGrantColumns(Columns):
    """What a third-party manager passes on of its award, to whom and for what."""

    application_id: Named[int] = key_of("direct_awards.application_id")
    number: Named[int] = own_key()
    recipient: Named[str]
    amount_pence: Named[int]
    purpose: Named[str]


onward_grant_table = record_table(
    "onward_grants",
    OnwardGrantColumns,
    "amount_pence >= 1",
    "says_to_whom_and_why: trim(recipient) <> '' AND trim(purpose) <> ''",
)


class BankEndingColumns(Columns):
    """The last four digits and the sum, who put the account down and who checked it; made by the journal."""

    application_id: Named[int] = key_of("awards.application_id")
    last_four: Named[str]
    entered_by: Named[str]
    entered_at: Named[datetime]
    checked_by: Named[str]
    checked_at: Named[datetime | None]
    changed_after: Named[str]
    account_sum: Named[str] = Column(HASH)


bank_ending_table = record_table(
    "bank_endings",
    BankEndingColumns,
    "last_four_length: length(last_four) = 4",
    "checked_by_someone: (checked_at IS NULL) = (checked_by = '')",
    "checked_by_another: checked_by <> entered_by",
    "changed_after IN ('', 'checked', 'paid')",
)


class BankDetailsColumns(Columns):
    """The account and the salt of its sum; never journalled, and so left out when that is done over again."""

    application_id: Named[int] = key_of("bank_endings.application_id")
    account_name: Named[str]
    sort_code: Named[str] = Column(SORT_CODE)
    account_number: Named[str] = Column(ACCOUNT_NUMBER)
    salt: Named[str] = Column(HASH)


bank_details_table = record_table(
    "bank_details",
    BankDetailsColumns,
)


class FinanceCodesColumns(Columns):
    """The codes of a round (`area_id` None) or of one area; "" in an area's is as the round's.

    They are text: leading zeros are part of a code.
    """

    round_id: Named[int] = key_of("rounds.id")
    position: Named[int] = own_key()
    area_id: Named[int | None] = refers_to("areas.id")
    cost_centre: Named[str]
    nominal_code: Named[str]
    project_code: Named[str]


finance_codes_table = record_table(
    "finance_codes",
    FinanceCodesColumns,
    "has_a_code: cost_centre || nominal_code || project_code <> ''",
)


class SupplierNumberColumns(Columns):
    """The number that finance's own system knows an organisation by, as text."""

    organisation_id: Named[int] = key_of("organisations.id")
    number: Named[str]


supplier_number_table = record_table(
    "supplier_numbers",
    SupplierNumberColumns,
    "number_says_something: trim(number) <> ''",
)


class PaymentLayoutColumns(Columns):
    """A layout of payment files by its name, as canonical JSON."""

    name: Named[str] = own_key()
    layout: Named[str] = Column(JSON_OBJECT)


payment_layout_table = record_table(
    "payment_layouts",
    PaymentLayoutColumns,
    "name_says_something: trim(name) <> ''",
)


class AwardSubsidyColumns(OfApplication):
    """Whether an award is a subsidy, and the steps of minimal financial assistance.

    `declared_pence` is what the recipient says it had from other public bodies in the period.
    """

    kind: Named[str]
    reason: Named[TextAbout]
    declared_pence: Named[int | None]
    declared_on: Named[date | None]
    notified_on: Named[date | None]
    confirmed_on: Named[date | None]
    confirmed_by: Named[TextAbout]


award_subsidy_table = record_table(
    "award_subsidies",
    AwardSubsidyColumns,
    "kind IN ('none', 'minimal', 'subsidy')",
    "declared_pence >= 0",
)


class BudgetMoveColumns(Numbered):
    """Project money moved from one area or service line to another; `authority` is name and post."""

    fund_id: Named[int] = refers_to("funds.id")
    year: Named[str]
    source: Named[str]
    target: Named[str]
    amount_pence: Named[int]
    reason: Named[str]
    authority: Named[str]
    recorded_by: Named[str]
    recorded_at: Named[datetime]


budget_move_table = record_table(
    "budget_moves",
    BudgetMoveColumns,
    "amount_pence >= 1",
    "between_two: trim(source) <> '' AND trim(target) <> '' AND source <> target",
    "has_a_reason: trim(reason) <> ''",
    "has_an_authority: trim(authority) <> ''",
)


class BudgetContributionColumns(Numbered):
    """Money that the office gave to an area or service line itself; the tables print it below nothing."""

    fund_id: Named[int] = refers_to("funds.id")
    year: Named[str]
    line: Named[str]
    amount_pence: Named[int]
    reason: Named[str]
    recorded_by: Named[str]
    recorded_at: Named[datetime]


budget_contribution_table = record_table(
    "budget_contributions",
    BudgetContributionColumns,
    "amount_pence >= 1",
    "is_of_a_line: trim(line) <> ''",
    "has_a_reason: trim(reason) <> ''",
)


class SpendingPlanColumns(OfYear):
    """The plan for one line of a fund's year; what is not stated yet is "" or None.

    `frontline_percent` is the share for frontline delivery, 0 to 100; `pays_statutory` says whether it pays
    for services or posts that a partner must provide by law. `lines` is a JSON list of its purposes.
    """

    line: Named[str] = own_key()
    plan: Named[str]
    frontline_percent: Named[Decimal | None]
    rationale: Named[str]
    pays_statutory: Named[bool | None]
    recorded_by: Named[str]
    lines: Named[str] = Column(JSON_LIST, server_default="[]")


spending_plan_table = record_table("spending_plans", SpendingPlanColumns, "is_of_a_line: trim(line) <> ''")
