"""By what a form of ours is known when it comes back: its code, and what stands where nothing was answered.

The process that reads forms loads this alone, and nothing of the record.
"""

from base64 import b32encode
from collections.abc import Iterable
from hashlib import sha256

from msgspec import json

CODE_NAME = "form_code"
"""What the answer is called that holds the form's code."""
CODE_LABEL = "Form code"
CODE_NOTE = (
    "Please leave the code of this form ({}) as it is. We use it to read your answers without retyping them."
)
"""What is printed above the code; it has the code too, for a file that loses its fields."""
DAY_HINT = "Day, month and year, such as 5 March 2027."
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
_LENGTH = 4


def form_code(fund_code: str, of_round: tuple[str, ...], labels: Iterable[str]) -> str:
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
