"""The panel of a round, and what its members declared."""

from datetime import date

from sqlalchemy import Column, ForeignKey, Named, UniqueConstraint

from models.schema.base import Columns, record_table
from models.schema.columns import one_of
from models.schema.personal import TextAbout


class MemberColumns(Columns):
    """A member of a round's panel; `role` is a label and `kind` is "" until it is said."""

    id: Named[int] = Column(primary_key=True)
    uid: Named[str] = Column(unique=True)
    round_id: Named[int] = Column(ForeignKey("rounds.id"))
    person_id: Named[int] = Column(ForeignKey("people.id"))
    position: Named[int]
    code: Named[str]
    role: Named[str]
    organisation: Named[str]
    kind: Named[str]


member_table = record_table(
    "members",
    MemberColumns,
    UniqueConstraint("round_id", "code"),
    one_of("kind", "", "police", "community", "partner", "office"),
)


class MemberAreaColumns(Columns):
    """An area that a member is expected to score; a member without any row serves all areas."""

    member_id: Named[int] = Column(ForeignKey("members.id"), primary_key=True)
    area_id: Named[int] = Column(ForeignKey("areas.id"), primary_key=True)


member_area_table = record_table("member_areas", MemberAreaColumns)


class InterestColumns(Columns):
    """What a member declared, on one application or (NULL) on none at all; repeats are harmless.

    `declared_on` is the day from which it stands.
    """

    id: Named[int] = Column(primary_key=True)
    member_id: Named[int] = Column(ForeignKey("members.id"))
    application_id: Named[int | None] = Column(ForeignKey("applications.id"), index=True)
    position: Named[int]
    kind: Named[str]
    declared_on: Named[date]


interest_table = record_table(
    "interests",
    InterestColumns,
    UniqueConstraint("member_id", "position"),
    one_of("kind", "pecuniary", "non-pecuniary", "prejudicial", "abstained", "none"),
)


class InterestWordColumns(Columns):
    """The words of an interest that was declared in any: on a server fewer people read them."""

    interest_id: Named[int] = Column(ForeignKey("interests.id"), primary_key=True)
    detail: Named[TextAbout]


interest_word_table = record_table("interest_words", InterestWordColumns)


class SignerInterestColumns(Columns):
    """What somebody who signs after the panel declared in a round: as a member does, but by who they are."""

    id: Named[int] = Column(primary_key=True)
    round_id: Named[int] = Column(ForeignKey("rounds.id"))
    person_id: Named[int] = Column(ForeignKey("people.id"))
    application_id: Named[int | None] = Column(ForeignKey("applications.id"), index=True)
    kind: Named[str]
    detail: Named[TextAbout]


signer_interest_table = record_table(
    "signer_interests",
    SignerInterestColumns,
    one_of("kind", "pecuniary", "non-pecuniary", "prejudicial", "none"),
)
