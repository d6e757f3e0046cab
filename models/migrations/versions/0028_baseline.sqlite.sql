CREATE TABLE journal (
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    kind TEXT NOT NULL,
    digest BLOB NOT NULL,
    prev BLOB NOT NULL,
    hash BLOB NOT NULL,
    CONSTRAINT pk_journal PRIMARY KEY (seq),
    CONSTRAINT ck_journal_digest_length CHECK (length(digest) = 32),
    CONSTRAINT ck_journal_prev_length CHECK (length(prev) = 32),
    CONSTRAINT ck_journal_hash_length CHECK (length(hash) = 32),
    CONSTRAINT uq_journal_hash UNIQUE (hash)
) STRICT;

CREATE TABLE journal_body (
    seq INTEGER NOT NULL,
    salt BLOB NOT NULL,
    body TEXT NOT NULL,
    CONSTRAINT pk_journal_body PRIMARY KEY (seq),
    CONSTRAINT ck_journal_body_salt_length CHECK (length(salt) = 16),
    CONSTRAINT fk_journal_body_seq_journal FOREIGN KEY(seq) REFERENCES journal (seq)
) STRICT;

CREATE TABLE erasure (
    seq INTEGER NOT NULL,
    by_seq INTEGER NOT NULL,
    CONSTRAINT pk_erasure PRIMARY KEY (seq),
    CONSTRAINT fk_erasure_seq_journal FOREIGN KEY(seq) REFERENCES journal (seq),
    CONSTRAINT fk_erasure_by_seq_journal FOREIGN KEY(by_seq) REFERENCES journal (seq) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE draft (
    person TEXT NOT NULL,
    field TEXT NOT NULL,
    text TEXT NOT NULL,
    typed_at TEXT NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY (person, field)
) STRICT;

CREATE TABLE setting (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY (name)
) STRICT;

CREATE TABLE office (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    set_up_at TEXT NOT NULL,
    CONSTRAINT pk_office PRIMARY KEY (id),
    CONSTRAINT ck_office_one_row CHECK (id = 1)
) STRICT;

CREATE TABLE publisher (
    id INTEGER NOT NULL,
    prefix TEXT NOT NULL,
    funder TEXT NOT NULL,
    CONSTRAINT pk_publisher PRIMARY KEY (id),
    CONSTRAINT ck_publisher_one_row CHECK (id = 1),
    CONSTRAINT ck_publisher_prefix_form CHECK (prefix LIKE '360G-_%'),
    CONSTRAINT ck_publisher_funder_form CHECK (funder LIKE '%-_%')
) STRICT;

CREATE TABLE funds (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    has_panel INTEGER NOT NULL,
    defaults TEXT NOT NULL,
    CONSTRAINT pk_funds PRIMARY KEY (id),
    CONSTRAINT uq_funds_uid UNIQUE (uid),
    CONSTRAINT uq_funds_code UNIQUE (code),
    CONSTRAINT uq_funds_name UNIQUE (name),
    CONSTRAINT ck_funds_has_panel_yes_or_no CHECK (has_panel IN (0, 1))
) STRICT;

CREATE TABLE matchings (
    headings_key TEXT NOT NULL,
    fields TEXT NOT NULL,
    CONSTRAINT pk_matchings PRIMARY KEY (headings_key)
) STRICT;

CREATE TABLE area_spellings (
    fund_id INTEGER NOT NULL,
    spelling TEXT NOT NULL,
    area TEXT NOT NULL,
    CONSTRAINT pk_area_spellings PRIMARY KEY (fund_id, spelling),
    CONSTRAINT fk_area_spellings_fund_id_funds FOREIGN KEY(fund_id) REFERENCES funds (id)
) STRICT;

CREATE TABLE financial_years (
    id INTEGER NOT NULL,
    label TEXT NOT NULL,
    CONSTRAINT pk_financial_years PRIMARY KEY (id),
    CONSTRAINT uq_financial_years_label UNIQUE (label)
) STRICT;

CREATE TABLE rounds (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    fund_id INTEGER NOT NULL,
    year_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    fund_name TEXT NOT NULL,
    stage TEXT NOT NULL,
    marking TEXT NOT NULL,
    chain TEXT NOT NULL,
    set_up_at TEXT NOT NULL,
    opened_at TEXT,
    CONSTRAINT pk_rounds PRIMARY KEY (id),
    CONSTRAINT uq_rounds_fund_id_year_id_name UNIQUE (fund_id, year_id, name),
    CONSTRAINT ck_rounds_stage_known CHECK (stage IN ('set up', 'open', 'closed')),
    CONSTRAINT uq_rounds_uid UNIQUE (uid),
    CONSTRAINT fk_rounds_fund_id_funds FOREIGN KEY(fund_id) REFERENCES funds (id),
    CONSTRAINT fk_rounds_year_id_financial_years FOREIGN KEY(year_id) REFERENCES financial_years (id)
) STRICT;

CREATE TABLE reason_rules (
    round_id INTEGER NOT NULL,
    rule TEXT NOT NULL,
    CONSTRAINT pk_reason_rules PRIMARY KEY (round_id),
    CONSTRAINT ck_reason_rules_rule_known CHECK (rule IN ('asked', 'required', 'not asked')),
    CONSTRAINT fk_reason_rules_round_id_rounds FOREIGN KEY(round_id) REFERENCES rounds (id)
) STRICT;

CREATE TABLE areas (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    round_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    stage TEXT NOT NULL,
    pot_pence INTEGER NOT NULL,
    start_up_pence INTEGER NOT NULL,
    committed_pence INTEGER NOT NULL,
    opens_on TEXT,
    closes_on TEXT,
    marks_close_on TEXT,
    meets_on TEXT,
    allocated_on TEXT,
    closes_time TEXT,
    CONSTRAINT pk_areas PRIMARY KEY (id),
    CONSTRAINT uq_areas_round_id_name UNIQUE (round_id, name),
    CONSTRAINT ck_areas_stage_known CHECK (stage IN ('intake', 'scoring', 'meeting', 'recommending', 'deciding', 'done')),
    CONSTRAINT ck_areas_pot_pence_at_least_0 CHECK (pot_pence >= 0),
    CONSTRAINT ck_areas_start_up_pence_at_least_0 CHECK (start_up_pence >= 0),
    CONSTRAINT ck_areas_committed_pence_at_least_0 CHECK (committed_pence >= 0),
    CONSTRAINT uq_areas_uid UNIQUE (uid),
    CONSTRAINT fk_areas_round_id_rounds FOREIGN KEY(round_id) REFERENCES rounds (id)
) STRICT;

CREATE TABLE area_allowances (
    id INTEGER NOT NULL,
    area_id INTEGER NOT NULL,
    amount_pence INTEGER NOT NULL,
    name TEXT NOT NULL,
    post TEXT NOT NULL,
    reason TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    CONSTRAINT pk_area_allowances PRIMARY KEY (id),
    CONSTRAINT ck_area_allowances_amount_pence_at_least_1 CHECK (amount_pence >= 1),
    CONSTRAINT ck_area_allowances_has_a_name CHECK (trim(name) <> ''),
    CONSTRAINT ck_area_allowances_has_a_post CHECK (trim(post) <> ''),
    CONSTRAINT ck_area_allowances_has_a_reason CHECK (trim(reason) <> ''),
    CONSTRAINT fk_area_allowances_area_id_areas FOREIGN KEY(area_id) REFERENCES areas (id)
) STRICT;

CREATE TABLE finance_codes (
    round_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    area_id INTEGER,
    cost_centre TEXT NOT NULL,
    nominal_code TEXT NOT NULL,
    project_code TEXT NOT NULL,
    CONSTRAINT pk_finance_codes PRIMARY KEY (round_id, position),
    CONSTRAINT ck_finance_codes_has_a_code CHECK (cost_centre || nominal_code || project_code <> ''),
    CONSTRAINT fk_finance_codes_round_id_rounds FOREIGN KEY(round_id) REFERENCES rounds (id),
    CONSTRAINT fk_finance_codes_area_id_areas FOREIGN KEY(area_id) REFERENCES areas (id)
) STRICT;

CREATE TABLE schemes (
    id INTEGER NOT NULL,
    round_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    frozen_at TEXT,
    scale_maximum INTEGER NOT NULL,
    combine TEXT NOT NULL,
    quorum INTEGER NOT NULL,
    ranked_by TEXT NOT NULL,
    ladder TEXT NOT NULL,
    allocation TEXT NOT NULL,
    tolerance_percent TEXT NOT NULL,
    tolerance_authority TEXT NOT NULL,
    cap_per_award_pence INTEGER,
    cap_per_organisation_pence INTEGER,
    minimum_total TEXT,
    minimum_quality TEXT,
    not_applicable_allowed INTEGER NOT NULL,
    descriptors TEXT NOT NULL,
    CONSTRAINT pk_schemes PRIMARY KEY (id),
    CONSTRAINT uq_schemes_round_id_version UNIQUE (round_id, version),
    CONSTRAINT ck_schemes_scale_maximum_at_least_1 CHECK (scale_maximum >= 1),
    CONSTRAINT ck_schemes_cap_per_award_pence_at_least_1 CHECK (cap_per_award_pence >= 1),
    CONSTRAINT ck_schemes_cap_per_organisation_pence_at_least_1 CHECK (cap_per_organisation_pence >= 1),
    CONSTRAINT ck_schemes_combine_known CHECK (combine IN ('consensus', 'mean', 'median', 'trimmed')),
    CONSTRAINT ck_schemes_allocation_known CHECK (allocation IN ('stop', 'skip', 'part')),
    CONSTRAINT ck_schemes_ranked_by_known CHECK (ranked_by IN ('total', 'price_per_quality_point')),
    CONSTRAINT fk_schemes_round_id_rounds FOREIGN KEY(round_id) REFERENCES rounds (id),
    CONSTRAINT ck_schemes_not_applicable_allowed_yes_or_no CHECK (not_applicable_allowed IN (0, 1))
) STRICT;

CREATE TABLE criteria (
    id INTEGER NOT NULL,
    scheme_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    side TEXT NOT NULL,
    weight_1e4 INTEGER NOT NULL,
    method TEXT NOT NULL,
    basis TEXT NOT NULL,
    low TEXT,
    high TEXT,
    bands TEXT NOT NULL,
    floor TEXT,
    guidance TEXT NOT NULL,
    CONSTRAINT pk_criteria PRIMARY KEY (id),
    CONSTRAINT uq_criteria_scheme_id_code UNIQUE (scheme_id, code),
    CONSTRAINT uq_criteria_scheme_id_position UNIQUE (scheme_id, position),
    CONSTRAINT ck_criteria_weight_1e4_at_least_1 CHECK (weight_1e4 >= 1),
    CONSTRAINT ck_criteria_side_known CHECK (side IN ('quality', 'cost')),
    CONSTRAINT ck_criteria_method_known CHECK (method IN ('judged', 'lowest', 'mean', 'spread', 'linear', 'bands')),
    CONSTRAINT ck_criteria_basis_known CHECK (basis IN ('requested', 'unit', 'share')),
    CONSTRAINT fk_criteria_scheme_id_schemes FOREIGN KEY(scheme_id) REFERENCES schemes (id)
) STRICT;

CREATE TABLE scheme_amendments (
    scheme_id INTEGER NOT NULL,
    reason TEXT NOT NULL,
    amended_by TEXT NOT NULL,
    sheets TEXT NOT NULL,
    CONSTRAINT pk_scheme_amendments PRIMARY KEY (scheme_id),
    CONSTRAINT fk_scheme_amendments_scheme_id_schemes FOREIGN KEY(scheme_id) REFERENCES schemes (id)
) STRICT;

CREATE TABLE scheme_tolerances (
    scheme_id INTEGER NOT NULL,
    percent TEXT NOT NULL,
    authority TEXT NOT NULL,
    reason TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    CONSTRAINT pk_scheme_tolerances PRIMARY KEY (scheme_id),
    CONSTRAINT ck_scheme_tolerances_has_an_authority CHECK (trim(authority) <> ''),
    CONSTRAINT ck_scheme_tolerances_has_a_reason CHECK (trim(reason) <> ''),
    CONSTRAINT fk_scheme_tolerances_scheme_id_schemes FOREIGN KEY(scheme_id) REFERENCES schemes (id)
) STRICT;

CREATE TABLE organisations (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT pk_organisations PRIMARY KEY (id),
    CONSTRAINT uq_organisations_uid UNIQUE (uid)
) STRICT;

CREATE TABLE organisation_aliases (
    id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    charity_number TEXT NOT NULL,
    company_number TEXT NOT NULL,
    CONSTRAINT pk_organisation_aliases PRIMARY KEY (id),
    CONSTRAINT uq_organisation_aliases_name_key_charity_number_company_number UNIQUE (name_key, charity_number, company_number),
    CONSTRAINT fk_organisation_aliases_organisation_id_organisations FOREIGN KEY(organisation_id) REFERENCES organisations (id)
) STRICT;

CREATE INDEX ix_organisation_aliases_organisation_id ON organisation_aliases (organisation_id);

CREATE TABLE supplier_numbers (
    organisation_id INTEGER NOT NULL,
    number TEXT NOT NULL,
    CONSTRAINT pk_supplier_numbers PRIMARY KEY (organisation_id),
    CONSTRAINT ck_supplier_numbers_number_says_something CHECK (trim(number) <> ''),
    CONSTRAINT fk_supplier_numbers_organisation_id_organisations FOREIGN KEY(organisation_id) REFERENCES organisations (id)
) STRICT;

CREATE TABLE applications (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    round_id INTEGER NOT NULL,
    area_id INTEGER,
    organisation_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL,
    all_gates TEXT NOT NULL,
    all_gates_reason TEXT NOT NULL,
    all_gates_by TEXT NOT NULL,
    reference TEXT NOT NULL,
    organisation TEXT NOT NULL,
    project TEXT NOT NULL,
    requested_pence INTEGER NOT NULL,
    minimum_pence INTEGER,
    total_cost_pence INTEGER,
    match_funding_pence INTEGER,
    beneficiaries INTEGER,
    received_at TEXT,
    received_has_time INTEGER NOT NULL,
    previously_funded INTEGER,
    organisation_type TEXT NOT NULL,
    charity_number TEXT NOT NULL,
    company_number TEXT NOT NULL,
    contact_name TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    address TEXT NOT NULL,
    postcode TEXT NOT NULL,
    summary TEXT NOT NULL,
    need TEXT NOT NULL,
    outcomes TEXT NOT NULL,
    start_on TEXT,
    end_on TEXT,
    bank_account_held INTEGER,
    constitution_held INTEGER,
    safeguarding_policy INTEGER,
    answers TEXT NOT NULL,
    CONSTRAINT pk_applications PRIMARY KEY (id),
    CONSTRAINT uq_applications_round_id_reference UNIQUE (round_id, reference),
    CONSTRAINT ck_applications_all_gates_known CHECK (all_gates IN ('yes', 'no', 'waived', 'to check')),
    CONSTRAINT ck_applications_requested_pence_at_least_1 CHECK (requested_pence >= 1),
    CONSTRAINT ck_applications_minimum_pence_at_least_0 CHECK (minimum_pence >= 0),
    CONSTRAINT ck_applications_total_cost_pence_at_least_0 CHECK (total_cost_pence >= 0),
    CONSTRAINT ck_applications_match_funding_pence_at_least_0 CHECK (match_funding_pence >= 0),
    CONSTRAINT uq_applications_uid UNIQUE (uid),
    CONSTRAINT fk_applications_round_id_rounds FOREIGN KEY(round_id) REFERENCES rounds (id),
    CONSTRAINT fk_applications_area_id_areas FOREIGN KEY(area_id) REFERENCES areas (id),
    CONSTRAINT fk_applications_organisation_id_organisations FOREIGN KEY(organisation_id) REFERENCES organisations (id),
    CONSTRAINT ck_applications_withdrawn_yes_or_no CHECK (withdrawn IN (0, 1)),
    CONSTRAINT ck_applications_received_has_time_yes_or_no CHECK (received_has_time IN (0, 1)),
    CONSTRAINT ck_applications_previously_funded_yes_or_no CHECK (previously_funded IN (0, 1)),
    CONSTRAINT ck_applications_bank_account_held_yes_or_no CHECK (bank_account_held IN (0, 1)),
    CONSTRAINT ck_applications_constitution_held_yes_or_no CHECK (constitution_held IN (0, 1)),
    CONSTRAINT ck_applications_safeguarding_policy_yes_or_no CHECK (safeguarding_policy IN (0, 1))
) STRICT;

CREATE INDEX ix_applications_area_id ON applications (area_id);

CREATE INDEX ix_applications_organisation_id ON applications (organisation_id);

CREATE TABLE corrections (
    application_id INTEGER NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    submitted TEXT NOT NULL,
    reason TEXT NOT NULL,
    corrected_by TEXT NOT NULL,
    corrected_at TEXT NOT NULL,
    CONSTRAINT pk_corrections PRIMARY KEY (application_id, field),
    CONSTRAINT fk_corrections_application_id_applications FOREIGN KEY(application_id) REFERENCES applications (id)
) STRICT;

CREATE TABLE kept_apart (
    first_id INTEGER NOT NULL,
    second_id INTEGER NOT NULL,
    reason TEXT NOT NULL,
    kept_by TEXT NOT NULL,
    kept_at TEXT NOT NULL,
    CONSTRAINT pk_kept_apart PRIMARY KEY (first_id, second_id),
    CONSTRAINT ck_kept_apart_in_order CHECK (first_id < second_id),
    CONSTRAINT fk_kept_apart_first_id_applications FOREIGN KEY(first_id) REFERENCES applications (id),
    CONSTRAINT fk_kept_apart_second_id_applications FOREIGN KEY(second_id) REFERENCES applications (id)
) STRICT;

CREATE INDEX ix_kept_apart_second_id ON kept_apart (second_id);

CREATE TABLE gates (
    id INTEGER NOT NULL,
    round_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    question TEXT NOT NULL,
    is_advisory INTEGER NOT NULL,
    is_cap INTEGER NOT NULL,
    is_time INTEGER NOT NULL,
    CONSTRAINT pk_gates PRIMARY KEY (id),
    CONSTRAINT uq_gates_round_id_code UNIQUE (round_id, code),
    CONSTRAINT fk_gates_round_id_rounds FOREIGN KEY(round_id) REFERENCES rounds (id),
    CONSTRAINT ck_gates_is_advisory_yes_or_no CHECK (is_advisory IN (0, 1)),
    CONSTRAINT ck_gates_is_cap_yes_or_no CHECK (is_cap IN (0, 1)),
    CONSTRAINT ck_gates_is_time_yes_or_no CHECK (is_time IN (0, 1))
) STRICT;

CREATE TABLE gate_results (
    application_id INTEGER NOT NULL,
    gate_id INTEGER NOT NULL,
    result TEXT NOT NULL,
    reason TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at TEXT NOT NULL,
    CONSTRAINT pk_gate_results PRIMARY KEY (application_id, gate_id),
    CONSTRAINT ck_gate_results_result_known CHECK (result IN ('pass', 'fail', 'waived', 'to check')),
    CONSTRAINT fk_gate_results_application_id_applications FOREIGN KEY(application_id) REFERENCES applications (id),
    CONSTRAINT fk_gate_results_gate_id_gates FOREIGN KEY(gate_id) REFERENCES gates (id)
) STRICT;

CREATE INDEX ix_gate_results_gate_id ON gate_results (gate_id);

CREATE TABLE people (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    name TEXT NOT NULL,
    post TEXT NOT NULL,
    CONSTRAINT pk_people PRIMARY KEY (id),
    CONSTRAINT uq_people_uid UNIQUE (uid),
    CONSTRAINT uq_people_name UNIQUE (name)
) STRICT;

CREATE TABLE round_roles (
    id INTEGER NOT NULL,
    round_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    role TEXT NOT NULL,
    CONSTRAINT pk_round_roles PRIMARY KEY (id),
    CONSTRAINT uq_round_roles_round_id_person_id_role UNIQUE (round_id, person_id, role),
    CONSTRAINT ck_round_roles_role_known CHECK (role IN ('officer', 'note-taker', 'commander', 'decider', 'finance')),
    CONSTRAINT fk_round_roles_round_id_rounds FOREIGN KEY(round_id) REFERENCES rounds (id),
    CONSTRAINT fk_round_roles_person_id_people FOREIGN KEY(person_id) REFERENCES people (id)
) STRICT;

CREATE TABLE members (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    round_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    role TEXT NOT NULL,
    organisation TEXT NOT NULL,
    kind TEXT NOT NULL,
    CONSTRAINT pk_members PRIMARY KEY (id),
    CONSTRAINT uq_members_round_id_code UNIQUE (round_id, code),
    CONSTRAINT ck_members_kind_known CHECK (kind IN ('', 'police', 'community', 'partner', 'office')),
    CONSTRAINT uq_members_uid UNIQUE (uid),
    CONSTRAINT fk_members_round_id_rounds FOREIGN KEY(round_id) REFERENCES rounds (id),
    CONSTRAINT fk_members_person_id_people FOREIGN KEY(person_id) REFERENCES people (id)
) STRICT;

CREATE TABLE member_areas (
    member_id INTEGER NOT NULL,
    area_id INTEGER NOT NULL,
    CONSTRAINT pk_member_areas PRIMARY KEY (member_id, area_id),
    CONSTRAINT fk_member_areas_member_id_members FOREIGN KEY(member_id) REFERENCES members (id),
    CONSTRAINT fk_member_areas_area_id_areas FOREIGN KEY(area_id) REFERENCES areas (id)
) STRICT;

CREATE TABLE interests (
    id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    application_id INTEGER,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL,
    CONSTRAINT pk_interests PRIMARY KEY (id),
    CONSTRAINT uq_interests_member_id_position UNIQUE (member_id, position),
    CONSTRAINT ck_interests_kind_known CHECK (kind IN ('pecuniary', 'non-pecuniary', 'prejudicial', 'abstained', 'none')),
    CONSTRAINT fk_interests_member_id_members FOREIGN KEY(member_id) REFERENCES members (id),
    CONSTRAINT fk_interests_application_id_applications FOREIGN KEY(application_id) REFERENCES applications (id)
) STRICT;

CREATE INDEX ix_interests_application_id ON interests (application_id);

CREATE TABLE sheets (
    id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    member_id INTEGER NOT NULL,
    application_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    is_submitted INTEGER NOT NULL,
    reopened TEXT,
    CONSTRAINT pk_sheets PRIMARY KEY (id),
    CONSTRAINT uq_sheets_member_id_application_id UNIQUE (member_id, application_id),
    CONSTRAINT uq_sheets_uid UNIQUE (uid),
    CONSTRAINT fk_sheets_member_id_members FOREIGN KEY(member_id) REFERENCES members (id),
    CONSTRAINT fk_sheets_application_id_applications FOREIGN KEY(application_id) REFERENCES applications (id),
    CONSTRAINT ck_sheets_is_submitted_yes_or_no CHECK (is_submitted IN (0, 1))
) STRICT;

CREATE INDEX ix_sheets_application_id ON sheets (application_id);

CREATE TABLE marks (
    sheet_id INTEGER NOT NULL,
    criterion TEXT NOT NULL,
    mark INTEGER,
    reason TEXT NOT NULL,
    CONSTRAINT pk_marks PRIMARY KEY (sheet_id, criterion),
    CONSTRAINT ck_marks_mark_at_least_0 CHECK (mark >= 0),
    CONSTRAINT ck_marks_says_something CHECK (mark IS NOT NULL OR reason <> ''),
    CONSTRAINT fk_marks_sheet_id_sheets FOREIGN KEY(sheet_id) REFERENCES sheets (id)
) STRICT;

CREATE TABLE agreements (
    application_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    dissent TEXT NOT NULL,
    CONSTRAINT pk_agreements PRIMARY KEY (application_id),
    CONSTRAINT fk_agreements_application_id_applications FOREIGN KEY(application_id) REFERENCES applications (id)
) STRICT;

CREATE TABLE agreed_marks (
    application_id INTEGER NOT NULL,
    criterion TEXT NOT NULL,
    mark INTEGER,
    reason TEXT NOT NULL,
    CONSTRAINT pk_agreed_marks PRIMARY KEY (application_id, criterion),
    CONSTRAINT ck_agreed_marks_mark_at_least_0 CHECK (mark >= 0),
    CONSTRAINT ck_agreed_marks_says_something CHECK (mark IS NOT NULL OR reason <> ''),
    CONSTRAINT fk_agreed_marks_application_id_agreements FOREIGN KEY(application_id) REFERENCES agreements (application_id)
) STRICT;

CREATE TABLE not_applicable (
    application_id INTEGER NOT NULL,
    criterion TEXT NOT NULL,
    position INTEGER NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_not_applicable PRIMARY KEY (application_id, criterion),
    CONSTRAINT fk_not_applicable_application_id_applications FOREIGN KEY(application_id) REFERENCES applications (id)
) STRICT;

CREATE TABLE chair_decisions (
    id INTEGER NOT NULL,
    application_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    position INTEGER NOT NULL,
    place INTEGER,
    reason TEXT NOT NULL,
    CONSTRAINT pk_chair_decisions PRIMARY KEY (id),
    CONSTRAINT uq_chair_decisions_application_id_kind UNIQUE (application_id, kind),
    CONSTRAINT ck_chair_decisions_kind_known CHECK (kind IN ('tie', 'exception')),
    CONSTRAINT ck_chair_decisions_place_at_least_1 CHECK (place >= 1),
    CONSTRAINT fk_chair_decisions_application_id_applications FOREIGN KEY(application_id) REFERENCES applications (id)
) STRICT;

CREATE TABLE attendance (
    area_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    state TEXT NOT NULL,
    CONSTRAINT pk_attendance PRIMARY KEY (area_id, member_id),
    CONSTRAINT ck_attendance_state_known CHECK (state IN ('present', 'absent')),
    CONSTRAINT fk_attendance_area_id_areas FOREIGN KEY(area_id) REFERENCES areas (id),
    CONSTRAINT fk_attendance_member_id_members FOREIGN KEY(member_id) REFERENCES members (id)
) STRICT;

CREATE TABLE closed_items (
    application_id INTEGER NOT NULL,
    closed_by TEXT NOT NULL,
    closed_at TEXT NOT NULL,
    present TEXT,
    decided TEXT,
    CONSTRAINT pk_closed_items PRIMARY KEY (application_id),
    CONSTRAINT fk_closed_items_application_id_applications FOREIGN KEY(application_id) REFERENCES applications (id)
) STRICT;

CREATE TABLE confirmed_records (
    area_id INTEGER NOT NULL,
    confirmed_by TEXT NOT NULL,
    confirmed_at TEXT NOT NULL,
    CONSTRAINT pk_confirmed_records PRIMARY KEY (area_id),
    CONSTRAINT fk_confirmed_records_area_id_areas FOREIGN KEY(area_id) REFERENCES areas (id)
) STRICT;

CREATE TABLE recommendations (
    application_id INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    amount_pence INTEGER,
    reason TEXT NOT NULL,
    code TEXT NOT NULL,
    conditions TEXT NOT NULL,
    is_exception INTEGER NOT NULL,
    quality_1e2 INTEGER,
    cost_1e2 INTEGER,
    total_1e2 INTEGER,
    place INTEGER,
    tied INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    CONSTRAINT pk_recommendations PRIMARY KEY (application_id),
    CONSTRAINT ck_recommendations_outcome_known CHECK (outcome IN ('fund', 'part_fund', 'reserve', 'decline', 'defer', 'refer')),
    CONSTRAINT ck_recommendations_amount_pence_at_least_1 CHECK (amount_pence >= 1),
    CONSTRAINT ck_recommendations_money_only_when_funded CHECK ((amount_pence IS NOT NULL) = (outcome IN ('fund', 'part_fund'))),
    CONSTRAINT fk_recommendations_application_id_applications FOREIGN KEY(application_id) REFERENCES applications (id),
    CONSTRAINT ck_recommendations_is_exception_yes_or_no CHECK (is_exception IN (0, 1)),
    CONSTRAINT ck_recommendations_tied_yes_or_no CHECK (tied IN (0, 1))
) STRICT;

CREATE TABLE recommendation_signatures (
    application_id INTEGER NOT NULL,
    signed_by TEXT NOT NULL,
    signed_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    CONSTRAINT pk_recommendation_signatures PRIMARY KEY (application_id),
    CONSTRAINT fk_recommendation_signatures_application_id_applications FOREIGN KEY(application_id) REFERENCES applications (id)
) STRICT;

CREATE TABLE sign_offs (
    id INTEGER NOT NULL,
    round_id INTEGER NOT NULL,
    step INTEGER NOT NULL,
    is_last INTEGER NOT NULL,
    post TEXT NOT NULL,
    signed_by TEXT NOT NULL,
    signed_on TEXT NOT NULL,
    interests TEXT NOT NULL,
    legal_power TEXT NOT NULL,
    notice TEXT,
    is_from_paper INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    CONSTRAINT pk_sign_offs PRIMARY KEY (id),
    CONSTRAINT ck_sign_offs_step_at_least_0 CHECK (step >= 0),
    CONSTRAINT ck_sign_offs_states_interests CHECK (trim(interests) <> ''),
    CONSTRAINT fk_sign_offs_round_id_rounds FOREIGN KEY(round_id) REFERENCES rounds (id),
    CONSTRAINT ck_sign_offs_is_last_yes_or_no CHECK (is_last IN (0, 1)),
    CONSTRAINT uq_sign_offs_notice UNIQUE (notice),
    CONSTRAINT ck_sign_offs_is_from_paper_yes_or_no CHECK (is_from_paper IN (0, 1))
) STRICT;

CREATE TABLE decisions (
    id INTEGER NOT NULL,
    sign_off_id INTEGER NOT NULL,
    application_id INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    outcome TEXT NOT NULL,
    amount_pence INTEGER,
    reason TEXT NOT NULL,
    change_reason TEXT NOT NULL,
    conditions TEXT NOT NULL,
    is_exception INTEGER NOT NULL,
    quality_1e2 INTEGER,
    cost_1e2 INTEGER,
    total_1e2 INTEGER,
    place INTEGER,
    tied INTEGER NOT NULL,
    ended_by INTEGER,
    CONSTRAINT pk_decisions PRIMARY KEY (id),
    CONSTRAINT ck_decisions_verdict_known CHECK (verdict IN ('agree', 'change', 'send_back')),
    CONSTRAINT ck_decisions_outcome_known CHECK (outcome IN ('fund', 'part_fund', 'reserve', 'decline', 'defer', 'refer')),
    CONSTRAINT ck_decisions_amount_pence_at_least_1 CHECK (amount_pence >= 1),
    CONSTRAINT ck_decisions_money_only_when_funded CHECK ((amount_pence IS NOT NULL) = (outcome IN ('fund', 'part_fund'))),
    CONSTRAINT ck_decisions_change_has_a_reason CHECK (verdict = 'agree' OR trim(change_reason) <> ''),
    CONSTRAINT fk_decisions_sign_off_id_sign_offs FOREIGN KEY(sign_off_id) REFERENCES sign_offs (id),
    CONSTRAINT fk_decisions_application_id_applications FOREIGN KEY(application_id) REFERENCES applications (id),
    CONSTRAINT ck_decisions_is_exception_yes_or_no CHECK (is_exception IN (0, 1)),
    CONSTRAINT ck_decisions_tied_yes_or_no CHECK (tied IN (0, 1)),
    CONSTRAINT fk_decisions_ended_by_decisions FOREIGN KEY(ended_by) REFERENCES decisions (id)
) STRICT;

CREATE TABLE awards (
    application_id INTEGER NOT NULL,
    decision_id INTEGER NOT NULL,
    reference TEXT NOT NULL,
    amount_pence INTEGER NOT NULL,
    profile TEXT NOT NULL,
    agreed_on TEXT,
    held_for TEXT,
    CONSTRAINT pk_awards PRIMARY KEY (application_id),
    CONSTRAINT ck_awards_amount_pence_at_least_1 CHECK (amount_pence >= 1),
    CONSTRAINT fk_awards_application_id_applications FOREIGN KEY(application_id) REFERENCES applications (id),
    CONSTRAINT fk_awards_decision_id_decisions FOREIGN KEY(decision_id) REFERENCES decisions (id)
) STRICT;

CREATE TABLE instalments (
    application_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    amount_pence INTEGER NOT NULL,
    "trigger" TEXT NOT NULL,
    paid_on TEXT,
    authorised_by TEXT NOT NULL,
    due_on TEXT,
    proof_on TEXT,
    proof TEXT,
    CONSTRAINT pk_instalments PRIMARY KEY (application_id, number),
    CONSTRAINT ck_instalments_amount_pence_at_least_1 CHECK (amount_pence >= 1),
    CONSTRAINT ck_instalments_authorised_when_paid CHECK ((paid_on IS NULL) = (authorised_by = '')),
    CONSTRAINT fk_instalments_application_id_awards FOREIGN KEY(application_id) REFERENCES awards (application_id)
) STRICT;

CREATE TABLE award_returns (
    application_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    amount_pence INTEGER NOT NULL,
    returned_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_award_returns PRIMARY KEY (application_id, number),
    CONSTRAINT ck_award_returns_amount_pence_at_least_1 CHECK (amount_pence >= 1),
    CONSTRAINT ck_award_returns_has_a_reason CHECK (trim(reason) <> ''),
    CONSTRAINT fk_award_returns_application_id_awards FOREIGN KEY(application_id) REFERENCES awards (application_id)
) STRICT;

CREATE TABLE bank_endings (
    application_id INTEGER NOT NULL,
    last_four TEXT NOT NULL,
    entered_by TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    checked_by TEXT NOT NULL,
    checked_at TEXT,
    changed_after TEXT NOT NULL,
    account_sum TEXT NOT NULL,
    CONSTRAINT pk_bank_endings PRIMARY KEY (application_id),
    CONSTRAINT ck_bank_endings_last_four_length CHECK (length(last_four) = 4),
    CONSTRAINT ck_bank_endings_checked_by_someone CHECK ((checked_at IS NULL) = (checked_by = '')),
    CONSTRAINT ck_bank_endings_changed_after_known CHECK (changed_after IN ('', 'checked', 'paid')),
    CONSTRAINT fk_bank_endings_application_id_awards FOREIGN KEY(application_id) REFERENCES awards (application_id)
) STRICT;

CREATE TABLE bank_details (
    application_id INTEGER NOT NULL,
    account_name TEXT NOT NULL,
    sort_code TEXT NOT NULL,
    account_number TEXT NOT NULL,
    salt TEXT NOT NULL,
    CONSTRAINT pk_bank_details PRIMARY KEY (application_id),
    CONSTRAINT ck_bank_details_sort_code_form CHECK (sort_code GLOB '[0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CONSTRAINT ck_bank_details_account_number_form CHECK (length(account_number) = 8 AND account_number NOT GLOB '*[^0-9]*'),
    CONSTRAINT fk_bank_details_application_id_bank_endings FOREIGN KEY(application_id) REFERENCES bank_endings (application_id)
) STRICT;

CREATE TABLE return_bands (
    round_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    up_to_pence INTEGER,
    points TEXT NOT NULL,
    CONSTRAINT pk_return_bands PRIMARY KEY (round_id, number),
    CONSTRAINT ck_return_bands_up_to_pence_at_least_1 CHECK (up_to_pence >= 1),
    CONSTRAINT ck_return_bands_points_known CHECK (points IN ('end', 'halves', 'quarterly')),
    CONSTRAINT fk_return_bands_round_id_rounds FOREIGN KEY(round_id) REFERENCES rounds (id)
) STRICT;

CREATE TABLE agreed_outputs (
    application_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    words TEXT NOT NULL,
    target INTEGER,
    is_outcome INTEGER NOT NULL,
    CONSTRAINT pk_agreed_outputs PRIMARY KEY (application_id, number),
    CONSTRAINT ck_agreed_outputs_target_at_least_0 CHECK (target >= 0),
    CONSTRAINT ck_agreed_outputs_has_words CHECK (trim(words) <> ''),
    CONSTRAINT fk_agreed_outputs_application_id_applications FOREIGN KEY(application_id) REFERENCES applications (id),
    CONSTRAINT ck_agreed_outputs_is_outcome_yes_or_no CHECK (is_outcome IN (0, 1))
) STRICT;

CREATE TABLE monitoring_returns (
    application_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    due_on TEXT NOT NULL,
    words TEXT NOT NULL,
    received_on TEXT,
    said TEXT NOT NULL,
    spent_pence INTEGER,
    CONSTRAINT pk_monitoring_returns PRIMARY KEY (application_id, number),
    CONSTRAINT ck_monitoring_returns_spent_pence_at_least_0 CHECK (spent_pence >= 0),
    CONSTRAINT ck_monitoring_returns_silent_until_received CHECK (received_on IS NOT NULL OR (said = '' AND spent_pence IS NULL)),
    CONSTRAINT fk_monitoring_returns_application_id_applications FOREIGN KEY(application_id) REFERENCES applications (id)
) STRICT;

CREATE TABLE output_progress (
    application_id INTEGER NOT NULL,
    return_number INTEGER NOT NULL,
    output_number INTEGER NOT NULL,
    achieved INTEGER,
    words TEXT NOT NULL,
    CONSTRAINT pk_output_progress PRIMARY KEY (application_id, return_number, output_number),
    CONSTRAINT ck_output_progress_achieved_at_least_0 CHECK (achieved >= 0),
    CONSTRAINT fk_output_progress_application_id_return_number_monitoring_returns FOREIGN KEY(application_id, return_number) REFERENCES monitoring_returns (application_id, number),
    CONSTRAINT fk_output_progress_application_id_output_number_agreed_outputs FOREIGN KEY(application_id, output_number) REFERENCES agreed_outputs (application_id, number)
) STRICT;

CREATE TABLE supported_numbers (
    application_id INTEGER NOT NULL,
    return_number INTEGER NOT NULL,
    "group" TEXT NOT NULL,
    line TEXT NOT NULL,
    supported INTEGER NOT NULL,
    CONSTRAINT pk_supported_numbers PRIMARY KEY (application_id, return_number, "group", line),
    CONSTRAINT ck_supported_numbers_supported_at_least_0 CHECK (supported >= 0),
    CONSTRAINT fk_supported_numbers_application_id_return_number_monitoring_returns FOREIGN KEY(application_id, return_number) REFERENCES monitoring_returns (application_id, number)
) STRICT;

CREATE TABLE monitoring_visits (
    application_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    visited_on TEXT NOT NULL,
    who TEXT NOT NULL,
    seen TEXT NOT NULL,
    CONSTRAINT pk_monitoring_visits PRIMARY KEY (application_id, number),
    CONSTRAINT ck_monitoring_visits_says_who_and_what CHECK (trim(who) <> '' AND trim(seen) <> ''),
    CONSTRAINT fk_monitoring_visits_application_id_applications FOREIGN KEY(application_id) REFERENCES applications (id)
) STRICT;

CREATE TABLE issues (
    id INTEGER NOT NULL,
    round_id INTEGER NOT NULL,
    area TEXT NOT NULL,
    version INTEGER NOT NULL,
    content TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    after_row INTEGER NOT NULL,
    after_head TEXT NOT NULL,
    issued_by TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    CONSTRAINT pk_issues PRIMARY KEY (id),
    CONSTRAINT uq_issues_round_id_area_version UNIQUE (round_id, area, version),
    CONSTRAINT fk_issues_round_id_rounds FOREIGN KEY(round_id) REFERENCES rounds (id)
) STRICT;

CREATE TABLE paper_issues (
    id INTEGER NOT NULL,
    paper TEXT NOT NULL,
    scope TEXT NOT NULL,
    round_id INTEGER,
    subject TEXT NOT NULL,
    version INTEGER NOT NULL,
    content TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    control TEXT NOT NULL,
    after_row INTEGER NOT NULL,
    after_head TEXT NOT NULL,
    issued_by TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    CONSTRAINT pk_paper_issues PRIMARY KEY (id),
    CONSTRAINT uq_paper_issues_paper_scope_subject_version UNIQUE (paper, scope, subject, version),
    CONSTRAINT ck_paper_issues_version_counts CHECK (version >= 1),
    CONSTRAINT fk_paper_issues_round_id_rounds FOREIGN KEY(round_id) REFERENCES rounds (id)
) STRICT;

CREATE TABLE paper_texts (
    round_id INTEGER NOT NULL,
    paper TEXT NOT NULL,
    subject TEXT NOT NULL,
    field TEXT NOT NULL,
    text TEXT NOT NULL,
    CONSTRAINT pk_paper_texts PRIMARY KEY (round_id, paper, subject, field),
    CONSTRAINT ck_paper_texts_text_says_something CHECK (trim(text) <> ''),
    CONSTRAINT fk_paper_texts_round_id_rounds FOREIGN KEY(round_id) REFERENCES rounds (id)
) STRICT;

CREATE TABLE printed_tables (
    id INTEGER NOT NULL,
    fund TEXT NOT NULL,
    year TEXT NOT NULL,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    total TEXT NOT NULL,
    CONSTRAINT pk_printed_tables PRIMARY KEY (id),
    CONSTRAINT uq_printed_tables_fund_year_code UNIQUE (fund, year, code),
    CONSTRAINT ck_printed_tables_total_known CHECK (total IN ('printed', 'summed', 'none')),
    CONSTRAINT ck_printed_tables_is_named CHECK (trim(fund) <> '' AND trim(code) <> '')
) STRICT;

CREATE TABLE printed_figures (
    table_id INTEGER NOT NULL,
    "row" INTEGER NOT NULL,
    "column" INTEGER NOT NULL,
    heading TEXT NOT NULL,
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    pence INTEGER,
    CONSTRAINT pk_printed_figures PRIMARY KEY (table_id, "row", "column"),
    CONSTRAINT ck_printed_figures_kind_known CHECK (kind IN ('text', 'pounds', 'count', 'percent')),
    CONSTRAINT ck_printed_figures_pence_of_pounds CHECK (pence IS NULL OR kind = 'pounds'),
    CONSTRAINT fk_printed_figures_table_id_printed_tables FOREIGN KEY(table_id) REFERENCES printed_tables (id)
) STRICT;

CREATE TABLE year_lines (
    fund_id INTEGER NOT NULL,
    year TEXT NOT NULL,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    pot_pence INTEGER NOT NULL,
    start_up_pence INTEGER NOT NULL,
    committed_pence INTEGER NOT NULL,
    CONSTRAINT pk_year_lines PRIMARY KEY (fund_id, year, name),
    CONSTRAINT ck_year_lines_pot_pence_at_least_0 CHECK (pot_pence >= 0),
    CONSTRAINT ck_year_lines_start_up_pence_at_least_0 CHECK (start_up_pence >= 0),
    CONSTRAINT ck_year_lines_committed_pence_at_least_0 CHECK (committed_pence >= 0),
    CONSTRAINT ck_year_lines_is_named CHECK (trim(name) <> ''),
    CONSTRAINT fk_year_lines_fund_id_funds FOREIGN KEY(fund_id) REFERENCES funds (id)
) STRICT;

CREATE TABLE year_spent (
    fund_id INTEGER NOT NULL,
    year TEXT NOT NULL,
    line TEXT NOT NULL,
    award TEXT NOT NULL,
    amount_pence INTEGER NOT NULL,
    start_up_pence INTEGER NOT NULL,
    as_at TEXT NOT NULL,
    source TEXT NOT NULL,
    CONSTRAINT pk_year_spent PRIMARY KEY (fund_id, year, line, award),
    CONSTRAINT ck_year_spent_amount_pence_at_least_0 CHECK (amount_pence >= 0),
    CONSTRAINT ck_year_spent_start_up_pence_at_least_0 CHECK (start_up_pence >= 0),
    CONSTRAINT ck_year_spent_of_a_line_or_an_award CHECK ((line = '') <> (award = '')),
    CONSTRAINT ck_year_spent_has_a_source CHECK (trim(source) <> ''),
    CONSTRAINT fk_year_spent_fund_id_funds FOREIGN KEY(fund_id) REFERENCES funds (id)
) STRICT;

CREATE TABLE year_decisions (
    fund_id INTEGER NOT NULL,
    year TEXT NOT NULL,
    line TEXT NOT NULL,
    award TEXT NOT NULL,
    deed TEXT NOT NULL,
    amount_pence INTEGER NOT NULL,
    start_up_pence INTEGER NOT NULL,
    reason TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    left_pence INTEGER,
    recorded_by TEXT NOT NULL,
    CONSTRAINT pk_year_decisions PRIMARY KEY (fund_id, year, line, award, deed),
    CONSTRAINT ck_year_decisions_deed_known CHECK (deed IN ('carry forward', 'allocation', 'over-commitment')),
    CONSTRAINT ck_year_decisions_of_a_line_or_an_award CHECK ((line = '') <> (award = '')),
    CONSTRAINT ck_year_decisions_has_a_decider CHECK (trim(decided_by) <> ''),
    CONSTRAINT ck_year_decisions_has_a_reason CHECK (deed = 'allocation' OR trim(reason) <> ''),
    CONSTRAINT fk_year_decisions_fund_id_funds FOREIGN KEY(fund_id) REFERENCES funds (id)
) STRICT;

CREATE TABLE revisions (
    hash TEXT NOT NULL,
    round TEXT NOT NULL,
    member TEXT NOT NULL,
    application TEXT NOT NULL,
    slot TEXT NOT NULL,
    number INTEGER NOT NULL,
    value TEXT NOT NULL,
    parents TEXT NOT NULL,
    stands INTEGER NOT NULL,
    why TEXT NOT NULL,
    CONSTRAINT pk_revisions PRIMARY KEY (hash),
    CONSTRAINT ck_revisions_hash_length CHECK (length(hash) = 64),
    CONSTRAINT ck_revisions_number_counts CHECK (number >= 1),
    CONSTRAINT ck_revisions_stands_yes_or_no CHECK (stands IN (0, 1))
) STRICT;

CREATE INDEX ix_revisions_round_member ON revisions (round, member);

CREATE TABLE packs (
    pack TEXT NOT NULL,
    round TEXT NOT NULL,
    member TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    items INTEGER NOT NULL,
    expires_on TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    after_row INTEGER NOT NULL,
    after_head TEXT NOT NULL,
    issued_by TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    CONSTRAINT pk_packs PRIMARY KEY (pack),
    CONSTRAINT ck_packs_sha256_length CHECK (length(sha256) = 64)
) STRICT;

CREATE INDEX ix_packs_round_member ON packs (round, member);

CREATE TABLE pack_items (
    pack TEXT NOT NULL,
    application TEXT NOT NULL,
    CONSTRAINT pk_pack_items PRIMARY KEY (pack, application)
) STRICT;

CREATE TABLE returned (
    sha256 TEXT NOT NULL,
    pack TEXT NOT NULL,
    round TEXT NOT NULL,
    member TEXT NOT NULL,
    number INTEGER NOT NULL,
    member_key TEXT NOT NULL,
    body TEXT NOT NULL,
    "by" TEXT NOT NULL,
    at TEXT NOT NULL,
    CONSTRAINT pk_returned PRIMARY KEY (sha256),
    CONSTRAINT ck_returned_sha256_length CHECK (length(sha256) = 64)
) STRICT;

CREATE INDEX ix_returned_pack ON returned (pack);

CREATE TABLE member_keys (
    member TEXT NOT NULL,
    member_key TEXT NOT NULL,
    since TEXT NOT NULL,
    CONSTRAINT pk_member_keys PRIMARY KEY (member)
) STRICT;

CREATE TABLE private_keys (
    public_key TEXT NOT NULL,
    private_key BLOB NOT NULL,
    CONSTRAINT pk_private_keys PRIMARY KEY (public_key)
) STRICT;

CREATE TABLE retention (
    round_id INTEGER NOT NULL,
    awarded_years INTEGER NOT NULL,
    declined_years INTEGER NOT NULL,
    CONSTRAINT pk_retention PRIMARY KEY (round_id),
    CONSTRAINT ck_retention_awarded_years_at_least_1 CHECK (awarded_years >= 1),
    CONSTRAINT ck_retention_declined_years_at_least_1 CHECK (declined_years >= 1),
    CONSTRAINT fk_retention_round_id_rounds FOREIGN KEY(round_id) REFERENCES rounds (id)
) STRICT;

CREATE TABLE holds (
    application_id INTEGER NOT NULL,
    reason TEXT NOT NULL,
    held_by TEXT NOT NULL,
    held_at TEXT NOT NULL,
    CONSTRAINT pk_holds PRIMARY KEY (application_id),
    CONSTRAINT ck_holds_has_a_reason CHECK (trim(reason) <> ''),
    CONSTRAINT fk_holds_application_id_applications FOREIGN KEY(application_id) REFERENCES applications (id)
) STRICT;

CREATE TABLE disposals (
    application_id INTEGER NOT NULL,
    ground TEXT NOT NULL,
    person TEXT NOT NULL,
    erased_by TEXT NOT NULL,
    erased_at TEXT NOT NULL,
    CONSTRAINT pk_disposals PRIMARY KEY (application_id),
    CONSTRAINT fk_disposals_application_id_applications FOREIGN KEY(application_id) REFERENCES applications (id)
) STRICT;

CREATE TRIGGER journal_chain BEFORE INSERT ON journal BEGIN
    SELECT RAISE(ABORT, 'the journal has no gaps')
    WHERE NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM journal);
    SELECT RAISE(ABORT, 'the journal row does not follow the one before')
    WHERE NEW.prev IS NOT coalesce((SELECT hash FROM journal WHERE seq = NEW.seq - 1), zeroblob(32));
    SELECT RAISE(ABORT, 'the journal row is there already')
    WHERE EXISTS (SELECT 1 FROM journal WHERE hash = NEW.hash);
END;

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN
    SELECT RAISE(ABORT, 'the journal is never changed');
END;

CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN
    SELECT RAISE(ABORT, 'the journal is never changed');
END;

CREATE TRIGGER journal_body_last BEFORE INSERT ON journal_body BEGIN
    SELECT RAISE(ABORT, 'a journal body belongs to the newest row')
    WHERE NEW.seq IS NOT (SELECT max(seq) FROM journal)
        OR EXISTS (SELECT 1 FROM journal_body WHERE seq = NEW.seq);
END;

CREATE TRIGGER journal_body_no_update BEFORE UPDATE ON journal_body BEGIN
    SELECT RAISE(ABORT, 'the journal is never changed');
END;

CREATE TRIGGER journal_body_no_delete BEFORE DELETE ON journal_body BEGIN
    SELECT RAISE(ABORT, 'a journal body goes only by a recorded erasure')
    WHERE NOT EXISTS (SELECT 1 FROM erasure WHERE seq = OLD.seq);
END;

CREATE TRIGGER erasure_once BEFORE INSERT ON erasure BEGIN
    SELECT RAISE(ABORT, 'an erasure names an older row once, and the journal row to come')
    WHERE EXISTS (SELECT 1 FROM erasure WHERE seq = NEW.seq)
        OR NEW.by_seq IS NOT (SELECT max(seq) + 1 FROM journal);
END;

CREATE TRIGGER erasure_no_update BEFORE UPDATE ON erasure BEGIN
    SELECT RAISE(ABORT, 'an erasure is never changed');
END;

CREATE TRIGGER erasure_no_delete BEFORE DELETE ON erasure BEGIN
    SELECT RAISE(ABORT, 'an erasure is never changed');
END;

CREATE TRIGGER schemes_frozen BEFORE UPDATE ON schemes
WHEN OLD.frozen_at IS NOT NULL AND NEW.frozen_at IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'a published scheme is never edited');
END;

CREATE TRIGGER criteria_frozen BEFORE UPDATE ON criteria
WHEN (SELECT frozen_at FROM schemes WHERE id = OLD.scheme_id) IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'a published scheme is never edited');
END;

CREATE TRIGGER issues_no_update BEFORE UPDATE ON issues BEGIN
    SELECT RAISE(ABORT, 'an issued paper is never changed');
END;

CREATE TRIGGER issues_no_delete BEFORE DELETE ON issues BEGIN
    SELECT RAISE(ABORT, 'an issued paper is never removed');
END;

CREATE TRIGGER paper_issues_no_update BEFORE UPDATE ON paper_issues BEGIN
    SELECT RAISE(ABORT, 'an issued paper is never changed');
END;

CREATE TRIGGER paper_issues_no_delete BEFORE DELETE ON paper_issues BEGIN
    SELECT RAISE(ABORT, 'an issued paper is never removed');
END;

CREATE TRIGGER applications_as_submitted BEFORE UPDATE OF
    reference, organisation, project, requested_pence, minimum_pence, total_cost_pence,
    match_funding_pence, beneficiaries, received_at, received_has_time, previously_funded,
    organisation_type, charity_number, company_number, start_on, end_on, bank_account_held,
    constitution_held, safeguarding_policy
ON applications BEGIN
    SELECT RAISE(ABORT, 'what was submitted is never edited');
END;

CREATE TRIGGER applications_texts BEFORE UPDATE OF
    contact_name, email, phone, address, postcode, summary, need, outcomes, answers
ON applications
WHEN NEW.contact_name <> '' OR NEW.email <> '' OR NEW.phone <> '' OR NEW.address <> ''
    OR NEW.postcode <> '' OR NEW.summary <> '' OR NEW.need <> '' OR NEW.outcomes <> ''
    OR NEW.answers <> '[]'
    OR NOT EXISTS (SELECT 1 FROM erasure WHERE by_seq > (SELECT max(seq) FROM journal)) BEGIN
    SELECT RAISE(ABORT, 'what was submitted is never edited, only erased');
END;
