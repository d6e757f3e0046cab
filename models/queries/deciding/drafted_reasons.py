"""Reasons drafted from what panel and members wrote about marks, to be checked by a person before use."""

from collections.abc import Mapping

from msgspec import Struct

from models.values.rows import RoundRows
from scoring.round import InterestKind

AGREED = "the agreed marks' reasons"
MEMBERS = "the members' reasons"


class Draft(Struct, frozen=True):
    """A draft, and what it was drafted from."""

    words: str
    source: str

    @property
    def note(self) -> str:
        """Return what is said beside it until a person has checked it."""
        return f"Drafted from {self.source}. Check it: the applicant will read it."


def drafts(rows: RoundRows) -> dict[str, Draft]:
    """Return drafts from the agreed marks' reasons; from the members' where none of those has a reason.

    Members' words come from sheets that count, in the order of the criteria, and name nobody.
    """
    found = {of: Draft("\n".join(lines), MEMBERS) for of, lines in _members_words(rows).items()}
    return found | {of: Draft("\n".join(lines), AGREED) for of, lines in agreed_words(rows).items()}


def agreed_words(rows: RoundRows) -> dict[str, list[str]]:
    """Return the reasons of agreed marks by application, each under the title of its criterion."""
    titles = [criterion.title for criterion in rows.scheme.judged]
    by_application = {
        agreed.application: [
            f"{title}: {reason}"
            for title, reason in zip(titles, agreed.given_reasons, strict=False)
            if reason
        ]
        for agreed in rows.agreed
    }
    return {of: lines for of, lines in by_application.items() if lines}


def _members_words(rows: RoundRows) -> Mapping[str, list[str]]:
    barred = {(i.member, i.application) for i in rows.interests if i.kind is not InterestKind.NONE}
    found: dict[str, list[str]] = {}
    for number, criterion in enumerate(rows.scheme.judged):
        for sheet in rows.sheets:
            said = sheet.reasons[number].strip() if number < len(sheet.reasons) else ""
            if said and sheet.submitted and (sheet.member, sheet.application) not in barred:
                lines = found.setdefault(sheet.application, [])
                line = f"{criterion.title}: {said}"
                lines += [line] if line not in lines else []
    return found
