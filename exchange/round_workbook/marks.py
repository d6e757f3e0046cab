"""The Marks and Agreed sheets: what each member gave, and what the panel agreed."""

from exchange.round_workbook.criteria import ReadCriteria
from exchange.round_workbook.layout import AGREED, MARKS, comment_heading, for_panel_heading, reason_heading
from exchange.round_workbook.panel import Known
from exchange.round_workbook.table import Row, Source
from exchange.round_workbook.values import text, whole_within, yes_no
from models.values.rows import AgreedRow, RoundRows, SheetRow
from scoring.counted import first_of
from scoring.round import InterestKind

Marks = tuple[int | None, ...]


def read_sheets(
    source: Source, criteria: ReadCriteria, known: Known, scale_maximum: int
) -> tuple[SheetRow, ...]:
    """Return the members' sheets, drafts and sheets without a mark included."""
    codes = criteria.judged
    comments = tuple(comment_heading(code) for code in codes)
    table = source.open_table(MARKS, also=(*codes, *comments), needs=criteria.needed)
    sheets: dict[tuple[str, str], SheetRow] = {}
    for row in table.rows if table is not None else ():
        member, application = known.member(row), known.application(row)
        sheet = SheetRow(
            member=member,
            application=application,
            submitted=row.take("Submitted", yes_no, False),
            marks=_marks(row, codes, scale_maximum),
            reasons=_texts(row, comments),
        )
        if (member, application) in sheets:
            row.fault("Application", f"there is another sheet of {member} for {application} above.")
        elif member and application:
            sheets[member, application] = sheet
    return tuple(sheets.values())


def read_agreed(
    source: Source, criteria: ReadCriteria, known: Known, scale_maximum: int
) -> tuple[AgreedRow, ...]:
    """Return the panel's agreed marks; a criterion without one is left open."""
    codes = criteria.judged
    reasons = tuple(reason_heading(code) for code in codes)
    for_panel = {for_panel_heading(code): code for code in codes}
    table = source.open_table(AGREED, also=(*codes, *reasons, *for_panel), needs=criteria.needed)
    agreed: dict[str, AgreedRow] = {}
    for row in table.rows if table is not None else ():
        application = known.application(row)
        found = AgreedRow(
            application=application,
            marks=_marks(row, codes, scale_maximum),
            reasons=_texts(row, reasons),
            dissent=row.take("Dissent", text, ""),
            for_panel=tuple(
                sorted(code for heading, code in for_panel.items() if row.take(heading, yes_no, False))
            ),
        )
        if application in agreed:
            row.fault("Application", f"the agreed marks of {application} appear twice.")
        elif application:
            agreed[application] = found
    return tuple(agreed.values())


def set_aside_warning(rows: RoundRows) -> tuple[str, ...]:
    """Return one warning of the sheets with marks by who declared an interest there, nothing for none."""
    barred = {(i.member, i.application) for i in rows.interests if i.kind is not InterestKind.NONE}
    given = [one for one in rows.sheets if (one.member, one.application) in barred and is_begun(one)]
    if not given:
        return ()
    named = first_of(f"{one.member} on {one.application}" for one in given)
    return (f"Marks of a member who declared an interest or abstained are stored and do not count: {named}.",)


def is_begun(sheet: SheetRow) -> bool:
    """Whether anything was entered on a sheet, or it was handed in."""
    return sheet.submitted or any(mark is not None for mark in sheet.marks) or any(sheet.reasons)


def _marks(row: Row, codes: tuple[str, ...], scale_maximum: int) -> Marks:
    read = whole_within(0, scale_maximum)
    return tuple(row.take(code, read, None) for code in codes)


def _texts(row: Row, headings: tuple[str, ...]) -> tuple[str, ...]:
    texts = tuple(row.take(heading, text, "") for heading in headings)
    return texts if any(texts) else ()
