"""Funds, rounds, schemes, applications, panels, marks, recommendations and issued papers."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

AS_SUBMITTED = """
    reference, organisation, project, requested_pence, minimum_pence, total_cost_pence,
    match_funding_pence, beneficiaries, received_at, received_has_time, previously_funded,
    organisation_type, charity_number, company_number, contact_name, email, phone, address,
    postcode, summary, need, outcomes, start_on, end_on, bank_account_held, constitution_held,
    safeguarding_policy, answers
"""
"""The columns that hold what the applicant sent; nothing ever edits them."""

TRIGGERS = (
    f"""
    CREATE TRIGGER applications_as_submitted BEFORE UPDATE OF {AS_SUBMITTED} ON applications BEGIN
        SELECT RAISE(ABORT, 'what was submitted is never edited');
    END
    """,
    """
    CREATE TRIGGER schemes_frozen BEFORE UPDATE ON schemes
    WHEN OLD.frozen_at IS NOT NULL AND NEW.frozen_at IS NOT NULL BEGIN
        SELECT RAISE(ABORT, 'a published scheme is never edited');
    END
    """,
    """
    CREATE TRIGGER criteria_frozen BEFORE UPDATE ON criteria
    WHEN (SELECT frozen_at FROM schemes WHERE id = OLD.scheme_id) IS NOT NULL BEGIN
        SELECT RAISE(ABORT, 'a published scheme is never edited');
    END
    """,
    """
    CREATE TRIGGER issues_no_update BEFORE UPDATE ON issues BEGIN
        SELECT RAISE(ABORT, 'an issued paper is never changed');
    END
    """,
    """
    CREATE TRIGGER issues_no_delete BEFORE DELETE ON issues BEGIN
        SELECT RAISE(ABORT, 'an issued paper is never removed');
    END
    """,
)


def upgrade() -> None:
    _create_funds()
    _create_rounds()
    _create_schemes()
    _create_organisations()
    _create_applications()
    _create_gates()
    _create_people()
    _create_panel()
    _create_sheets()
    _create_agreements()
    _create_chair_decisions()
    _create_recommendations()
    _create_issues()
    for trigger in TRIGGERS:
        op.execute(trigger)


def _create_funds() -> None:
    op.create_table(
        "office",
        *_wholes("id"),
        *_texts("name", "set_up_at"),
        _key("office", "id"),
        sa.CheckConstraint("id = 1", name="ck_office_one_row"),
        sqlite_strict=True,
    )
    op.create_table(
        "funds",
        *_wholes("id"),
        *_texts("uid", "code", "name"),
        *_wholes("has_panel"),
        *_texts("defaults"),
        _key("funds", "id"),
        _unique("funds", "code"),
        _unique("funds", "name"),
        _unique("funds", "uid"),
        sqlite_strict=True,
    )
    op.create_table(
        "financial_years",
        *_wholes("id"),
        *_texts("label"),
        _key("financial_years", "id"),
        _unique("financial_years", "label"),
        sqlite_strict=True,
    )


def _create_rounds() -> None:
    op.create_table(
        "rounds",
        *_wholes("id"),
        *_texts("uid"),
        *_wholes("fund_id", "year_id"),
        *_texts("name", "fund_name", "stage", "marking", "chain", "set_up_at"),
        *_texts_or_null("opened_at"),
        _key("rounds", "id"),
        _unique("rounds", "fund_id", "year_id", "name"),
        _unique("rounds", "uid"),
        _one_of("rounds", "stage", "set up", "open", "closed"),
        _refers("rounds", "fund_id", "funds.id"),
        _refers("rounds", "year_id", "financial_years.id"),
        sqlite_strict=True,
    )
    op.create_table(
        "areas",
        *_wholes("id"),
        *_texts("uid"),
        *_wholes("round_id", "position"),
        *_texts("name", "stage"),
        *_wholes("pot_pence", "start_up_pence", "committed_pence"),
        _key("areas", "id"),
        _unique("areas", "round_id", "name"),
        _unique("areas", "uid"),
        _whole("areas", "committed_pence", least=0),
        _whole("areas", "pot_pence", least=0),
        _one_of("areas", "stage", "intake", "scoring", "meeting", "recommending", "deciding", "done"),
        _whole("areas", "start_up_pence", least=0),
        _refers("areas", "round_id", "rounds.id"),
        sqlite_strict=True,
    )


def _create_schemes() -> None:
    op.create_table(
        "schemes",
        *_wholes("id", "round_id", "version"),
        *_texts_or_null("frozen_at"),
        *_wholes("scale_maximum"),
        *_texts("combine"),
        *_wholes("quorum"),
        *_texts("ranked_by", "ladder", "allocation", "tolerance_percent", "tolerance_authority"),
        *_wholes_or_null("cap_per_award_pence", "cap_per_organisation_pence"),
        *_texts_or_null("minimum_total", "minimum_quality"),
        *_wholes("not_applicable_allowed"),
        *_texts("descriptors"),
        _key("schemes", "id"),
        _unique("schemes", "round_id", "version"),
        _one_of("schemes", "allocation", "stop", "skip", "part"),
        _whole("schemes", "cap_per_award_pence", least=1),
        _whole("schemes", "cap_per_organisation_pence", least=1),
        _one_of("schemes", "combine", "consensus", "mean", "median", "trimmed"),
        _whole("schemes", "quorum"),
        _one_of("schemes", "ranked_by", "total", "price_per_quality_point"),
        _whole("schemes", "scale_maximum", least=1),
        _refers("schemes", "round_id", "rounds.id"),
        sqlite_strict=True,
    )
    op.create_table(
        "criteria",
        *_wholes("id", "scheme_id", "position"),
        *_texts("code", "title", "side"),
        *_wholes("weight_1e4"),
        *_texts("method", "basis"),
        *_texts_or_null("low", "high"),
        *_texts("bands"),
        *_texts_or_null("floor"),
        *_texts("guidance"),
        _key("criteria", "id"),
        _unique("criteria", "scheme_id", "code"),
        _unique("criteria", "scheme_id", "position"),
        _one_of("criteria", "basis", "requested", "unit", "share"),
        _one_of("criteria", "method", "judged", "lowest", "mean", "spread", "linear", "bands"),
        _one_of("criteria", "side", "quality", "cost"),
        _whole("criteria", "weight_1e4", least=1),
        _refers("criteria", "scheme_id", "schemes.id"),
        sqlite_strict=True,
    )


def _create_organisations() -> None:
    op.create_table(
        "organisations",
        *_wholes("id"),
        *_texts("uid", "name"),
        _key("organisations", "id"),
        _unique("organisations", "uid"),
        sqlite_strict=True,
    )
    op.create_table(
        "organisation_aliases",
        *_wholes("id", "organisation_id"),
        *_texts("name", "name_key", "charity_number", "company_number"),
        _key("organisation_aliases", "id"),
        _unique("organisation_aliases", "name_key", "charity_number", "company_number"),
        _refers("organisation_aliases", "organisation_id", "organisations.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_organisation_aliases_organisation_id", "organisation_aliases", ["organisation_id"])


def _create_applications() -> None:
    op.create_table(
        "applications",
        *_wholes("id"),
        *_texts("uid"),
        *_wholes("round_id"),
        *_wholes_or_null("area_id"),
        *_wholes("organisation_id", "position", "withdrawn"),
        *_texts("all_gates", "all_gates_reason", "all_gates_by", "reference", "organisation", "project"),
        *_wholes("requested_pence"),
        *_wholes_or_null("minimum_pence", "total_cost_pence", "match_funding_pence", "beneficiaries"),
        *_texts_or_null("received_at"),
        *_wholes("received_has_time"),
        *_wholes_or_null("previously_funded"),
        *_texts(
            "organisation_type",
            "charity_number",
            "company_number",
            "contact_name",
            "email",
            "phone",
            "address",
            "postcode",
            "summary",
            "need",
            "outcomes",
        ),
        *_texts_or_null("start_on", "end_on"),
        *_wholes_or_null("bank_account_held", "constitution_held", "safeguarding_policy"),
        *_texts("answers"),
        _key("applications", "id"),
        _unique("applications", "round_id", "reference"),
        _unique("applications", "uid"),
        _one_of("applications", "all_gates", "yes", "no", "waived", "to check"),
        _whole("applications", "beneficiaries"),
        _whole("applications", "match_funding_pence", least=0),
        _whole("applications", "minimum_pence", least=0),
        _whole("applications", "requested_pence", least=1),
        _whole("applications", "total_cost_pence", least=0),
        _refers("applications", "area_id", "areas.id"),
        _refers("applications", "organisation_id", "organisations.id"),
        _refers("applications", "round_id", "rounds.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_applications_area_id", "applications", ["area_id"])
    op.create_index("ix_applications_organisation_id", "applications", ["organisation_id"])


def _create_gates() -> None:
    op.create_table(
        "gates",
        *_wholes("id", "round_id", "position"),
        *_texts("code", "question"),
        *_wholes("is_advisory", "is_cap"),
        _key("gates", "id"),
        _unique("gates", "round_id", "code"),
        _refers("gates", "round_id", "rounds.id"),
        sqlite_strict=True,
    )
    op.create_table(
        "gate_results",
        *_wholes("application_id", "gate_id"),
        *_texts("result", "reason", "set_by", "set_at"),
        _key("gate_results", "application_id", "gate_id"),
        _one_of("gate_results", "result", "pass", "fail", "waived", "to check"),
        _refers("gate_results", "application_id", "applications.id"),
        _refers("gate_results", "gate_id", "gates.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_gate_results_gate_id", "gate_results", ["gate_id"])


def _create_people() -> None:
    op.create_table(
        "people",
        *_wholes("id"),
        *_texts("uid", "name", "post"),
        _key("people", "id"),
        _unique("people", "name"),
        _unique("people", "uid"),
        sqlite_strict=True,
    )
    op.create_table(
        "round_roles",
        *_wholes("id", "round_id", "person_id"),
        *_texts("role"),
        _key("round_roles", "id"),
        _unique("round_roles", "round_id", "person_id", "role"),
        _one_of("round_roles", "role", "officer", "note-taker", "commander", "decider", "finance"),
        _refers("round_roles", "person_id", "people.id"),
        _refers("round_roles", "round_id", "rounds.id"),
        sqlite_strict=True,
    )


def _create_panel() -> None:
    op.create_table(
        "members",
        *_wholes("id"),
        *_texts("uid"),
        *_wholes("round_id", "person_id", "position"),
        *_texts("code", "role", "organisation", "kind"),
        _key("members", "id"),
        _unique("members", "round_id", "code"),
        _unique("members", "uid"),
        _one_of("members", "kind", "", "police", "community", "partner", "office"),
        _refers("members", "person_id", "people.id"),
        _refers("members", "round_id", "rounds.id"),
        sqlite_strict=True,
    )
    op.create_table(
        "interests",
        *_wholes("id", "member_id"),
        *_wholes_or_null("application_id"),
        *_wholes("position"),
        *_texts("kind", "detail"),
        _key("interests", "id"),
        _unique("interests", "member_id", "position"),
        _one_of("interests", "kind", "pecuniary", "non-pecuniary", "prejudicial", "abstained", "none"),
        _refers("interests", "application_id", "applications.id"),
        _refers("interests", "member_id", "members.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_interests_application_id", "interests", ["application_id"])


def _create_sheets() -> None:
    op.create_table(
        "sheets",
        *_wholes("id"),
        *_texts("uid"),
        *_wholes("member_id", "application_id", "position", "is_submitted"),
        _key("sheets", "id"),
        _unique("sheets", "member_id", "application_id"),
        _unique("sheets", "uid"),
        _refers("sheets", "application_id", "applications.id"),
        _refers("sheets", "member_id", "members.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_sheets_application_id", "sheets", ["application_id"])
    op.create_table(
        "marks",
        *_wholes("sheet_id"),
        *_texts("criterion"),
        *_wholes_or_null("mark"),
        *_texts("reason"),
        _key("marks", "sheet_id", "criterion"),
        _whole("marks", "mark", least=0),
        sa.CheckConstraint("mark IS NOT NULL OR reason <> ''", name="ck_marks_says_something"),
        _refers("marks", "sheet_id", "sheets.id"),
        sqlite_strict=True,
    )


def _create_agreements() -> None:
    op.create_table(
        "agreements",
        *_wholes("application_id", "position"),
        *_texts("dissent"),
        _key("agreements", "application_id"),
        _refers("agreements", "application_id", "applications.id"),
        sqlite_strict=True,
    )
    op.create_table(
        "agreed_marks",
        *_wholes("application_id"),
        *_texts("criterion"),
        *_wholes_or_null("mark"),
        *_texts("reason"),
        _key("agreed_marks", "application_id", "criterion"),
        _whole("agreed_marks", "mark", least=0),
        sa.CheckConstraint("mark IS NOT NULL OR reason <> ''", name="ck_agreed_marks_says_something"),
        _refers("agreed_marks", "application_id", "agreements.application_id"),
        sqlite_strict=True,
    )


def _create_chair_decisions() -> None:
    op.create_table(
        "not_applicable",
        *_wholes("application_id"),
        *_texts("criterion"),
        *_wholes("position"),
        *_texts("reason"),
        _key("not_applicable", "application_id", "criterion"),
        _refers("not_applicable", "application_id", "applications.id"),
        sqlite_strict=True,
    )
    op.create_table(
        "chair_decisions",
        *_wholes("id", "application_id"),
        *_texts("kind"),
        *_wholes("position"),
        *_wholes_or_null("place"),
        *_texts("reason"),
        _key("chair_decisions", "id"),
        _unique("chair_decisions", "application_id", "kind"),
        _one_of("chair_decisions", "kind", "tie", "exception"),
        _whole("chair_decisions", "place", least=1),
        _refers("chair_decisions", "application_id", "applications.id"),
        sqlite_strict=True,
    )


def _create_recommendations() -> None:
    op.create_table(
        "recommendations",
        *_wholes("application_id"),
        *_texts("outcome"),
        *_wholes_or_null("amount_pence"),
        *_texts("reason", "code", "conditions"),
        *_wholes("is_exception"),
        *_wholes_or_null("quality_1e2", "cost_1e2", "total_1e2", "place"),
        *_wholes("tied"),
        *_texts("recorded_by", "recorded_at"),
        _key("recommendations", "application_id"),
        _whole("recommendations", "amount_pence", least=1),
        _whole("recommendations", "cost_1e2"),
        sa.CheckConstraint("trim(reason) <> ''", name="ck_recommendations_has_a_reason"),
        sa.CheckConstraint(
            "(amount_pence IS NOT NULL) = (outcome IN ('fund', 'part_fund'))",
            name="ck_recommendations_money_only_when_funded",
        ),
        _one_of("recommendations", "outcome", "fund", "part_fund", "reserve", "decline", "defer", "refer"),
        _whole("recommendations", "quality_1e2"),
        _whole("recommendations", "total_1e2"),
        _refers("recommendations", "application_id", "applications.id"),
        sqlite_strict=True,
    )


def _create_issues() -> None:
    op.create_table(
        "issues",
        *_wholes("id", "round_id"),
        *_texts("area"),
        *_wholes("version"),
        *_texts("content", "sha256"),
        *_wholes("after_row"),
        *_texts("after_head", "issued_by", "issued_at"),
        _key("issues", "id"),
        _unique("issues", "round_id", "area", "version"),
        _refers("issues", "round_id", "rounds.id"),
        sqlite_strict=True,
    )


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _texts_or_null(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=True) for name in names]


def _wholes(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _wholes_or_null(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=True) for name in names]


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{target.split('.')[0]}"
    return sa.ForeignKeyConstraint([column], [target], name=name)


def _whole(table: str, column: str, *, least: int | None = None) -> sa.CheckConstraint:
    rule = f"typeof({column}) = 'integer'" + ("" if least is None else f" AND {column} >= {least}")
    return sa.CheckConstraint(f"{column} IS NULL OR ({rule})", name=f"ck_{table}_{column}_whole")


def _one_of(table: str, column: str, *words: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=f"ck_{table}_{column}_known")
