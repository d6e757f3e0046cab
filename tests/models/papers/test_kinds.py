"""Every kind of paper is registered once, and whatever its line names is there."""

from importlib import import_module

import pytest

from models.papers.kinds import KINDS
from models.papers.paper_kind import PaperKind


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_what_a_kind_names_is_there(kind: PaperKind) -> None:
    names = [kind.query, kind.values, kind.to_text, *kind.writers.values(), *filter(None, [kind.document])]

    found = [getattr(import_module(name.partition(":")[0]), name.partition(":")[2], None) for name in names]

    assert all(map(callable, found)), names
    assert bool(kind.document) == bool(kind.prose)
    assert kind.writers or kind.prose


def test_the_command_asks_for_each_form_by_one_word_of_its_own() -> None:
    asked = [name for kind in KINDS.values() for name in kind.asked]

    assert len(asked) == len(set(asked))
    assert set(asked) == {"schedule-xlsx", "schedule-pdf", *KINDS} - {"schedule"}
    assert KINDS["schedule"].asked == {"schedule-xlsx": (".xlsx",), "schedule-pdf": (".pdf",)}
    assert KINDS["letters"].asked == {"letters": ()}


def test_kinds_of_a_group_stand_together() -> None:
    groups = [kind.group for kind in KINDS.values()]

    assert groups == sorted(groups, key=list(dict.fromkeys(groups)).index)
