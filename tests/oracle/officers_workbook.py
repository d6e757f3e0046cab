"""A round as the sheets of a tidy round workbook, and the file of it."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from scoring.round import Application, Round
from scoring.scheme import Method

Cells = list[list[Any]]
Book = dict[str, Cells]


def book_of(a_round: Round) -> Book:
    """Return a round as the sheets of a tidy workbook."""
    return {
        "Round": round_cells(a_round),
        "Pots": [
            ["Area", "Amount", "Start-up", "Already committed"],
            *([a.name, a.pot_pence / 100, None, a.committed_pence / 100] for a in a_round.areas),
        ],
        "Criteria": criteria_cells(a_round),
        "Applications": application_cells(a_round),
        "Members": [
            ["Code", "Name", "Role"],
            *([code, f"Person {code}", "member"] for code in members_of(a_round)),
        ],
        "Interests": [
            ["Member", "Application", "Kind"],
            *([i.member, i.application, i.kind.value] for i in a_round.interests),
        ],
        "Marks": [
            ["Member", "Application", "Submitted", *judged_codes(a_round)],
            *([s.member, s.application, "yes" if s.submitted else "no", *s.marks] for s in a_round.sheets),
        ],
        "Agreed": [
            ["Application", *judged_codes(a_round)],
            *([record.application, *record.marks] for record in a_round.agreed),
        ],
        "Not applicable": [
            ["Application", "Criterion", "Reason"],
            *([n.application, n.criterion, "Does not arise"] for n in a_round.not_applicable),
        ],
        "Chair decisions": [
            ["Application", "Kind", "Value", "Reason"],
            *(
                [
                    d.application,
                    d.kind.value,
                    "fund" if d.place is None else d.place,
                    "Said so",
                ]
                for d in a_round.chair_decisions
            ),
        ],
    }


def judged_codes(a_round: Round) -> list[str]:
    """Return the codes that members mark."""
    return [c.code for c in a_round.scheme.criteria if c.method is Method.JUDGED]


def members_of(a_round: Round) -> list[str]:
    """Return the codes of everyone with a sheet or a declaration."""
    return sorted({s.member for s in a_round.sheets} | {i.member for i in a_round.interests})


def number(value: Decimal | int | None) -> float | None:
    """Return a figure as a spreadsheet holds it."""
    return None if value is None else float(value)


def pounds(pence: int | None) -> float | None:
    """Return pence as a spreadsheet's pounds."""
    return None if pence is None else pence / 100


def round_cells(a_round: Round) -> Cells:
    """Return the Round sheet."""
    scheme = a_round.scheme
    return [
        ["Field", "Value"],
        ["Format", 1],
        ["Fund", a_round.fund],
        ["Round", a_round.name],
        ["Scale maximum", scheme.scale_maximum],
        ["Quality", scheme.quality_1e4 / 10_000],
        ["Combine", scheme.combine.value],
        ["Quorum", scheme.quorum],
        ["Ranking", scheme.ranked_by.value],
        ["Tie ladder", ", ".join(scheme.ladder)],
        ["Allocation", scheme.allocation.value],
        ["Tolerance percent", number(scheme.tolerance_percent)],
        ["Tolerance authority", scheme.tolerance_authority],
        ["Cap per award", pounds(scheme.cap_per_award_pence)],
        ["Cap per organisation", pounds(scheme.cap_per_organisation_pence)],
        ["Minimum total", number(scheme.minimum_total)],
        ["Minimum quality", number(scheme.minimum_quality)],
        ["Not applicable allowed", "yes" if scheme.not_applicable_allowed else "no"],
    ]


def criteria_cells(a_round: Round) -> Cells:
    """Return the Criteria sheet."""
    headings = ["Code", "Title", "Side", "Weight", "Method", "Basis", "Low", "High", "Bands", "Minimum mark"]
    rows = []
    for c in a_round.scheme.criteria:
        bands = "; ".join(f"{band.bound}={band.score}" for band in c.bands)
        formula = [c.method.value, c.basis.value, number(c.low), number(c.high), bands, number(c.floor)]
        rows.append([c.code, c.title, c.side.value, c.weight_1e4 / 10_000, *formula])
    return [headings, *rows]


def application_cells(a_round: Round) -> Cells:
    """Return the Applications sheet."""
    headings = ["Reference", "Organisation", "Project", "Area", "Amount requested", "Minimum amount"]
    headings += ["Total project cost", "Beneficiaries", "Received", "Eligible", "Withdrawn"]
    headings += ["Charity number", "Company number"]
    return [headings, *(application_row(a) for a in a_round.applications)]


def application_row(a: Application) -> list[Any]:
    """Return one application's row."""
    money = [pounds(a.requested_pence), pounds(a.minimum_pence), pounds(a.total_cost_pence)]
    who = [a.reference, a.organisation, "A project", a.area]
    state = [a.eligibility.value, "yes" if a.withdrawn else "no"]
    return [*who, *money, a.beneficiaries, a.received_at, *state, a.charity_number, a.company_number]


def save(book: Book, path: Path) -> Path:
    """Write the sheets as a file."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in book.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    workbook.save(path)
    return path
