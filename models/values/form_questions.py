"""What application forms ask: their parts and questions, and the forms that a record knows by their codes."""

from msgspec import Struct


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
    choices: tuple[str, ...] = ()


class FormPart(Struct, frozen=True):
    """A part of a form under its heading."""

    heading: str
    questions: tuple[FormQuestion, ...]


class AskedForm(Struct, frozen=True):
    """A form that went out, or may go out: its code, and its parts in their order."""

    code: str
    parts: tuple[FormPart, ...]

    @property
    def questions(self) -> tuple[FormQuestion, ...]:
        return tuple(one for part in self.parts for one in part.questions)


class KnownForms(Struct, frozen=True):
    """The forms of a record, and `code`: that of the form of one round as it asks now, "" for none yet."""

    code: str = ""
    forms: tuple[AskedForm, ...] = ()


NO_FORMS = KnownForms()
