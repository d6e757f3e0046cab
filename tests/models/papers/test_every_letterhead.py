"""Every kind of paper knows its office and the rest of the head that it prints."""

from importlib import import_module

import pytest

from models.papers.kinds import KINDS
from models.papers.paper_kind import PaperKind


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_the_values_of_every_kind_have_an_office_and_a_head(kind: PaperKind) -> None:
    module, _, name = kind.values.partition(":")
    values = getattr(import_module(module), name)

    assert {"office", "letterhead"} <= set(values.__struct_fields__)
