"""A column that somebody spoilt stops no list: each shows what it can, and verify names the row."""

import shutil
from pathlib import Path

import pytest

from models.values.stored import READ_AS
from tests.cli.conftest import Run
from tests.models.conftest import tamper
from tests.models.hidden_rounds import hidden_record
from tests.models.queries.test_spoilt_rows import SPOILT, UNGUARDED

AWARDED = "a commander with an interest in an award"
AUTUMN = ("--round", "Autumn")
LISTS = (
    ("round", *AUTUMN),
    ("fund", "list"),
    ("office",),
    ("meeting", *AUTUMN),
    ("rank", *AUTUMN),
    ("choose", *AUTUMN),
    ("challenge", "list"),
    ("budget",),
    ("year-end",),
    ("award", "list"),
    ("award", "show", "A-031-01"),
    ("organisations", "list"),
    ("organisations", "show", "Allotment Friends 1"),
    ("attachments", "list"),
    ("waiting", "list", *AUTUMN),
    ("payment-layout", "list"),
)
BY_SCHEME = {"meeting", "rank", "choose", "budget", "year-end"}
NEEDED = {"areas.carried": {"round"}, "criteria.bands": BY_SCHEME, "schemes.ladder": BY_SCHEME}
"""By column, the lists that are worked out from it: they are refused in the sentence that names it."""
WITHOUT_ROWS = {
    *("closed_items", "payment_layouts", "matchings", "revisions", "scheme_amendments", "spending_plans"),
}
"""The tables of which the record has no row."""
COLUMNS = [one for one in READ_AS if one.partition(".")[0] not in WITHOUT_ROWS]
OFTEN = ("funds.defaults", "rounds.fund_rules", "rounds.chain")


@pytest.mark.parametrize(
    "column", [one if one in OFTEN else pytest.param(one, marks=pytest.mark.soak) for one in COLUMNS]
)
def test_each_list_opens_what_it_can_and_verify_names_the_row(column: str, tmp_path: Path, run: Run) -> None:
    whole = hidden_record(tmp_path / "whole.panel", AWARDED, 0)
    spoilt = Path(shutil.copy(whole, tmp_path / "spoilt.panel"))
    table, name = column.split(".")
    first = f"rowid = (SELECT min(rowid) FROM {table})"
    tamper(spoilt, *UNGUARDED, f"UPDATE {table} SET {name} = '{SPOILT[1]}' WHERE {first}")

    opened = {words: [run(words[0], of, *words[1:]) for of in (whole, spoilt)] for words in LISTS}
    assert not any(before.status for before, _ in opened.values())
    stopped = {words: after for words, (before, after) in opened.items() if before.status != after.status}
    assert {words[0] for words in stopped} <= NEEDED.get(column, set())
    assert all(f"Table {table}, column {name}" in one.err for one in stopped.values())
    assert f"Table {table}," in run("verify", spoilt).out
