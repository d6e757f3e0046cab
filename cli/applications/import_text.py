"""What an import read, in words for a terminal."""

from collections import Counter
from collections.abc import Iterator

from exchange.applications.preview.preview import HERE, Preview, State
from exchange.applications.problems import Kind
from exchange.applications.reading import Reading
from scoring.counted import counted
from scoring.money import pounds


def reading_lines(reading: Reading, left_out: int = 0) -> Iterator[str]:
    """Yield where the table was found, what its headings became, and every row or cell not taken.

    `left_out` rows may be here already.
    """
    yield f"Sheet {reading.sheet}, headings in row {reading.header_row}."
    for heading, field in reading.mapped:
        yield f"  {heading} → {field.replace('_', ' ')}"
    if reading.kept_as_answers:
        yield f"Kept as answers: {'; '.join(reading.kept_as_answers)}."
    if reading.to_check:
        yield f"To check, as only their values tell what they are: {'; '.join(reading.to_check)}."
    yield from reading.notes
    if reading.unused:
        yield f"In the mapping file but not in the table: {'; '.join(reading.unused)}."
    if reading.other_sheets:
        yield f"Other sheets with a table, not read: {', '.join(reading.other_sheets)}."
    problems = [problem for problem in reading.problems if not problem.is_new_area]
    for problem in problems:
        yield f"  {problem.cell} {problem.heading}: {problem.message}"
    new = Counter(problem.message for problem in reading.problems if problem.is_new_area)
    for message, rows in new.items():
        yield f"  {message} It stands in {counted(rows, 'row')}."
    for duplicate in reading.duplicates:
        yield f"  Row {duplicate.row} is here already, as {duplicate.same_as}."
    asked = sum(row.requested_pence for row in reading.applications)
    perhaps = f"{left_out} perhaps here already and left out, " if left_out else ""
    yield (
        f"{len(reading.applications)} new, {len(reading.duplicates)} here already, {perhaps}"
        f"{counted(len(problems), 'problem')}; "
        f"{pounds(asked)} asked by the new ones."
    )


def preview_lines(found: Preview) -> Iterator[str]:
    """Yield what is to look at in the rows beside their problems, and how many rows come to what."""
    for row in found.rows:
        for point in row.points:
            if point.is_check and point.kind is not Kind.TO_CHECK and row.state not in HERE:
                at = f"{point.cell} {point.heading}" if point.cell else f"Row {row.number}"
                yield f"  {at} ({point.kind}): {point.words}"
    for line, count in sorted(found.suggestions.items()):
        yield f"  Suggested for {counted(count, 'application')}: {line}."
    counts = ", ".join(f"{count:,} {state.lower()}" for state in State if (count := found.counts[state]))
    yield f"{len(found.rows):,} rows: {counts or 'none'}."
