"""Applications, as they were submitted."""

from datetime import date, datetime

from sqlalchemy import Column, ForeignKey, Named, UniqueConstraint

from models.schema.base import Columns, WallTime, record_table
from models.schema.columns import at_least, one_of
from models.schema.personal import OwnText, TextAbout


class ApplicationColumns(Columns):
    """One application. From `reference` down it is as submitted, and a trigger keeps it so.

    `all_gates` is the word that stands for every gate without a result of its own. Texts are "" and
    figures NULL when absent; `received_at` is as the form gave it, zone unchanged; `answers` is a JSON
    list of [heading, text], `cells` of [field, heading, text] as the file had them, null where the text is
    the field's own.
    """

    id: Named[int] = Column(primary_key=True)
    uid: Named[str] = Column(unique=True)
    round_id: Named[int] = Column(ForeignKey("rounds.id"))
    area_id: Named[int | None] = Column(ForeignKey("areas.id"), index=True)
    organisation_id: Named[int] = Column(ForeignKey("organisations.id"), index=True)
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
    received_at: Named[datetime | None] = Column(WallTime)
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
    answers: Named[OwnText]
    cells: Named[OwnText] = Column(server_default="[]")


application_table = record_table(
    "applications",
    ApplicationColumns,
    UniqueConstraint("round_id", "reference"),
    one_of("all_gates", "yes", "no", "waived", "to check"),
    at_least("requested_pence", 1),
    at_least("minimum_pence", 0),
    at_least("total_cost_pence", 0),
    at_least("match_funding_pence", 0),
)
