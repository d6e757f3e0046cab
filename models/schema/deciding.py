"""What the panel recommends, what was signed and decided on it, what allows more money, and challenges."""

from datetime import date, datetime

from sqlalchemy import Column, Named

from models.schema.base import (
    Columns,
    Numbered,
    OfApplication,
    own_key,
    record_table,
    refers_to,
)
from models.schema.forms import JSON, JSON_LIST
from models.schema.personal import TextAbout


class RecommendationColumns(OfApplication):
    """The panel's recommendation on one application, with a copy of the scores it was taken on.

    `reason` is a person's, "" while nobody gave one; `conditions` are all that go with the award.
    """

    outcome: Named[str]
    amount_pence: Named[int | None]
    reason: Named[str]
    code: Named[str]
    conditions: Named[str] = Column(JSON_LIST)
    is_exception: Named[bool]
    quality_1e2: Named[int | None]
    cost_1e2: Named[int | None]
    total_1e2: Named[int | None]
    recorded_by: Named[str]
    recorded_at: Named[datetime]


recommendation_table = record_table(
    "recommendations",
    RecommendationColumns,
    "outcome IN ('fund', 'part_fund', 'reserve', 'decline', 'defer', 'refer')",
    "amount_pence >= 1",
    "money_only_when_funded: (amount_pence IS NOT NULL) = (outcome IN ('fund', 'part_fund'))",
)


class RecommendedPlaceColumns(OfApplication):
    """The place of an application on its list as the panel recommended on it, and whether others share it.

    One without a place has no row. Places tell of the other lines of a list, all else of its own alone.
    """

    place: Named[int]
    tied: Named[bool]


recommended_place_table = record_table("recommended_places", RecommendedPlaceColumns, "place >= 1")


class SignatureColumns(OfApplication):
    """That the chair of the panel signed the recommendation on an application; it holds still from then."""

    signed_by: Named[str]
    signed_on: Named[date]
    recorded_at: Named[datetime]


signature_table = record_table("recommendation_signatures", SignatureColumns)


class SignOffColumns(Numbered):
    """One signing by one step of a round's chain; the last step's has a notice number of its own.

    `unsigned_because` says why it goes without the signature of a step before it, "" where it does not.
    """

    round_id: Named[int] = refers_to("rounds.id")
    step: Named[int]
    is_last: Named[bool]
    post: Named[str]
    signed_by: Named[str]
    signed_on: Named[date]
    interests: Named[str]
    legal_power: Named[str]
    notice: Named[str | None] = Column(unique=True)
    is_from_paper: Named[bool]
    recorded_by: Named[str]
    recorded_at: Named[datetime]
    unsigned_because: Named[str] = Column(server_default="")


sign_off_table = record_table(
    "sign_offs",
    SignOffColumns,
    "step >= 0",
    "states_interests: trim(interests) <> ''",
)


class DecisionColumns(Numbered):
    """One line of a signing, with a copy of the scores it was taken on.

    `ended_by` is the line that took its place or sent it back; one that stands has none.
    """

    sign_off_id: Named[int] = refers_to("sign_offs.id")
    application_id: Named[int] = refers_to("applications.id")
    verdict: Named[str]
    outcome: Named[str]
    amount_pence: Named[int | None]
    reason: Named[str]
    change_reason: Named[str]
    conditions: Named[str] = Column(JSON_LIST)
    is_exception: Named[bool]
    quality_1e2: Named[int | None]
    cost_1e2: Named[int | None]
    total_1e2: Named[int | None]
    ended_by: Named[int | None] = refers_to("decisions.id")


decision_table = record_table(
    "decisions",
    DecisionColumns,
    "ended_by_itself_or_later: ended_by >= id",
    "verdict IN ('agree', 'change', 'send_back')",
    "outcome IN ('fund', 'part_fund', 'reserve', 'decline', 'defer', 'refer')",
    "amount_pence >= 1",
    "money_only_when_funded: (amount_pence IS NOT NULL) = (outcome IN ('fund', 'part_fund'))",
    "change_has_a_reason: verdict = 'agree' OR trim(change_reason) <> ''",
)


class DecidedStandingColumns(Numbered):
    """What the rule proposed for an application as it was signed or decided, and why; it never changes.

    One without a decision goes with the signature of the panel's chair.
    `figures` are its standing, the money of its area and what the sums had of it, `steps` how they came
    about, `reasons` why its gates came out so and why it has no place, each as JSON.
    """

    decision_id: Named[int | None] = refers_to("decisions.id")
    application_id: Named[int] = refers_to("applications.id")
    figures: Named[str] = Column(JSON)
    steps: Named[str] = Column(JSON)
    reasons: Named[TextAbout]


decided_standing_table = record_table("decided_standings", DecidedStandingColumns, "UNIQUE (decision_id)")


class AreaAllowanceColumns(Numbered):
    """How much may be given over an area's pot and tolerance, in pence; who allows it, why, and when.

    An area may have several, one after the other: they add up. One that was recorded with a change of awards
    names their applications in `awards`; one `of_year` is over the area's money of the year, not its pot.
    """

    area_id: Named[int] = refers_to("areas.id")
    amount_pence: Named[int]
    name: Named[str]
    post: Named[str]
    reason: Named[str]
    recorded_by: Named[str]
    recorded_at: Named[datetime]
    allowed_on: Named[date | None]
    awards: Named[str]
    of_year: Named[bool]


area_allowance_table = record_table(
    "area_allowances",
    AreaAllowanceColumns,
    "amount_pence >= 1",
    "has_a_name: trim(name) <> ''",
    "has_a_post: trim(post) <> ''",
    "has_a_reason: trim(reason) <> ''",
)


class ChallengeColumns(Columns):
    """One challenge; `decision_id` is the decision that stood when it came, None where there was none.

    `finding` is NULL until it is answered.
    """

    number: Named[int] = own_key()
    application_id: Named[int] = refers_to("applications.id")
    decision_id: Named[int | None] = refers_to("decisions.id")
    kind: Named[str]
    asked_by: Named[TextAbout]
    grounds: Named[TextAbout]
    received_on: Named[date]
    due_on: Named[date]
    acknowledged_on: Named[date | None]
    looked_at_by: Named[str]
    looked_at_post: Named[str]
    finding: Named[str | None]
    reasons: Named[TextAbout]
    answered_on: Named[date | None]
    calls_for_decision: Named[bool]
    recorded_by: Named[str]
    recorded_at: Named[datetime]
    address: Named[TextAbout] = Column(server_default="")
    carried_out_by: Named[str] = Column(server_default="")
    remedy: Named[TextAbout] = Column(server_default="")


challenge_table = record_table(
    "challenges",
    ChallengeColumns,
    "kind IN ('review', 'complaint', 'appeal')",
    "finding IN ('upheld', 'partly upheld', 'not upheld', 'withdrawn')",
    "asked_by_someone: trim(asked_by) <> ''",
    "has_grounds: trim(grounds) <> ''",
    "answered_on_a_day: (finding IS NULL) = (answered_on IS NULL)",
    "answered_with_reasons: (finding IS NULL) = (reasons = '')",
)
