"""One thing that needs a person."""

from dataclasses import dataclass
from datetime import date

from gui.theme.tokens import Tone


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do: what, why, the words on its button, and the page and item that it is done on.

    With `stage` the button offers what is next for the areas that stand at that stage, with `action` it does
    the action of that name.
    """

    tone: Tone
    icon: str
    words: str
    note: str
    button: str
    page: str
    by: date | None = None
    reference: str = ""
    stage: str = ""
    action: str = ""
