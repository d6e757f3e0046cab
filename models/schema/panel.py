"""People and their roles, the panel of a round, what its members entered, and what was agreed at meetings."""

from datetime import date, datetime

from sqlalchemy import Column, Index, Named, false

from models.schema.base import (
    Columns,
    Identified,
    Numbered,
    OfApplication,
    identity_of_application,
    key_of,
    own_key,
    record_table,
    refers_to,
    yes_or_no,
)
from models.schema.forms import HASH, JSON, JSON_LIST, UID
from models.schema.personal import TextAbout, TextOfRow


class PersonColumns(Identified):
    """A person, known by name, with a post."""

    name: Named[str] = Column(unique=True)
    post: Named[str]


person_table = record_table("people", PersonColumns)


class RoundRoleColumns(Numbered):
    """A role beside the panel's that a person has in a round."""

    round_id: Named[int] = refers_to("rounds.id")
    person_id: Named[int] = refers_to("people.id")
    role: Named[str]


round_role_table = record_table(
    "round_roles",
    RoundRoleColumns,
    "UNIQUE (round_id, person_id, role)",
    "role IN ('officer', 'note-taker', 'commander', 'decider', 'finance', 'auditor')",
)


class SigningAreaColumns(Columns):
    """An area for which somebody signs or takes notes; a role without any row is for all areas."""

    role_id: Named[int] = key_of("round_roles.id")
    area_id: Named[int] = key_of("areas.id")


signing_area_table = record_table("signing_areas", SigningAreaColumns)


class MemberColumns(Identified):
    """A member of a round's panel; `role` is a label and `kind` is "" until it is said."""

    round_id: Named[int] = refers_to("rounds.id")
    person_id: Named[int] = refers_to("people.id")
    position: Named[int]
    code: Named[str]
    role: Named[str]
    organisation: Named[str]
    kind: Named[str]


member_table = record_table(
    "members",
    MemberColumns,
    "UNIQUE (round_id, code)",
    "kind IN ('', 'police', 'community', 'partner', 'office')",
)


class MemberAreaColumns(Columns):
    """An area that a member is expected to score; a member without any row serves all areas."""

    member_id: Named[int] = key_of("members.id")
    area_id: Named[int] = key_of("areas.id")


member_area_table = record_table("member_areas", MemberAreaColumns)


class InterestColumns(Numbered):
    """What a member declared, on one application or (NULL) on none at all; repeats are harmless.

    `declared_on` is the day from which it stands.
    """

    member_id: Named[int] = refers_to("members.id")
    application_id: Named[int | None] = refers_to("applications.id", index=True)
    kind: Named[str]
    declared_on: Named[date]


interest_table = record_table(
    "interests",
    InterestColumns,
    "kind IN ('pecuniary', 'non-pecuniary', 'prejudicial', 'abstained', 'none')",
)


class InterestWordColumns(Columns):
    """The words of an interest that was declared in any: on a server fewer people read them."""

    interest_id: Named[int] = key_of("interests.id")
    detail: Named[TextAbout]


interest_word_table = record_table("interest_words", InterestWordColumns)


class SignerInterestColumns(Numbered):
    """What somebody who signs after the panel declared in a round: as a member does, but by who they are."""

    round_id: Named[int] = refers_to("rounds.id")
    person_id: Named[int] = refers_to("people.id")
    application_id: Named[int | None] = refers_to("applications.id", index=True)
    kind: Named[str]
    detail: Named[TextAbout]


signer_interest_table = record_table(
    "signer_interests",
    SignerInterestColumns,
    "kind IN ('pecuniary', 'non-pecuniary', 'prejudicial', 'none')",
)


class SheetColumns(Numbered):
    """One member's sheet for one application; there is never a second.

    `reopened` is why the chair opened it again after others' marks could be seen, NULL if never; the marks
    that it was first handed in with are `first_marks`.
    """

    uid: Named[str] = Column(UID)
    member_id: Named[int] = refers_to("members.id")
    application_id: Named[int] = refers_to("applications.id", index=True)
    is_submitted: Named[bool]
    reopened: Named[TextAbout | None]


sheet_table = record_table(
    "sheets",
    SheetColumns,
    "UNIQUE (member_id, application_id)",
    "UNIQUE (member_id, uid)",  # of a member: one could else take that of another's sheet to come
)


class MarkColumns(Columns):
    """A mark with its reason, or a reason that waits for its mark; no row is no mark.

    What is written for a criterion `is_for_panel` where its member keeps it from applicants.
    """

    sheet_id: Named[int] = key_of("sheets.id")
    criterion: Named[str] = own_key()
    mark: Named[int | None]
    reason: Named[TextAbout]
    is_for_panel: Named[bool] = Column(yes_or_no("is_for_panel"), server_default=false())


mark_table = record_table(
    "marks",
    MarkColumns,
    "mark >= 0",
    "says_something: mark IS NOT NULL OR reason <> '' OR is_for_panel",
)


class FirstMarkColumns(Columns):
    """A mark as a sheet was first handed in with it, kept once the sheet is opened again."""

    member_id: Named[int] = key_of("members.id")
    application_id: Named[int] = key_of("applications.id")
    criterion: Named[str] = own_key()
    mark: Named[int]


first_mark_table = record_table("first_marks", FirstMarkColumns, "mark >= 0")


class AgreementColumns(OfApplication):
    """The moderation record of one application, with any dissent."""

    dissent: Named[TextAbout]


agreement_table = record_table("agreements", AgreementColumns)


class AgreedMarkColumns(Columns):
    """The panel's agreed mark on one criterion, with its reason."""

    application_id: Named[int] = key_of("agreements.application_id")
    criterion: Named[str] = own_key()
    mark: Named[int | None]
    reason: Named[TextAbout]


agreed_mark_table = record_table(
    "agreed_marks",
    AgreedMarkColumns,
    "mark >= 0",
    "says_something: mark IS NOT NULL OR reason <> ''",
)


class PanelOnlyColumns(OfApplication):
    """An agreed mark whose reason is for the panel only: no letter tells it, the minutes have it."""

    criterion: Named[str] = own_key()


panel_only_table = record_table("panel_only_reasons", PanelOnlyColumns)


class NotApplicableColumns(OfApplication):
    """A criterion that the chair set aside for one application, and why."""

    criterion: Named[str] = own_key()
    reason: Named[TextAbout]


not_applicable_table = record_table("not_applicable", NotApplicableColumns)


class ChairDecisionColumns(Numbered):
    """The chair's word on a tie (`place` among the tied) or on an exception (no place).

    `ruled_by` is the code of the member whose word it is where the chair has an interest, else "".
    """

    application_id: Named[int] = refers_to("applications.id")
    kind: Named[str]
    place: Named[int | None]
    reason: Named[str]
    ruled_by: Named[str] = Column(server_default="")


chair_decision_table = record_table(
    "chair_decisions",
    ChairDecisionColumns,
    "UNIQUE (application_id, kind)",
    "kind IN ('tie', 'exception')",
    "place >= 1",
)


class AttendanceColumns(Columns):
    """Whether a member was at an area's meeting, as an observer of another panel; no row is not said."""

    area_id: Named[int] = key_of("areas.id")
    member_id: Named[int] = key_of("members.id")
    state: Named[str]


attendance_table = record_table("attendance", AttendanceColumns, "state IN ('present', 'absent', 'observer')")


class MeetingColumns(Columns):
    """When and where an area's meeting was held, and why it was left with items open ("" if it was not)."""

    area_id: Named[int] = key_of("areas.id")
    held_on: Named[date | None]
    begins: Named[str]
    ends: Named[str]
    place: Named[str]
    left_open: Named[str]


meeting_table = record_table("meetings", MeetingColumns)


class ClosedItemColumns(OfApplication):
    """An application that the meeting is done with; its agreed marks hold still.

    `present` and `decided` are JSON lists of members' codes, as it was when the item closed: who was at the
    meeting, and who of them had declared and had no interest.
    """

    closed_by: Named[str]
    closed_at: Named[datetime]
    present: Named[str] = Column(JSON_LIST)
    decided: Named[str] = Column(JSON_LIST)


closed_item_table = record_table("closed_items", ClosedItemColumns)


class ConfirmedRecordColumns(Columns):
    """That the panel confirmed the record of an area's meeting."""

    area_id: Named[int] = key_of("areas.id")
    confirmed_by: Named[str]
    confirmed_at: Named[datetime]


confirmed_record_table = record_table("confirmed_records", ConfirmedRecordColumns)


class KeptPanelColumns(Columns):
    """Who was on a round's panels as the recommendations of an area were signed, as JSON, for its papers."""

    area_id: Named[int] = key_of("areas.id")
    panel: Named[str] = Column(JSON)


kept_panel_table = record_table("kept_panels", KeptPanelColumns)


class RevisionColumns(Columns):
    """One value that was recorded, and the hashes (a JSON list) of those it follows.

    `application` is "" for what concerns the whole round; `stands` says that its value is that of the tables;
    `why` is the reason of whoever chose it among several.
    """

    hash: Named[str] = Column(HASH, primary_key=True)
    round: Named[str]
    member: Named[str]
    application: Named[str] = identity_of_application()
    slot: Named[str]
    number: Named[int]
    value: Named[TextOfRow] = Column(JSON)
    parents: Named[str] = Column(JSON_LIST)
    stands: Named[bool]
    why: Named[TextAbout]


revision_table = record_table(
    "revisions",
    RevisionColumns,
    "number_counts: number >= 1",
    Index("ix_revisions_round_member", "round", "member"),
)
