"""The scale of marks: a word for each mark, and what the word means to those who mark."""

from collections.abc import Iterator
from operator import attrgetter
from typing import Any, NamedTuple

from msgspec.structs import replace

from gui.listed.acts import Act, At, Told
from gui.listed.form import Choice, Form, Line
from gui.listed.page import Tab
from gui.listed.side import Name, Says, Side
from gui.listed.side import Told as Telling
from gui.pages.set_up.criteria.draft import SetUp, is_open, settled
from gui.tables.columns import LineColumn
from models.reference.schemes import shipped_scales
from scoring.publishing import with_scale

TAB = "Scale and words"


class Mark(NamedTuple):
    """A mark of the scale, its word and what it means; both may be ""."""

    mark: int
    word: str = ""
    meaning: str = ""


Here = At[SetUp, Mark]


def _rows(set_up: SetUp) -> tuple[Mark, ...]:
    said = {mark: Mark(mark, word, meaning) for mark, word, meaning in set_up.scheme.descriptors}
    return tuple(said.get(mark, Mark(mark)) for mark in range(set_up.scheme.scale_maximum + 1))


def _tell(at: Here) -> Iterator[Telling]:
    yield Name(f"{at.row.mark} {at.row.word}".strip())
    yield Says(at.row.meaning)


def _change(at: Here) -> Form:
    def does(word: str, meaning: str) -> Told:
        said = tuple(one._replace(word=word, meaning=meaning) if one == at.row else one for one in marks)
        return settled(
            replace(at.answer.scheme, descriptors=tuple(map(tuple, said))), "the words of the scale"
        )

    marks = _rows(at.answer)
    return Form(
        title=f"Mark {at.row.mark}",
        action="Save",
        does=does,
        fields=(
            Line("word", f"Word for mark {at.row.mark}", value=at.row.word, wanted="This cannot be empty."),
            Line("meaning", f"What mark {at.row.mark} means", value=at.row.meaning),
        ),
    )


def _take_scale(at: At[SetUp, Any]) -> Form:
    """Ask which scale takes the place of the one on show, with the words that it brings."""
    scales = {scale.maximum: scale for scale in shipped_scales()}
    stands = at.answer.scheme.scale_maximum
    return Form(
        title="Use another scale",
        action="Use this scale",
        sentences=("It brings words of its own. A lowest mark above its highest comes down to that.",),
        does=lambda most: settled(with_scale(at.answer.scheme, most, scales[most].descriptors), "the scale"),
        fields=(
            Choice(
                *("most", "Scale of marks"),
                options=tuple((scale.words, most) for most, scale in scales.items()),
                value=stands if stands in scales else None,
            ),
        ),
    )


ANOTHER: Act[SetUp, Any] = Act(
    "Another scale…", _take_scale, where=lambda at: is_open(at) and at.section == TAB
)
SCALE: Tab[SetUp, Mark] = Tab(
    TAB,
    _rows,
    lambda set_up: "",
    columns=(
        LineColumn("mark", "Mark", lambda row: str(row.mark), width=64, is_strong=True),
        LineColumn("word", "Word", attrgetter("word"), width=170),
        LineColumn("meaning", "What it means", attrgetter("meaning"), tip=attrgetter("meaning")),
    ),
    row_key=attrgetter("mark"),
    list_name="Marks of the scale",
    side=Side(
        name="The selected mark",
        width=340,
        nothing="Choose a mark to see what it means.",
        tell=_tell,
        acts=(Act("Change…", _change, where=is_open),),
        tabs=("List", "Details"),
    ),
)
