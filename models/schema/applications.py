"""Applications as submitted, corrected and gated, organisations, attached files, and how long all is kept."""

from datetime import date, datetime

from sqlalchemy import Column, Named

from models.schema.base import (
    MARKED,
    WALL_TIME,
    Columns,
    Identified,
    Numbered,
    OfApplication,
    identity_of_application,
    key_of,
    own_key,
    record_table,
    refers_to,
)
from models.schema.forms import HASH, JSON, JSON_LIST, KEY_OF_BYTES
from models.schema.personal import OWN, OwnText, TextAbout


class ApplicationColumns(Identified):
    """One application. From `reference` down it is as submitted, and a trigger keeps it so.

    `all_gates` is the word that stands for every gate without a result of its own. Texts are "" and
    figures NULL when absent; `received_at` is as the form gave it, zone unchanged; `answers` is a JSON
    list of [heading, text], `cells` of [field, heading, text] as the file had them, null where the text is
    the field's own.
    """

    round_id: Named[int] = refers_to("rounds.id")
    area_id: Named[int | None] = refers_to("areas.id", index=True)
    organisation_id: Named[int] = refers_to("organisations.id", index=True)
    position: Named[int]
    withdrawn: Named[bool]
    all_gates: Named[str]
    all_gates_reason: Named[TextAbout]
    all_gates_by: Named[str]
    reference: Named[str]
    organisation: Named[str]
    project: Named[str]
    requested_pence: Named[int]
    minimum_pence: Named[int | None]
    total_cost_pence: Named[int | None]
    match_funding_pence: Named[int | None]
    beneficiaries: Named[int | None]
    received_at: Named[datetime | None] = Column(WALL_TIME)
    received_has_time: Named[bool]
    previously_funded: Named[bool | None]
    organisation_type: Named[str]
    charity_number: Named[str]
    company_number: Named[str]
    contact_name: Named[OwnText]
    email: Named[OwnText]
    phone: Named[OwnText]
    address: Named[OwnText]
    postcode: Named[OwnText]
    summary: Named[OwnText]
    need: Named[OwnText]
    outcomes: Named[OwnText]
    start_on: Named[date | None]
    end_on: Named[date | None]
    bank_account_held: Named[bool | None]
    constitution_held: Named[bool | None]
    safeguarding_policy: Named[bool | None]
    answers: Named[OwnText] = Column(JSON_LIST)
    cells: Named[OwnText] = Column(JSON_LIST, server_default="[]")


application_table = record_table(
    "applications",
    ApplicationColumns,
    "UNIQUE (round_id, reference)",
    "all_gates IN ('yes', 'no', 'waived', 'to check')",
    "requested_pence >= 1",
    "minimum_pence >= 0",
    "total_cost_pence >= 0",
    "match_funding_pence >= 0",
)
LISTS = ("answers", "cells")
"""Its columns that hold a list as JSON."""
OWN_FIELDS = tuple(column.name for column in application_table.c if column.info[MARKED] == OWN)
"""The fields of an application that are its applicant's own words and contacts, the answers among them."""
TEXTS = tuple(name for name in OWN_FIELDS if name not in LISTS)


class ChoiceColumns(OfApplication):
    """The line of a fund's list that was chosen for an application, with its words of that day.

    One that `is_suggested` was read from what the applicant wrote, and nobody confirmed it yet.
    """

    kind: Named[str] = own_key()
    code: Named[str]
    words: Named[str]
    is_suggested: Named[bool]


choice_table = record_table(
    "application_choices",
    ChoiceColumns,
    "kind IN ('purpose', 'permitted_purpose', 'service_area', 'crime_type', 'priority', "
    "'kind_of_organisation', 'way_of_running')",
)


class CorrectionColumns(OfApplication):
    """One corrected field of an application: the value in force beside the one submitted, both as JSON."""

    field: Named[str] = own_key()
    value: Named[str] = Column(JSON)
    submitted: Named[str] = Column(JSON)
    reason: Named[TextAbout]
    corrected_by: Named[str]
    corrected_at: Named[datetime]


correction_table = record_table(
    "corrections",
    CorrectionColumns,
    "field IN ('area', 'bank_account_held', 'beneficiaries', 'charity_number', 'company_number', "
    "'constitution_held', 'end_on', 'match_funding_pence', 'minimum_pence', 'organisation', "
    "'organisation_type', 'previously_funded', 'project', 'received_at', 'received_has_time', "
    "'requested_pence', 'safeguarding_policy', 'start_on', 'total_cost_pence', 'contact_name', 'email', "
    "'phone', 'address', 'postcode', 'summary', 'need', 'outcomes', 'reference', 'answers')",
)


class KeptApartColumns(Columns):
    """Two applications that look alike and are both kept, the lower number first."""

    first_id: Named[int] = key_of("applications.id")
    second_id: Named[int] = key_of("applications.id", index=True)
    reason: Named[TextAbout]
    kept_by: Named[str]
    kept_at: Named[datetime]


kept_apart_table = record_table("kept_apart", KeptApartColumns, "in_order: first_id < second_id")


TIME_CODE = "in-time"


TIME_QUESTION = "Was the application received in time?"


class GateColumns(Numbered):
    """One gate of a round; an advisory one never bars, the cap's and those of dates are worked from figures.

    That of the closing date (`is_time`) is asked only where an application has a result at it; that of the
    start date (`is_start`) comes with the fund.
    """

    round_id: Named[int] = refers_to("rounds.id")
    position: Named[int]
    code: Named[str]
    question: Named[str]
    is_advisory: Named[bool]
    is_cap: Named[bool]
    is_time: Named[bool]
    is_start: Named[bool]


gate_table = record_table("gates", GateColumns, "UNIQUE (round_id, code)")


class GateResultColumns(OfApplication):
    """What one application came to at one gate, by whom and why; no row: the application's own word."""

    gate_id: Named[int] = key_of("gates.id", index=True)
    result: Named[str]
    reason: Named[TextAbout]
    set_by: Named[str]
    set_at: Named[datetime]


gate_result_table = record_table(
    "gate_results", GateResultColumns, "result IN ('pass', 'fail', 'waived', 'to check')"
)


class MatchingColumns(Columns):
    """Which heading of a form holds which field; `headings_key` stands for the form's set of headings.

    `fields` is a JSON list of [heading, field].
    """

    headings_key: Named[str] = own_key()
    fields: Named[str] = Column(JSON_LIST)


matching_table = record_table("matchings", MatchingColumns)


class AreaSpellingColumns(Columns):
    """How somebody wrote an area of a fund; `spelling` is without case and extra spaces."""

    fund_id: Named[int] = key_of("funds.id")
    spelling: Named[str] = own_key()
    area: Named[str]


area_spelling_table = record_table("area_spellings", AreaSpellingColumns)


class OrganisationColumns(Identified):
    """An organisation that has applied to any round, under the name it was first known by."""

    name: Named[str]


organisation_table = record_table("organisations", OrganisationColumns)


class OrganisationAliasColumns(Numbered):
    """A name with the numbers given beside it, as some application wrote them; "" is no number.

    `name_key` is the name without case and extra spaces, which is what names are compared by.
    """

    organisation_id: Named[int] = refers_to("organisations.id", index=True)
    name: Named[str]
    name_key: Named[str]
    charity_number: Named[str]
    company_number: Named[str]


organisation_alias_table = record_table(
    "organisation_aliases",
    OrganisationAliasColumns,
    "UNIQUE (name_key, charity_number, company_number)",
)


class OrganisationMergeColumns(Columns):
    """Somebody's word that an organisation of the record is another one of it, which stays.

    The merged one keeps its row and the names it had, so that the two can be separated again; its
    applications are the other's meanwhile. With names in `apart`, one on a line, it is the word that the two
    are never one: these names are the first one's, whatever number they share with the other. A merge
    `from_on` a day leaves the merged one what was decided before; without a day all is the other's.
    """

    merged_id: Named[int] = key_of("organisations.id")
    into_id: Named[int] = refers_to("organisations.id", index=True)
    reason: Named[str]
    apart: Named[str] = Column(server_default="")
    merged_by: Named[str]
    merged_at: Named[datetime]
    from_on: Named[date | None]


organisation_merge_table = record_table(
    "organisation_merges",
    OrganisationMergeColumns,
    "of_two: merged_id <> into_id",
    "reason_says_something: trim(reason) <> ''",
)


class RetentionColumns(Columns):
    """The years for which a round's applications are kept; a round without a row keeps the defaults."""

    round_id: Named[int] = key_of("rounds.id")
    awarded_years: Named[int]
    declined_years: Named[int]


retention_table = record_table("retention", RetentionColumns, "awarded_years >= 1", "declined_years >= 1")


class HoldColumns(OfApplication):
    """An application of which nothing is disposed for now, and why."""

    reason: Named[str]
    held_by: Named[str]
    held_at: Named[datetime]


hold_table = record_table("holds", HoldColumns, "has_a_reason: trim(reason) <> ''")


class DisposalColumns(OfApplication):
    """An application whose texts were erased: on what ground, at whose word, by whom and when."""

    ground: Named[str]
    person: Named[str]
    erased_by: Named[str]
    erased_at: Named[datetime]


disposal_table = record_table("disposals", DisposalColumns)


class AttachmentColumns(Numbered):
    """A file that is attached to one subject, whose identity stands in `subject`; `about` says what that is.

    An award's is its application's. The bytes have the length `size` and the sum `sha256`; they lie in
    `file_pieces` under `pieces`, a sum over the subject and the bytes, so that equal bytes are kept once
    within a subject and tell nothing of another. A file that was removed keeps its bytes until it is erased;
    `read_at` is when somebody read it and found neither contacts nor bank details in it.
    """

    about: Named[str]
    subject: Named[str] = identity_of_application(index=True)
    name: Named[TextAbout]
    kind: Named[str]
    size: Named[int]
    sha256: Named[str] = Column(HASH)
    pieces: Named[str] = Column(KEY_OF_BYTES, index=True)
    received_at: Named[datetime | None] = Column(WALL_TIME)
    added_by: Named[str]
    added_at: Named[datetime]
    read_by: Named[str]
    read_at: Named[datetime | None]
    removed_at: Named[datetime | None]
    erased_at: Named[datetime | None]


attachment_table = record_table(
    "attachments",
    AttachmentColumns,
    "about IN ('application', 'award', 'organisation', 'round')",
    "size >= 1",
    "read_by_somebody: (read_at IS NULL) = (read_by = '')",
)
