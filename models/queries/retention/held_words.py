"""What tables, columns and codes of the record are called where somebody is told what is held on them."""

from collections.abc import Mapping

from scoring.schedule.lines import OUTCOME_WORDS

_TABLES = {
    "agreements": "what the panel agreed",
    "application_choices": "chosen from lists",
    "award_agreements": "grant agreements",
    "bank_endings": "account endings",
    "kept_apart": "kept apart from namesakes",
    "office_fact": "office",
    "organisation_aliases": "names and numbers",
    "sheets": "score sheets",
}
_COLUMNS = {
    "all_gates": "eligible",
    "all_gates_by": "eligibility checked by",
    "all_gates_reason": "why, of eligibility",
    "end_on": "end date",
    "interest_id": "application",
    "is_exception": "outside the published order",
    "is_submitted": "handed in",
    "profile": "how it is paid",
    "sheet_id": "application",
    "sheet_member": "member",
    "start_on": "start date",
    "tied": "equal with another",
    "trigger": "paid when",
    "verdict": "decided",
}
_VALUES: Mapping[str, Mapping[str, str]] = {
    "outcome": {outcome.value: words for outcome, words in OUTCOME_WORDS.items()},
    "verdict": {"agree": "as recommended", "change": "otherwise than recommended"},
}
_CODES = frozenset({"kind", "route", "ground", "state"})
"""Columns of codes that read as words without their underscores."""
_ENDINGS = ("_id", "_pence", "_1e2")


def table_words(name: str) -> str:
    """Return the name of a table in words."""
    return _TABLES.get(name, _plain(name))


def column_words(name: str) -> str:
    """Return the name of a column in words, without what it is counted in."""
    if name in _COLUMNS:
        return _COLUMNS[name]
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return _plain(name.removeprefix("is_"))


def code_words(column: str, value: str) -> str:
    """Return a code of a column in words; any other text as it is."""
    return _plain(value) if column in _CODES else _VALUES.get(column, {}).get(value, value)


def _plain(name: str) -> str:
    return name.replace("_", " ")
