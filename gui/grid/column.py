"""A column of a small grid: its heading, and how what is typed there is to stand."""

from collections.abc import Callable

from msgspec import Struct


class GridColumn(Struct, frozen=True):
    """A column: `tidy` returns a text as it is to stand, and raises ValueError where it cannot be read."""

    head: str
    tidy: Callable[[str], str]
    stretch: int = 1
    is_right: bool = False
    hint: str = ""
    choices: tuple[str, ...] = ()

    def tidied(self, text: str) -> str:
        """Return a text as it is to stand, as it is where it cannot be read."""
        try:
            return self.tidy(text.strip())
        except ValueError:
            return text
