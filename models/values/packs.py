"""What a pack and a return hold, as frozen values: how much of it, and whose words (guide, packs 1)."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from models.trouble import Trouble
from models.values import canonical, signing
from models.values.attachments import LEAVING, MOST_BYTES
from models.values.revisions import Revision, are_sound, within
from models.values.rounds import ReasonRule
from models.values.rows import Answer
from scoring.scheme import Scheme

MOST_REVISIONS = 50_000
"""Of all that a member enters: a thousand applications, twelve criteria, each with a reason, and again."""
MOST_OF_ONE = 500
"""Of one mark, reason or declaration. One is added each time that it changed between two returns."""
MOST_PARENTS = 100
LONGEST_VALUE = 70_000
"""Characters of one value as JSON: a reason as long as a cell of a workbook holds, all of it escaped."""
MOST_CHARACTERS = 20_000_000
"""Characters of all values together."""


MOST_ROLES, MOST_AREAS = 20, 1_000
"""Of the roles of a panel, and of areas with dates."""


def is_modest(roles: int, areas: int) -> bool:
    """Whether a pack names no more roles and areas than a round can have."""
    return roles <= MOST_ROLES and areas <= MOST_AREAS


def too_much(revisions: Sequence[Revision]) -> str:
    """Return what there is too much of, as the end of a sentence; "" where it is within bounds."""
    if len(revisions) > MOST_REVISIONS:
        return f"holds {len(revisions):,} values, and no more than {MOST_REVISIONS:,} are read"
    if sum(len(revision.value) for revision in revisions) > MOST_CHARACTERS:
        return f"holds more than {MOST_CHARACTERS:,} characters of reasons"
    for revision in revisions:
        if len(revision.value) > LONGEST_VALUE:
            return f"holds a reason of more than {LONGEST_VALUE:,} characters"
        if len(revision.parents) > MOST_PARENTS:
            return f"holds a value that follows more than {MOST_PARENTS} others"
    changes = max(Counter(revision.key for revision in revisions).values(), default=0)
    if changes > MOST_OF_ONE:
        return f"holds one mark or reason that was changed {changes:,} times, and {MOST_OF_ONE:,} are read"
    return ""


V = TypeVar("V", "Pack", "Return")
FORMAT = 1
NEWER = "This {what} was made by a newer version of Grant Panel. Update this one first."
DAMAGED = "This {what} is not intact: it was changed after it was made. Nothing was imported."
TOO_MUCH = "This {what} {words}. Nothing was imported. Ask the person who sent it to make it again."
_KEY, _SIGNATURE = re.compile(r"[0-9a-f]{64}"), re.compile(r"[0-9a-f]{128}")


MOST_FILES, LONGEST_NAME = 5_000, 1_000


class PackFile(Struct, frozen=True):
    """An attachment of an application; its bytes follow the pack's text, each file in its order."""

    name: str
    kind: str
    size: int
    sha256: str

    def is_sound(self) -> bool:
        """Whether it may be in a pack: of a kind that leaves the office, and no larger than one is kept."""
        is_named = 0 < len(self.name) <= LONGEST_NAME and self.kind in LEAVING
        return is_named and 0 < self.size <= MOST_BYTES and bool(_KEY.fullmatch(self.sha256))


class PackApplication(Struct, frozen=True):
    """What a member sees of an application. An allow-list: nothing else of it ever goes into a pack.

    `erased` are the sums of files that may have gone in an earlier pack, and that the office erased since.
    """

    uid: str
    reference: str
    organisation: str
    project: str
    area: str
    requested_pence: int
    minimum_pence: int | None = None
    total_cost_pence: int | None = None
    match_funding_pence: int | None = None
    beneficiaries: int | None = None
    previously_funded: bool | None = None
    organisation_type: str = ""
    summary: str = ""
    need: str = ""
    outcomes: str = ""
    start_on: date | None = None
    end_on: date | None = None
    answers: tuple[Answer, ...] = ()
    aside: tuple[tuple[str, str], ...] = ()
    files: tuple[PackFile, ...] = ()
    erased: tuple[str, ...] = ()


class PackDates(Struct, frozen=True):
    """When an area takes applications, when its marks close and its panel meets; None while not set.

    `takes_no_marks` where the area was past scoring at the office as the pack was made.
    """

    area: str
    opens_on: date | None = None
    closes_on: date | None = None
    marks_close_on: date | None = None
    meets_on: date | None = None
    takes_no_marks: bool = False


class PackRole(Struct, frozen=True):
    """How many of the panel have a role; who they are never goes into another member's pack."""

    role: str
    count: int


class PackRound(Struct, frozen=True):
    """The round that a pack is of; `fingerprint` is that of its scheme.

    `marking`, `dates`, `roles` and the office's word for an area, one and several, are shown to the member as
    the office had them; "" and empty in a pack of a version that did not carry them.
    """

    uid: str
    fund: str
    year: str
    name: str
    areas: tuple[str, ...]
    scheme: Scheme
    fingerprint: str
    reason_rule: ReasonRule = ReasonRule.ASKED
    marking: str = ""
    dates: tuple[PackDates, ...] = ()
    roles: tuple[PackRole, ...] = ()
    area_label: str = ""
    area_label_plural: str = ""


class PackMember(Struct, frozen=True):
    """The member whom a pack is for."""

    uid: str
    code: str
    name: str
    role: str
    organisation: str = ""


class Pack(Struct, frozen=True):
    """A member's applications with what the member entered so far; signed with the office's key.

    `journal_row` and `journal_head` are the office's newest journal row as the pack was made, so that each
    member holds a copy of its hash.
    """

    format: int
    kind: str
    pack: str
    record: str
    round: PackRound
    member: PackMember
    issued_on: date
    expires_on: date
    applications: tuple[PackApplication, ...]
    revisions: tuple[Revision, ...]
    stands: tuple[str, ...]
    office_key: str
    journal_row: int
    journal_head: str
    signature: str = ""

    @property
    def within(self) -> str:
        return within(self.round.uid, self.member.uid)

    @property
    def files(self) -> tuple[PackFile, ...]:
        """Return the attachments of all applications, in the order in which their bytes follow."""
        return tuple(file for item in self.applications for file in item.files)


class Return(Struct, frozen=True):
    """What a member entered, with all revisions since the pack was made; signed with the member's key.

    `number` counts the returns made from one pack; it is for people and decides nothing. The journal row and
    head of the office are given back as the pack had them; those of the member's own record stand beside.
    """

    format: int
    kind: str
    pack: str
    round: str
    member: str
    fingerprint: str
    number: int
    revisions: tuple[Revision, ...]
    member_key: str
    office_row: int
    office_head: str
    journal_row: int
    journal_head: str
    signature: str = ""

    @property
    def within(self) -> str:
        return within(self.round, self.member)

    @property
    def code(self) -> str:
        """Return the short code of the key that signed it."""
        return signing.short_code(bytes.fromhex(self.member_key))


def fingerprint(scheme: Scheme) -> str:
    """Return the SHA-256 of a scheme in canonical JSON; its tolerance is money alone and left out."""
    bare = replace(scheme, tolerance_percent=Decimal(0), tolerance_authority="")
    return hashlib.sha256(canonical.to_text(bare).encode()).hexdigest()


def with_signature(given: V, private: bytes) -> V:
    """Return a pack with the office's signature, or a return with its member's."""
    return replace(given, signature=signing.signed(private, *_signed_over(given)).hex())


def _signed_over(given: Pack | Return) -> tuple[bytes, bytes]:
    """Return what is signed, and what is bound into the signature beside."""
    body = canonical.to_text(replace(given, signature="")).encode()
    return body, signing.PACK if isinstance(given, Pack) else signing.RETURN


def read_pack(text: str) -> Pack:
    """Return the pack that a text is; raises Trouble for any other, or one without its office's signature."""
    pack = _read(Pack, text, "pack")
    carried = {item.uid for item in pack.applications} | {""}
    is_whole = (
        fingerprint(pack.round.scheme) == pack.round.fingerprint
        and is_modest(len(pack.round.roles), len(pack.round.dates))
        and all(revision.application in carried for revision in pack.revisions)
        and are_sound(pack.within, pack.revisions, {})
        and len(pack.files) <= MOST_FILES
        and all(file.is_sound() for file in pack.files)
        and all(_KEY.fullmatch(one) for item in pack.applications for one in item.erased)
        and len({(item.uid, file.sha256) for item in pack.applications for file in item.files})
        == len(pack.files)
    )
    if not is_whole:
        raise Trouble(DAMAGED.format(what="pack"))
    return pack


@lru_cache(maxsize=8)
def read_return(text: str) -> Return:
    """Return the return that a text is; raises Trouble for any other, or one that its member did not sign.

    The newest few are remembered: one that is imported is asked about half a dozen times on the way.
    """
    return _read(Return, text, "return")


def _read(kind: type[V], text: str, what: str) -> V:
    """Return the value of a text that is exactly its canonical JSON, and signed."""
    try:
        found = canonical.decode(kind, canonical.loads(text))
        is_exact = canonical.to_text(found) == text
    except (ValueError, RecursionError) as error:
        raise Trouble(_otherwise(text, what)) from error
    if not is_exact or found.kind != what or found.format != FORMAT:
        raise Trouble(_otherwise(text, what))
    words = too_much(found.revisions)
    if words:
        raise Trouble(TOO_MUCH.format(what=what, words=words))
    if not _is_signed(found):
        raise Trouble(DAMAGED.format(what=what))
    return found


def _otherwise(text: str, what: str) -> str:
    """Say why a text is not what it should be: made by a newer program, or changed."""
    try:
        found = canonical.loads(text)
    except ValueError:
        found = None
    number = found.get("format") if isinstance(found, dict) else None
    is_newer = type(number) is int and number > FORMAT
    return (NEWER if is_newer else DAMAGED).format(what=what)


def _is_signed(given: Pack | Return) -> bool:
    """Whether it is signed; a key and a signature are written in one way, or one key would pass for two."""
    key = given.office_key if isinstance(given, Pack) else given.member_key
    if not (_KEY.fullmatch(key) and _SIGNATURE.fullmatch(given.signature)):
        return False
    of = bytes.fromhex(key), bytes.fromhex(given.signature)
    return signing.is_signed(*of, *_signed_over(given))


LEFT_OUT = "[left out]"
_HEADINGS = re.compile(
    r"\b(bank|building society|account|sort ?code|iban|payee|e-?mail|telephone|phone|mobile|fax|contact"
    r"|address|post ?code|postal|signature|signed|date of birth|d\.?o\.?b|website|referee|declaration"
    r"|(your|applicant'?s?|lead|full|first|last|sur) ?name)",
    re.IGNORECASE,
)
_EMAIL = r"(?<![^\s@<>()])[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+"
_PHONE = r"(?<![\w.])(?:\+44|\(?0)[\d ()-]{8,14}\d(?!\w)"
_GAP = "(?:[ \t\u00a0\u00ad\u2000-\u200d\u202f\u2060\u3000\ufeff_\u2010-\u2015\u2212-]{1,3})"
"""What may stand between the groups of a number: up to three spaces or dashes of any kind, seen or not."""
_SORT_CODE = rf"(?<![\w-])\d{{2}}{_GAP}\d{{2}}{_GAP}\d{{2}}(?![\w-])"
_REACH = re.compile("|".join((_EMAIL, _PHONE)))
_IBAN = re.compile(
    rf"(?<!\w)[A-Z]{{2}}\d{{2}}{_GAP}?(?:[A-Z]{{4}}{_GAP}?)?[A-Z]{{0,2}}\d[A-Z0-9]*"
    rf"(?:{_GAP}[A-Z]{{0,2}}\d[A-Z0-9]*)*(?!\w)",
    re.IGNORECASE,
)
_SHORTEST_IBAN, _FEWEST_DIGITS = 15, 10
_NAMED = (
    rf"(?<!\w)(?:sort{_GAP}?code|account|acct?|a/c)(?:{_GAP}?(?:no|num|number)\b)?(?: is)?[\s.:#=]{{0,4}}"
    r"\d{6,8}(?!\d)"
)
"""Six to eight digits in one piece, where a word before them says what they are."""
_ACCOUNT = re.compile(
    rf"{_NAMED}|(?<![\w£])(?<!\d[,.])(?:\d{{6}}{_GAP})?\d(?:{_GAP}?\d){{7}}(?!\w|[,.]\d)|{_SORT_CODE}",
    re.IGNORECASE,
)
_YEAR = r"(?:19|20)\d\d"
_DAY = re.compile(
    rf"(?:{_YEAR}{_GAP}{_YEAR}|\d{{1,2}}{_GAP}\d{{1,2}}{_GAP}{_YEAR}|{_YEAR}{_GAP}\d{{1,2}}{_GAP}\d{{1,2}})"
)
"""Eight digits that are two years or a day."""


def allowed_answers(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Return the answers that ask for no contact, account or signature, their texts without such either."""
    return tuple((heading, allowed_text(text)) for heading, text in answers if not _HEADINGS.search(heading))


def allowed_text(text: str) -> str:
    """Return a text without addresses for e-mail, telephone numbers, sort codes, account numbers and IBANs.

    A number counts however it is spaced: "1234 5678" and "GB29 NWBK 6016 1331 9268 19" are left out.
    """
    return _ACCOUNT.sub(_without_number, _REACH.sub(_without_number, _IBAN.sub(_without_iban, text)))


def _without_iban(found: re.Match[str]) -> str:
    """Leave out what is long enough for an IBAN: fifteen letters and digits, ten of them digits."""
    said = [sign for sign in found[0] if sign.isalnum()]
    is_iban = len(said) >= _SHORTEST_IBAN and sum(sign.isdecimal() for sign in said) >= _FEWEST_DIGITS
    return LEFT_OUT if is_iban else found[0]


def _without_number(found: re.Match[str]) -> str:
    return found[0] if _DAY.fullmatch(found[0]) else LEFT_OUT
