"""The blank application form of a round: what it asks."""

from collections.abc import Iterable, Mapping

from msgspec import Struct, toml
from msgspec.structs import replace

import resources
from models.papers.form_signs import CODE_LABEL, CODE_NAME, CODE_NOTE
from models.papers.order import RoundPaper, TextPair, TextPairs, Texts
from models.values.applications import FIELDS
from models.values.form_questions import FormPart, FormQuestion
from scoring.written.area_label import AREA, AreaLabel

YES_NO = ("Yes", "No")
ROOM = 90
"""About how many letters a line of an answer has."""
LETTERS_OF_A_WORD = 6


class BlankForm(RoundPaper, frozen=True, kw_only=True):
    """A whole form; `closing` says by area until when it may be sent, `how` in paragraphs how to send it.

    `privacy` is what the office itself says, in paragraphs, of how it uses answers; `kept_for` is for how
    long it keeps those of who is funded, and all others ("6 years", "2 years"). A preview
    `is_of_draft_criteria`.
    """

    subject: str
    code: str
    about: Texts
    how: Texts
    closing: TextPairs
    contact: TextPairs
    privacy: Texts
    information: Texts
    kept_for: TextPair
    is_of_draft_criteria: bool = False
    parts: tuple[FormPart, ...]

    @property
    def title(self) -> str:
        return self.subject

    @property
    def control(self) -> str:
        return f"{len(self.questions)} questions, code {self.code}"

    @property
    def questions(self) -> tuple[FormQuestion, ...]:
        return tuple(one for part in self.parts for one in part.questions)

    @property
    def code_name(self) -> str:
        return CODE_NAME

    @property
    def code_label(self) -> str:
        return CODE_LABEL

    @property
    def code_note(self) -> str:
        return CODE_NOTE.format(self.code)


class _Asked(Struct, forbid_unknown_fields=True):
    """A question as the list of them has it."""

    name: str
    label: str
    kind: str = "line"
    hint: str = ""
    lines: int = 0
    share: int = 1
    list: str = ""
    instead_of: str = ""
    with_caps: str = ""


class _Part(Struct, forbid_unknown_fields=True):
    heading: str
    questions: tuple[_Asked, ...] = ()
    of: str = ""


class _Form(Struct):
    part: tuple[_Part, ...]


_FORM = toml.decode(resources.text("forms/application-form.toml"), type=_Form)


def form_parts(
    most_words: int,
    caps: str,
    lists: Mapping[str, Texts],
    own: Mapping[str, Iterable[FormQuestion]],
    label: AreaLabel = AREA,
) -> tuple[FormPart, ...]:
    """Return the parts of a form that ask something, in the office's word for an area.

    A long answer has at most so many words; `caps` are those of the round in words, "" for none. `lists` are
    what is chosen from, by name: of one thing nobody chooses. `own` are the questions of the round's criteria
    and checks, and those that the office wrote.
    """
    found = {name: tuple(_with_room(one, most_words) for one in asked) for name, asked in own.items()}
    parts = (
        FormPart(
            part.heading,
            found.get(part.of, ())
            + tuple(
                _question(one, most_words, lists, label, caps)
                for one in part.questions
                if not (found.get(one.instead_of) or (one.list and len(lists.get(one.list, ())) < 2))
            ),
        )
        for part in _FORM.part
    )
    return tuple(part for part in parts if part.questions)


def _question(
    asked: _Asked, most_words: int, lists: Mapping[str, Texts], label: AreaLabel, caps: str
) -> FormQuestion:
    hint = f"{asked.hint} {asked.with_caps.format(caps)}".strip() if caps else asked.hint
    is_asked_so = asked.kind == "yes-no"
    made = FormQuestion(
        asked.name,
        label.labelled(asked.label),
        "choice" if is_asked_so else asked.kind,
        hint,
        asked.lines or 1,
        YES_NO if is_asked_so else lists.get(asked.list, ()),
    )
    return made if asked.lines else _with_room(made, most_words // asked.share // 10 * 10 or most_words)


_BY_LABEL = {one.label: one.name for part in _FORM.part for one in part.questions if one.name in FIELDS}
_AREA, _ABOVE_AREA = "area", "project"


def field_of(name: str, label: str, above: str = "") -> str:
    """Return the field that an answer fills, by its name in a form, or its label where it has none.

    The area's label is the office's own word: it is told by the label `above` it, if no other knows it.
    """
    if name:
        return name if name in FIELDS else ""
    return _BY_LABEL.get(label) or _AREA * (_BY_LABEL.get(above) == _ABOVE_AREA)


def _with_room(question: FormQuestion, most_words: int) -> FormQuestion:
    """Return a question with its limit said, and room for so much, where its answer is a long one."""
    if question.kind != "text":
        return question
    hint = f"{question.hint} At most {most_words} words.".lstrip()
    return replace(question, hint=hint, lines=most_words * LETTERS_OF_A_WORD // ROOM + 1)
