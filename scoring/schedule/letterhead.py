"""What a paper says of the office beside its name, as it was on the paper's day."""

from collections.abc import Iterator

from msgspec import Struct

from scoring.written.area_label import AREA, AreaLabel

COMMISSIONER, MAYORS = "Commissioner", ("Deputy Mayor", "Mayor")
"""What the person is whose office it is: a mayor has the same powers where there is no commissioner."""


class Letterhead(Struct, frozen=True):
    """What stands at the head and foot of a paper; "" for what the office did not say.

    `address` has a line for each line, `signatory` is "Name, post", `logo` the SHA-256 of the picture, and
    `words` are standing words, each under its heading. `people` are who the reader is to know of, each as
    "Name, post" under what they are in the office. A paper that `has_pence` has them in each of its sums.
    """

    address: str = ""
    telephone: str = ""
    email: str = ""
    website: str = ""
    contact: str = ""
    signatory: str = ""
    logo: str = ""
    area_label: AreaLabel = AREA
    words: tuple[tuple[str, str], ...] = ()
    short_name: str = ""
    people: tuple[tuple[str, str], ...] = ()
    has_pence: bool = False

    @property
    def reached(self) -> tuple[str, ...]:
        """Return how the office is reached: its address on one line, telephone, e-mail and website."""
        address = ", ".join(line.strip(" ,") for line in self.address.splitlines() if line.strip(" ,"))
        return tuple(filter(None, (address, self.telephone, self.email, self.website)))

    def named(self, office: str) -> str:
        """Return the office as a paper names it first: its name, and what it is called for short."""
        return f"{office} ({self.short_name})" if office and self.short_name not in ("", office) else office

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Return all of it in words, each under its heading."""
        return tuple(self._facts())

    def _facts(self) -> Iterator[tuple[str, str]]:
        yield from (fact for fact in (("Short name", self.short_name), *self.people) if fact[1])
        named = (
            ("Address", self.address),
            ("Telephone", self.telephone),
            ("E-mail", self.email),
            ("Website", self.website),
            ("Contact officer", self.contact),
            ("Signed for the office by", self.signatory),
        )
        yield from ((heading, text) for heading, text in named if text)
        yield from self.words


PLAIN = Letterhead()
"""What an office says that entered nothing but its name."""
