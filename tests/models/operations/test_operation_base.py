"""What an operation says of itself: each name in it as it was given."""

from datetime import date

import pytest

from models.operations.applications.organisations import SeparateOrganisations
from models.operations.awards.budget import Contribute
from models.operations.retention import HoldApplication
from models.operations.set_up.fund_changes import RenameFund

ODD = ("A|B", "|", "{0.kind}", "{{ 1 }}", "{% if x %}", "50% & <b>’'", "or c", "a/b", "a:b", "{", "}", "a\nb")


@pytest.mark.parametrize("name", ODD)
def test_a_name_stands_in_what_was_done_as_it_was_given(name: str) -> None:
    apart = SeparateOrganisations("k", "m", name, f"{name} Ltd", was_apart=True)
    given = Contribute("ACF", "2026/27", name, 500_00, "more")
    renamed = RenameFund("ACF", name, date(2026, 12, 1))

    assert apart.done().words == f"{name} Ltd counts with {name} again."
    assert given.done(None, {"line": name}).words == f"The office gives {name} £500.00 in 2026/27."
    assert renamed.done(None, None, "ACF").words == (
        f"From 1 December 2026 ACF is called {name}. Papers of earlier days keep the earlier name."
    )


@pytest.mark.parametrize(
    ("reason", "words"), [("Audit", "Hold ACF-001"), (" \n", "Remove the hold on ACF-001")]
)
def test_a_blank_reason_takes_a_hold_off_in_words_too(reason: str, words: str) -> None:
    assert HoldApplication(1, "ACF-001", reason, "").label == words
