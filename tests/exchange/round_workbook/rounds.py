"""Any round at all, for rules that hold for every round."""

from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

from hypothesis import strategies as st

from exchange.round_workbook.read import is_agreed_on
from models.values.rows import (
    AgreedRow,
    ApplicationRow,
    ChairDecisionRow,
    InterestRow,
    MemberRow,
    NotApplicableRow,
    RoundRows,
    SheetRow,
)
from scoring.round import Area, ChairDecisionKind, Eligibility, InterestKind
from scoring.scheme import Allocation, Band, Basis, Combine, Criterion, Method, RankedBy, Scheme, Side

AWKWARD = "=1+1", "+44 7700 900000", "-5", "@name", "_x000D_", "a\r\nb", "\x01", "007", "#N/A", "Ŵŷ ਪੰਜਾਬੀ 😀"
TEXTS = st.one_of(
    st.sampled_from(AWKWARD), st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
).map(str.strip)
WORDS = TEXTS.filter(bool)
CODES = ("A1", "A2", "V3", "Cost", "Ünï")
REFERENCES = ("ACF-001", "ACF-002", "1003", "=SUM(A1)")
MEMBERS = ("M1", "2", "@x")
AREAS = ("Coventry", "Birmingham West", "-")
PENCE = st.integers(1, 10**11)
SHARED = st.sampled_from(("", "North", "=1+1"))
FROM_NOUGHT = st.integers(0, 10**11)
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)).map(lambda at: at.replace(microsecond=0))
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
SCORES = st.integers(0, 10_000).map(lambda score: Decimal(score).scaleb(-2))


HEADINGS = ("Why?", "Email", "Total cost", "Email (answer)", "=Q7", "Two\nlines")


@st.composite
def criteria(draw: st.DrawFn, scale_maximum: int) -> tuple[Criterion, ...]:
    codes = draw(st.lists(st.sampled_from(CODES), min_size=1, unique=True))
    cuts = sorted(draw(st.sets(st.integers(1, 999_999), min_size=len(codes) - 1, max_size=len(codes) - 1)))
    weights = [later - earlier for earlier, later in pairwise((0, *cuts, 1_000_000))]
    return tuple(
        draw(criterion(code, weight, scale_maximum)) for code, weight in zip(codes, weights, strict=True)
    )


@st.composite
def criterion(draw: st.DrawFn, code: str, weight_1e4: int, scale_maximum: int) -> Criterion:
    method = draw(st.sampled_from(Method))
    top = scale_maximum if method is Method.JUDGED else 100
    low = draw(SCORES) if method is Method.LINEAR else None
    return Criterion(
        code=code,
        title=draw(WORDS),
        side=draw(st.sampled_from(Side)) if method is Method.JUDGED else Side.COST,
        weight_1e4=weight_1e4,
        method=method,
        basis=draw(st.sampled_from(Basis)),
        low=low,
        high=None if low is None else low + draw(SCORES) + 1,
        bands=draw(bands()) if method is Method.BANDS else (),
        floor=draw(st.none() | st.integers(0, top).map(Decimal)),
        guidance=draw(TEXTS),
    )


@st.composite
def bands(draw: st.DrawFn) -> tuple[Band, ...]:
    bounds = sorted(draw(st.sets(SCORES, min_size=1, max_size=4)))
    scores = [Decimal(100), *(draw(SCORES) / 100 for _ in bounds[1:])]
    return tuple(Band(bound, score) for bound, score in zip(bounds, scores, strict=True))


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    scale_maximum = draw(st.sampled_from((1, 5, 10, 100)))
    found = draw(criteria(scale_maximum))
    rules = [f"criterion:{c.code}" for c in found] + ["quality", "cost", "requested", "received", "chair"]
    has_quality = any(c.side is Side.QUALITY for c in found)
    by_price = has_quality and draw(st.booleans())
    return Scheme(
        criteria=found,
        scale_maximum=scale_maximum,
        combine=draw(st.sampled_from(Combine)),
        quorum=draw(st.integers(0, 9)),
        ranked_by=RankedBy.PRICE_PER_QUALITY_POINT if by_price else RankedBy.TOTAL,
        ladder=tuple(draw(st.lists(st.sampled_from(rules), unique=True, max_size=4))),
        allocation=draw(st.sampled_from(Allocation)),
        tolerance_percent=draw(SCORES),
        tolerance_authority=draw(TEXTS),
        cap_per_award_pence=draw(st.none() | PENCE),
        cap_per_organisation_pence=draw(st.none() | PENCE),
        minimum_total=draw(st.none() | SCORES),
        minimum_quality=Decimal("0.01") if by_price else draw(st.none() | SCORES),
        not_applicable_allowed=draw(st.booleans()),
    )


ANY_TEXT = (
    *("project", "eligibility_reason", "organisation_type", "charity_number", "company_number"),
    *("contact_name", "email", "phone", "address", "postcode", "summary", "need", "outcomes"),
)
YES_OR_NO = "previously_funded", "bank_account_held", "constitution_held", "safeguarding_policy"


@st.composite
def applications(draw: st.DrawFn, reference: str) -> ApplicationRow:
    received_at = draw(st.none() | MOMENTS)
    has_time = received_at is not None and draw(st.booleans())
    if received_at is not None and not has_time:
        received_at = datetime.combine(received_at.date(), datetime.min.time())
    yes_no = st.sampled_from((None, True, False))
    return ApplicationRow(
        **{name: draw(TEXTS) for name in ANY_TEXT},
        **{name: draw(yes_no) for name in YES_OR_NO},
        reference=reference,
        organisation=draw(WORDS),
        area=draw(st.none() | st.sampled_from(AREAS)),
        requested_pence=draw(PENCE),
        minimum_pence=draw(st.none() | PENCE),
        total_cost_pence=draw(st.none() | PENCE),
        match_funding_pence=draw(st.none() | FROM_NOUGHT),
        beneficiaries=draw(st.none() | st.integers(0, 10**9)),
        received_at=received_at,
        received_has_time=has_time,
        eligibility=draw(st.sampled_from(Eligibility)),
        withdrawn=draw(st.booleans()),
        start_on=draw(st.none() | DAYS),
        end_on=draw(st.none() | DAYS),
        answers=tuple(draw(st.lists(st.tuples(st.sampled_from(HEADINGS), WORDS), unique_by=_heading))),
    )


@st.composite
def rounds(draw: st.DrawFn) -> RoundRows:
    """Give a round as reading a workbook gives it: texts trimmed, no reasons where none was given."""
    scheme = draw(schemes())
    references = draw(st.lists(st.sampled_from(REFERENCES), unique=True))
    members = draw(st.lists(st.sampled_from(MEMBERS), unique=True))
    pairs = st.lists(
        st.tuples(st.sampled_from(members or [""]), st.sampled_from(references or [""])), unique=True
    )
    sheets = draw(pairs) if members and references else []
    marks = st.tuples(*[st.none() | st.integers(0, scheme.scale_maximum)] * len(scheme.judged))
    reasons = st.tuples(*[TEXTS] * len(scheme.judged)).map(lambda texts: texts if any(texts) else ())
    some = st.sets(st.sampled_from(references)) if references else st.just(set())
    codes = st.sampled_from([c.code for c in scheme.criteria])
    judged = [c.code for c in scheme.judged]
    ticked = st.sets(st.sampled_from(judged)).map(lambda some: tuple(sorted(some))) if judged else st.just(())
    return RoundRows(
        fund=draw(WORDS),
        name=draw(WORDS),
        year=draw(st.sampled_from(("", "2026/27", "2099/00"))),
        scheme=scheme,
        areas=tuple(
            Area(name, *draw(st.tuples(FROM_NOUGHT, FROM_NOUGHT, FROM_NOUGHT)), draw(SHARED))
            for name in AREAS
        ),
        applications=tuple(draw(applications(reference)) for reference in references),
        members=tuple(
            MemberRow(code, draw(WORDS), draw(st.sampled_from(("chair", "member", "adviser"))), draw(TEXTS))
            for code in members
        ),
        interests=tuple(
            InterestRow(member, application, draw(st.sampled_from(InterestKind)), draw(TEXTS))
            for member, application in (draw(pairs) if sheets else ())
        ),
        sheets=tuple(
            SheetRow(m, a, draw(st.booleans()), draw(marks), draw(reasons), for_panel=draw(ticked))
            for m, a in sheets
        ),
        agreed=tuple(
            row
            for a in sorted(draw(some))
            for row in [AgreedRow(a, draw(marks), draw(reasons), draw(TEXTS), draw(ticked))]
            if is_agreed_on(row)  # a blank row is one that is ready, and is left out
        ),
        not_applicable=tuple(
            NotApplicableRow(a, draw(codes), draw(WORDS))
            for a in (sorted(draw(some)) if scheme.not_applicable_allowed else ())
        ),
        chair_decisions=tuple(draw(chair_decisions(a, members)) for a in sorted(draw(some))),
    )


@st.composite
def chair_decisions(draw: st.DrawFn, application: str, members: list[str]) -> ChairDecisionRow:
    kind = draw(st.sampled_from(ChairDecisionKind))
    place = draw(st.integers(1, 9)) if kind is ChairDecisionKind.TIE else None
    return ChairDecisionRow(application, kind, place, draw(WORDS), draw(st.sampled_from(["", *members])))


def _heading(answer: tuple[str, str]) -> str:
    return answer[0]
