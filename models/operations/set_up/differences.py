"""Where a round workbook differs from the round in the record, in sentences."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from msgspec.structs import replace

from models.values.rows import Answer, ApplicationRow
from scoring.counted import first_of
from scoring.scheme import Criterion, Scheme

HEADINGS = {
    "requested_pence": "Amount requested",
    "minimum_pence": "Minimum amount",
    "total_cost_pence": "Total project cost",
    "match_funding_pence": "Match funding",
    "received_at": "Received",
    "answers": "the answers",
}
"""What the workbook calls a field, where it is not the field's own name."""

_SET_BY_LOADING = ("eligibility", "eligibility_reason", "withdrawn")
COLUMNS_OF_LOADING = "Eligible, Eligibility reason and Withdrawn"
"""What a workbook calls what loading sets."""
_COMPARED = tuple(
    name
    for name in ApplicationRow.__struct_fields__
    if name not in (*_SET_BY_LOADING, "reference", "received_has_time")
)


def application_differences(
    record: Iterable[ApplicationRow], workbook: Iterable[ApplicationRow]
) -> Iterator[str]:
    """Yield why a workbook's applications are not those of the record; what loading sets is left out.

    Texts are compared as a workbook can hold them: trimmed, with plain line breaks, blank answers left
    out; times to the second.
    """
    ours = {row.reference: row for row in record}
    theirs = {row.reference: row for row in workbook}
    added = [reference for reference in theirs if reference not in ours]
    if added:
        yield (
            f"The workbook has applications that are not in the record: {first_of(added)}. Import them "
            f"first, from a copy without the columns that loading sets: {COLUMNS_OF_LOADING}."
        )
    removed = [reference for reference in ours if reference not in theirs]
    if removed:
        yield f"The workbook lacks applications of the record: {first_of(removed)}. Put their rows back."
    yield from _changed(ours, theirs)


def scheme_differences(published: Scheme, workbook: Scheme) -> Iterator[str]:
    """Yield the names of what differs between two schemes; a workbook holds no descriptors of marks."""
    ours = {criterion.code: criterion for criterion in published.criteria}
    theirs = {criterion.code: criterion for criterion in workbook.criteria}
    for code in dict.fromkeys((*ours, *theirs)):
        if code not in theirs:
            yield f"criterion {code} is missing"
        elif code not in ours:
            yield f"criterion {code} is new"
        elif not _same_criterion(ours[code], theirs[code]):
            yield f"criterion {code}"
    for name in Scheme.__struct_fields__:
        if name in ("criteria", "descriptors"):
            continue
        if not _same(getattr(published, name), getattr(workbook, name)):
            yield name.removesuffix("_pence").replace("_", " ")


def _changed(ours: Mapping[str, ApplicationRow], theirs: Mapping[str, ApplicationRow]) -> Iterator[str]:
    found = {
        reference: names
        for reference, row in ours.items()
        if reference in theirs and (names := list(_fields_differing(row, theirs[reference])))
    }
    if found:
        listed = first_of([f"{reference} in {' and '.join(names)}" for reference, names in found.items()])
        yield (
            f"Applications differ from the record: {listed}. Loading sets {COLUMNS_OF_LOADING}; "
            "what was submitted stays as it is."
        )


def _fields_differing(ours: ApplicationRow, theirs: ApplicationRow) -> Iterator[str]:
    if ours == replace(theirs, **{name: getattr(ours, name) for name in _SET_BY_LOADING}):
        return
    for name in _COMPARED:
        if not _same(getattr(ours, name), getattr(theirs, name)):
            yield HEADINGS.get(name, name.replace("_", " ").capitalize())


def _same_criterion(ours: Criterion, theirs: Criterion) -> bool:
    names = Criterion.__struct_fields__
    return all(_same(getattr(ours, name), getattr(theirs, name)) for name in names)


def _same(ours: object, theirs: object) -> bool:
    if isinstance(ours, str) and isinstance(theirs, str):
        return _plain(ours) == _plain(theirs)
    if isinstance(ours, datetime) and isinstance(theirs, datetime):
        return abs(ours - theirs) < timedelta(seconds=1)
    if isinstance(ours, tuple) and isinstance(theirs, tuple) and _are_answers(ours + theirs):
        return _answered(ours) == _answered(theirs)
    return ours == theirs


def _are_answers(items: tuple[object, ...]) -> bool:
    return all(isinstance(item, tuple) for item in items)


def _answered(answers: tuple[Answer, ...]) -> dict[str, str]:
    return {_plain(heading): _plain(text) for heading, text in answers if _plain(text)}


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
