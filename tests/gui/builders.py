"""A made-up round for the windows: eight areas, ties, a part-fund at the line, and some not ranked."""

from datetime import datetime

from msgspec.structs import replace

from models.values.rows import AgreedRow, ApplicationRow, InterestRow, MemberRow, RoundRows, SheetRow
from scoring.round import Area, Eligibility, InterestKind
from scoring.scheme import Allocation, Criterion, Scheme, Side

FUND = "Active Citizens Fund"
WOLVERHAMPTON = "Wolverhampton"
TITLES = (
    ("A1", "Crime prevention", Side.QUALITY, 25),
    ("A2", "Local need", Side.QUALITY, 15),
    ("A3", "Active citizens", Side.QUALITY, 15),
    ("A4", "Outcomes and proof", Side.QUALITY, 15),
    ("A5", "Able to deliver", Side.QUALITY, 10),
    ("A6", "Value for money", Side.COST, 15),
    ("A7", "Added value", Side.COST, 5),
)
LINES = (
    ("W-014", "Bilston Boxing Futures", "Evening sessions for 11–16s", 4800, (5, 4, 4, 4, 5, 4, 5)),
    ("W-003", "Whitmore Reans Women's Circle", "Safe routes home", 3250, (4, 5, 4, 4, 4, 5, 3)),
    ("W-017", "Tettenhall Bikeworks", "Marking and recovery days", 1980, (5, 4, 4, 4, 3, 4, 4)),
    ("W-009", "Low Hill Community Larder", "Shopfront watch volunteers", 2400, (4, 4, 5, 4, 4, 4, 3)),
    ("W-021", "Heath Town Youth Voice", "Knife-crime peer mentors", 4950, (4, 4, 5, 4, 4, 4, 3)),
    ("W-006", "Ring Road Runners CIC", "Night-time visibility runs", 3600, (4, 4, 4, 3, 4, 4, 4)),
    ("W-011", "St Chad's Tenants", "Alley gates and planting", 4400, (4, 4, 3, 4, 3, 4, 3)),
    ("W-002", "Fallings Park Allotments", "Growing against loneliness", 2750, (4, 3, 4, 3, 4, 3, 3)),
    ("W-019", "Pendeford Parents' Group", "Half-term diversion club", 3700, (3, 4, 3, 4, 3, 3, 4)),
    ("W-008", "Blakenhall Interfaith Forum", "Shared patrols of faith sites", 3600, (3, 3, 4, 3, 3, 4, 3)),
    ("W-012", "Merry Hill Sea Cadets", "Water safety weekends", 2100, (3, 3, 3, 3, 2, 3, 2)),
    ("W-005", "Penn Road Traders", "Cameras for the parade", 4700, (2, 3, 2, 2, 3, 2, 2)),
    ("W-016", "Oxley Over Fifties", "Doorstep crime talks", 1350, (2, 2, 2, 2, 2, 2, 2)),
)
OTHERS = ("Birmingham East", "Birmingham West", "Coventry", "Dudley", "Sandwell", "Solihull", "Walsall")
UNMARKED = ("Birmingham West", "Solihull")


def scheme(allocation: Allocation = Allocation.PART) -> Scheme:
    """Return the fund's scheme at 80:20 with a floor of 45 on the total."""
    criteria = tuple(Criterion(code, title, side, weight * 10_000) for code, title, side, weight in TITLES)
    return Scheme(
        criteria, quorum=1, ladder=("criterion:A1", "criterion:A6", "quality"), allocation=allocation
    )


def wolverhampton_round(*, pot_pounds: int = 30_000, allocation: Allocation = Allocation.PART) -> RoundRows:
    """Return a round of one area: 13 ranked, one incomplete."""
    return _round((Area(WOLVERHAMPTON, pot_pounds * 100),), _wolverhampton(), allocation)


def whole_round() -> RoundRows:
    """Return a round of eight areas, two of them without marks, one over its pot."""
    pots = [Area(name, 1_600_000 + 150_000 * n) for n, name in enumerate(OTHERS)]
    pots[4] = Area("Sandwell", 300_000, committed_pence=514_000)
    lines = [(*line, area) for area in OTHERS for line in _other_lines(area)]
    return _round((*pots, Area(WOLVERHAMPTON, 3_000_000)), [*lines, *_wolverhampton()], Allocation.PART)


def without_nair(rows: RoundRows) -> RoundRows:
    """Return a round in which the chair has not declared."""
    return replace(rows, interests=tuple(row for row in rows.interests if row.member != "NAIR"))


def _wolverhampton() -> list[tuple[str, str, str, int, tuple[int | None, ...], str]]:
    lines: list[tuple[str, str, str, int, tuple[int | None, ...], str]]
    lines = [(*line, WOLVERHAMPTON) for line in LINES]
    lines.append(
        ("W-013", "Graiseley Gardeners", "Community planters", 2900, (4, None, 3, 3, 3, 3, 3), WOLVERHAMPTON)
    )
    return lines


def _other_lines(area: str) -> list[tuple[str, str, str, int, tuple[int | None, ...]]]:
    initial = "".join(word[0] for word in area.split()) if " " in area else area[:2].upper()
    none = (None,) * 7
    marks = (
        [none] * 4 if area in UNMARKED else [(4, 4, 4, 3, 4, 4, 3), (4, 3, 4, 3, 4, 3, 3), (3,) * 7, (2,) * 7]
    )
    names = ("Youth Boxing Club", "Neighbourhood Watch", "Tenants' Union", "ਸਾਂਝ Café")
    return [
        (f"{initial}-{n + 1:03}", f"{area} {name}", "Safer evenings", 4100 + 150 * n, marks[n])
        for n, name in enumerate(names)
    ]


def _round(
    areas: tuple[Area, ...],
    lines: list[tuple[str, str, str, int, tuple[int | None, ...], str]],
    allocation: Allocation,
) -> RoundRows:
    full = [line for line in lines if None not in line[4]]
    return RoundRows(
        fund=FUND,
        name="Round 2",
        year="2026/27",
        scheme=scheme(allocation),
        areas=areas,
        applications=tuple(_application(*line[:4], line[5]) for line in lines),
        members=(MemberRow("NAIR", "Priya Nair", "chair"), MemberRow("HALE", "Tom Hale")),
        interests=(
            InterestRow("HALE", lines[-1][0], InterestKind.PREJUDICIAL),
            InterestRow("NAIR", None, InterestKind.NONE),
        ),
        sheets=tuple(SheetRow("NAIR", line[0], True, line[4], ("",) * 7) for line in full),
        agreed=tuple(AgreedRow(line[0], line[4], ("",) * 7) for line in lines if any(line[4])),
    )


def _application(reference: str, organisation: str, project: str, pounds: int, area: str) -> ApplicationRow:
    return ApplicationRow(
        reference,
        organisation,
        project,
        area,
        requested_pence=pounds * 100,
        received_at=datetime(2026, 9, 14),
        eligibility=Eligibility.YES,
    )
