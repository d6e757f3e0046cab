"""Made-up rounds and schedules for the tests of the papers about awards."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from msgspec.structs import replace

from exchange.papers.paper_writing import write_paper
from models.papers.award_schedule import award_schedule
from models.papers.finance import Codes, FinanceAward, FinanceSchedule, PaymentLine
from models.papers.kinds import SCHEDULE
from models.papers.status import PaperStatus
from models.queries.applications.choices import is_priority
from models.queries.papers.papers import paper_sha256
from models.values.awards import Returned
from models.values.rows import (
    AgreedRow,
    ApplicationRow,
    ChairDecisionRow,
    InterestRow,
    MemberRow,
    NotApplicableRow,
    RoundRows,
    SheetRow,
    scored_round,
)
from scoring.rank import rank
from scoring.round import Area, ChairDecisionKind, InterestKind
from scoring.schedule.lines import Settled
from scoring.schedule.values import AwardSchedule
from scoring.scheme import Allocation, Combine, Criterion, Scheme, Side
from scoring.sensitivity.list_sensitivity import ListSensitivity

AUTUMN = {"fund": "Active Citizens Fund", "round": "Autumn", "year": "2026/27", "marking": "OFFICIAL"}
EXAMPLE = {"office": "Example office", **AUTUMN}
"""What papers of a made-up round have at their head, the second with who wrote them."""
PAPER = PaperStatus(
    made_at=datetime(2026, 12, 2, 14, 5, tzinfo=UTC),
    sha256="",
    version=2,
    journal_row=41,
    journal_hash="9f3ac02177be" + "0" * 52,
    journal_at=datetime(2026, 12, 1, 9, 0, tzinfo=UTC),
)
AREAS = ("Coventry", "Birmingham East", "Sandwell", "Walsall")
TITLES = (
    *("Crime prevention and local priorities", "Local need", "Active citizenship", "Outcomes and proof"),
    *("Able to deliver", "Value for money", "Added value and after"),
)
WEIGHTS = (25, 15, 15, 15, 10, 15, 5)
ORGANISATIONS = (
    *("Foleshill Youth Boxing", "Cwmni Ŵyl Cymdeithas y Gŵyr", "Polskie Stowarzyszenie Łączność Źródło"),
    "ਪੰਜਾਬੀ ਭਾਈਚਾਰਾ ਕੇਂਦਰ",
    "The Friends of the Very Long Canal Towpath, Locks, Bridges and Neighbouring Allotments Association",
    "St Anne's & St Paul's <Community> Kitchen",
)


def acf_scheme(combine: Combine = Combine.CONSENSUS) -> Scheme:
    """Return the Active Citizens Fund's default scheme."""
    criteria = tuple(
        Criterion(f"A{n}", title, Side.QUALITY if n < 6 else Side.COST, weight * 10_000, floor=Decimal(2))
        for n, (title, weight) in enumerate(zip(TITLES, WEIGHTS, strict=True), 1)
    )
    return Scheme(
        criteria,
        combine=combine,
        quorum=3,
        ladder=("criterion:A1", "criterion:A6", "quality", "received", "chair"),
        allocation=Allocation.PART,
        minimum_total=Decimal(60),
        cap_per_award_pence=500_000,
        not_applicable_allowed=True,
    )


def made_round(count: int, *, scheme: Scheme | None = None, areas: int = 3, members: int = 3) -> RoundRows:
    """Return a round of made-up applications, the same for the same arguments."""
    draw = random.Random(count * 31 + areas)
    scheme = scheme or acf_scheme()
    names = AREAS[:areas] if areas <= len(AREAS) else tuple(f"Area {n}" for n in range(areas))
    applications = tuple(_application(draw, n, names) for n in range(count))
    codes = [f"M{n}" for n in range(1, members + 1)]
    judged, top = len(scheme.judged), scheme.scale_maximum
    return RoundRows(
        fund="Active Citizens Fund",
        name="2026/27 autumn",
        year="2026/27",
        scheme=scheme,
        areas=tuple(Area(name, 400_000 * (1 + count // areas // 2), 1_000_000) for name in names),
        applications=applications,
        members=tuple(MemberRow(code, f"Sgt Example {code}") for code in codes),
        sheets=tuple(
            SheetRow(code, a.reference, True, tuple(draw.randint(1, top) for _ in range(judged)))
            for a in applications
            for code in codes
        ),
        agreed=tuple(
            AgreedRow(a.reference, tuple(draw.choice((2, 3, 3, 4, 4, top)) for _ in range(judged)))
            for a in applications
        ),
    )


def _application(draw: random.Random, number: int, areas: tuple[str, ...]) -> ApplicationRow:
    return ApplicationRow(
        reference=f"ACF-{number + 1:03}",
        organisation=ORGANISATIONS[number % len(ORGANISATIONS)],
        project=f"Project {number + 1}: lighting, mentoring and a summer programme for neighbours",
        area=areas[number % len(areas)],
        requested_pence=draw.randint(8, 50) * 10_000,
        total_cost_pence=draw.randint(60, 90) * 10_000,
        beneficiaries=draw.randint(10, 300),
        received_at=datetime(2026, 9, draw.randint(1, 28), draw.randint(8, 17), draw.randint(0, 59)),
        charity_number=str(1_100_000 + number),
        answers=(("Police and Crime Plan priority", draw.choice(("Serious violence", "Burglary"))),),
    )


def with_incidents(rows: RoundRows) -> RoundRows:
    """Return a round with an interest, a criterion set aside, a tie, an exception and two not ranked."""
    applications = list(rows.applications)
    applications[1] = replace(applications[1], withdrawn=True)
    applications[2] = replace(applications[2], area=None)
    third, fourth, last = (applications[n].reference for n in (3, 4, -1))
    return replace(
        rows,
        applications=tuple(applications),
        interests=(
            InterestRow("M1", third, InterestKind.NON_PECUNIARY),
            InterestRow("M1", fourth, InterestKind.PECUNIARY),
            InterestRow("M2", last, InterestKind.ABSTAINED),
        ),
        scheme=replace(rows.scheme, quorum=2),
        not_applicable=(NotApplicableRow(fourth, "A7", "no match funding is possible"),),
        chair_decisions=(
            ChairDecisionRow(third, ChairDecisionKind.TIE, 1, "drawn by lot"),
            ChairDecisionRow(fourth, ChairDecisionKind.EXCEPTION, None, "the only bid for the estate"),
        ),
    )


def schedule_of(rows: RoundRows, settled: Settled | None = None) -> AwardSchedule:
    """Return the schedule of a round as it ranks."""
    said = {
        row.reference: "; ".join(text for heading, text in row.answers if is_priority(heading))
        for row in rows.applications
    }
    return award_schedule(rows, rank(scored_round(rows)), settled or Settled(), kinds=said)


def write_schedule(
    schedule: AwardSchedule,
    path: Path,
    *,
    status: PaperStatus = PAPER,
    sure: ListSensitivity | None = None,
) -> Path:
    """Write a schedule in the form of the path's ending, with its own SHA-256."""
    beside = {} if sure is None else {"sure": sure}
    said = replace(status, sha256=paper_sha256(SCHEDULE, schedule))
    return write_paper(SCHEDULE, schedule, said, path, **beside)


STATUS = PaperStatus(datetime(2026, 12, 2, 14, 5, tzinfo=UTC), "ab" * 32)
HOSTILE = '=HYPERLINK("http://example.invalid") <b>& Co'


def payment(number: int, pence: int, *, paid: date | None = None, due: date | None = None) -> PaymentLine:
    """Return an instalment that waits for its proof, paid on a day or not."""
    by, post, not_yet = ("Finn Pays", "Accountant", "") if paid else ("", "", "waits for proof of purchase")
    return PaymentLine(
        number, "proof of purchase", pence, due, True, None, "", paid, by, post, not_yet=not_yet
    )


def award(number: int, *payments: PaymentLine, area: str = "Coventry", **changes: object) -> FinanceAward:
    """Return an award of these payments, with codes that begin with noughts."""
    pence = sum(line.amount_pence for line in payments)
    made = FinanceAward(
        reference=f"A-031-{number:02d}",
        application=f"ACF-{number:03d}",
        notice="031/2026",
        decided_on=date(2026, 12, 2),
        decided_by="Dan Decides",
        decided_post="Chief Executive",
        area=area,
        payee=HOSTILE,
        supplier_number="000123",
        numbers="01254367",
        codes=Codes("0042", "003100", "P-007"),
        decided_pence=pence,
        amount_pence=pence,
        agreed_on=date(2026, 12, 5),
        held_for="",
        account="••••4958",
        account_flag="",
        payments=payments,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def schedule(awards: Sequence[FinanceAward], **changes: object) -> FinanceSchedule:
    """Return the schedule of awards, whose decisions are for what they are."""
    made = FinanceSchedule(
        **EXAMPLE,
        area="",
        decided_pence=sum(each.decided_pence for each in awards),
        awards=tuple(awards),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def three_awards() -> FinanceSchedule:
    """Return £1,000.00 in halves, one paid; £0.05 in Dudley under other codes; £2,000.00 on hold, paid."""
    return schedule(
        [
            award(1, payment(1, 50_000, paid=date(2026, 12, 9)), payment(2, 50_000, due=date(2027, 2, 1))),
            award(2, payment(1, 5), area="Dudley", codes=Codes("42")),
            award(
                3,
                payment(1, 200_000, paid=date(2027, 2, 28)),
                held_for=HOSTILE,
                account_flag="Changed after a payment was made, not verified since",
                returned=(Returned(1_001, date(2027, 3, 1), "-1+1 session fewer"),),
            ),
        ]
    )
