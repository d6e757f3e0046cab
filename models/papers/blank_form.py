"""The blank application form of a round: what it asks, and the code by which one that comes back is known."""

from base64 import b32encode
from collections.abc import Iterable, Mapping
from hashlib import sha256

from msgspec import Struct, json, toml
from msgspec.structs import replace

import resources
from models.papers.order import RoundPaper, TextPairs, Texts
from models.values.applications import FIELDS
from scoring.written.area_label import AREA, AreaLabel

CODE_NAME = "form_code"
"""What the answer is called that holds the form's code."""
YES_NO = ("Yes", "No")
PROMPTS = {
    "line": "Click here and type",
    "text": "Click here and type",
    "day": "Click here and choose or type a day",
    "choice": "Click here and choose",
}
"""What stands in a Word document, by kind of question, until it is answered."""
UNTICKED, TICKED = "\u2610", "\u2612"
BEFORE_CHOICE = ":\u00a0"
"""What stands between a question and what may be ticked in the label of a PDF's box; no question has it."""
ROOM = 90
"""About how many letters a line of an answer has."""
LETTERS_OF_A_WORD = 6
_LENGTH = 4


class FormQuestion(Struct, frozen=True):
    """A question of a form, and how it is answered: `kind` is line, text, day, choice, ticks or agree.

    `name` is the field of an application that its answer fills, or a word of the form's own. An answer has
    room for so many `lines`; `choices` are what is chosen from.
    """

    name: str
    label: str
    kind: str = "line"
    hint: str = ""
    lines: int = 1
    choices: Texts = ()


class FormPart(Struct, frozen=True):
    """A part of a form under its heading."""

    heading: str
    questions: tuple[FormQuestion, ...]


class BlankForm(RoundPaper, frozen=True, kw_only=True):
    """A whole form; `closing` says by area until when it may be sent, `how` in paragraphs how to send it."""

    subject: str
    code: str
    about: Texts
    how: Texts
    closing: TextPairs
    contact: TextPairs
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


class _Part(Struct, forbid_unknown_fields=True):
    heading: str
    questions: tuple[_Asked, ...] = ()
    of: str = ""


class _Form(Struct):
    part: tuple[_Part, ...]


_FORM = toml.decode(resources.text("forms/application-form.toml"), type=_Form)


def form_parts(
    most_words: int,
    lists: Mapping[str, Texts],
    own: Mapping[str, Iterable[FormQuestion]],
    label: AreaLabel = AREA,
) -> tuple[FormPart, ...]:
    """Return the parts of a form that ask something, in the office's word for an area.

    A long answer has at most so many words. `lists` are what is chosen from, by name: of one thing nobody
    chooses. `own` are the questions of the round's criteria and checks, and those that the office wrote.
    """
    found = {name: tuple(_with_room(one, most_words) for one in asked) for name, asked in own.items()}
    parts = (
        FormPart(
            part.heading,
            found.get(part.of, ())
            + tuple(
                _question(one, most_words, lists, label)
                for one in part.questions
                if not (found.get(one.instead_of) or (one.list and len(lists.get(one.list, ())) < 2))
            ),
        )
        for part in _FORM.part
    )
    return tuple(part for part in parts if part.questions)


def _question(asked: _Asked, most_words: int, lists: Mapping[str, Texts], label: AreaLabel) -> FormQuestion:
    is_asked_so = asked.kind == "yes-no"
    made = FormQuestion(
        asked.name,
        label.labelled(asked.label),
        "choice" if is_asked_so else asked.kind,
        asked.hint,
        asked.lines or 1,
        YES_NO if is_asked_so else lists.get(asked.list, ()),
    )
    return made if asked.lines else _with_room(made, most_words // asked.share // 10 * 10 or most_words)


_BY_LABEL = {one.label: one.name for part in _FORM.part for one in part.questions if one.name in FIELDS}


def field_of(name: str, label: str) -> str:
    """Return the field that an answer fills, by its name in a form, or its label where it has none."""
    return (name if name in FIELDS else "") if name else _BY_LABEL.get(label, "")


def _with_room(question: FormQuestion, most_words: int) -> FormQuestion:
    """Return a question with its limit said, and room for so much, where its answer is a long one."""
    if question.kind != "text":
        return question
    hint = f"{question.hint} At most {most_words} words.".lstrip()
    return replace(question, hint=hint, lines=most_words * LETTERS_OF_A_WORD // ROOM + 1)


def form_code(fund_code: str, of_round: Texts, labels: Iterable[str]) -> str:
    """Return the code of a form: its fund's, then what names its round, then what names its questions.

    `of_round` are its year and name. "ACF-K3QT-7WNB": the second part is of a round whatever it asks.
    """
    return "-".join((fund_code, _short(of_round), questions_code(labels)))


def questions_code(labels: Iterable[str]) -> str:
    """Return the last part of a form's code, made of its questions as whoever reads it finds them.

    So a form that came back says itself whether its questions are as they were written: letters and digits.
    """
    return _short(["".join(filter(str.isalnum, label.casefold())) for label in labels])


def _short(named: object) -> str:
    return b32encode(sha256(json.encode(named)).digest()).decode()[:_LENGTH]
