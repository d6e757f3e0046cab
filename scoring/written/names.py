"""Names of people, organisations and files: told apart, misspelt, taken out of one cell, greeted."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from scoring.written.text import lazy_pattern, one_line, word_set

_ACCENTED = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
"""The Latin letters that may be another with a mark on it."""
_CROSSED = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i"}
"""Letters that are another with a stroke, which Unicode does not take apart."""
_MARKS = range(0x300, 0x370)
"""Marks that stand behind the letter which they go with."""
_KEYBOARD = {**dict.fromkeys(map(ord, "‘’ʼ′`´"), "'"), **dict.fromkeys(map(ord, "‐‑‒–"), "-")}
"""The apostrophes and hyphens of print, which Word and Excel put for those of a keyboard."""
_NOT_WORDS = lazy_pattern(r"[^0-9a-z]+")
_INITIALS = lazy_pattern(r"\b(?:[A-Za-z]\.){2,}")
_SIGNS = lazy_pattern(r"[\W_]+")
_BEFORE_NAME = (", ", " of ", " for ")
"""What stands before the name of an organisation for which somebody speaks."""
_TITLES = word_set(
    "mr mrs ms miss mx sir madam dame lord lady dr prof professor cllr councillor rev revd reverend pc pcso"
)
"""What stands before a name, and names nobody by itself."""
_MERE_FORMS = word_set(
    "the a of and for cic cio co company ltd limited plc uk charity trust group club society"
)


@lru_cache(maxsize=4096)
def text_key(name: str) -> str:
    """Return what names of the same text share: "Canal  SCOUTS " and "canal scouts"."""
    return " ".join(name.casefold().split())


@lru_cache(maxsize=1024)
def spelling_key(name: str) -> str:
    """Return what names of the same spelling share: "ACF 001", "acf001" and its full-width letters."""
    return "".join(normalize("NFKC", name).casefold().split())


def alike_key(name: str) -> str:
    """Return what names that are alike share: "The Canal Scouts Ltd." and "canal-scouts"."""
    plain = _INITIALS.sub(lambda found: found[0].replace(".", ""), name.replace("'", "").replace("’", ""))
    words = plain_words(plain).split()
    return " ".join(word for word in words if word not in _MERE_FORMS) or " ".join(words)


def plain_words(text: str) -> str:
    """Return the words of a text in small letters without any marks."""
    return _NOT_WORDS.sub(" ", text.casefold()).strip()


def unaccented(text: str) -> str:
    """Return a text with each letter bare of its accent or stroke: "Krol" for "Król".

    It is as long as `composed`, but for marks that go with no one letter.
    """
    return text if text.isascii() else composed(text).translate(_bare_letters())


def composed(text: str) -> str:
    return normalize("NFC", text)


def typed(text: str) -> str:
    """Return a text as a keyboard writes it: composed letters, straight apostrophes, plain hyphens."""
    return composed(text).translate(_KEYBOARD)


@lru_cache(maxsize=1)
def _bare_letters() -> dict[int, str]:
    """Return the bare letter of each accented or crossed one, and nothing for a mark."""
    bare = {letter: normalize("NFD", chr(letter))[0] for letter in _ACCENTED}
    crossed = {**_CROSSED, **{letter.upper(): to.upper() for letter, to in _CROSSED.items()}}
    return {**bare, **dict.fromkeys(_MARKS, ""), **{ord(letter): to for letter, to in crossed.items()}}


def sought(text: str) -> str:
    """Return a text as searching compares it: "Sian" finds "Siân", and "O'Brien" finds "O’BRIEN"."""
    return text_key(unaccented(typed(text)))


def search_words(text: str) -> list[str]:
    """Return the words of a text as searching compares them, in any script and without signs."""
    return _SIGNS.sub(" ", sought(text)).split()


def typed_key(name: str) -> str:
    return text_key(typed(name))


def untitled(name: str) -> str:
    """Return a name of two words or more without the title before it: "Jo Example" for "Mrs. Jo Example"."""
    first, *rest = name.split() or [""]
    return " ".join(rest) if len(rest) > 1 and is_title(first) else name


def is_title(word: str) -> bool:
    return word.casefold().rstrip(".") in _TITLES


def is_same_text(one: str, other: str) -> bool:
    return text_key(one) == text_key(other)


def is_same_typed(one: str, other: str) -> bool:
    return typed_key(one) == typed_key(other)


def is_nearly_same(one: str, other: str) -> bool:
    """Whether two names are of the same text but for accents and a title: "Zoe Ames" and "Dr Zoë Ames"."""
    return is_same_text(unaccented(typed(untitled(one))), unaccented(typed(untitled(other))))


def is_same_spelling(one: str, other: str) -> bool:
    return spelling_key(one) == spelling_key(other)


def speaks_for(who: str, name: str) -> bool:
    """Whether who is named is an organisation, or ends with it: "Jo Example, Hope", "the chair of Hope".

    The name has to be whole: "Sam Hopeful, Rival Trust" does not speak for Hope.
    """
    said, whole = (text_key(typed(text)).strip(" .") for text in (who, name))
    before, found, after = said.rpartition(whole) if whole else (said, "", "")
    before = before.removesuffix("the ")
    is_end = not after and (not before or before.endswith(_BEFORE_NAME))
    return bool(found) and (is_end or (not before and after.startswith(" (")))


def round_names(fund: str, name: str, year: str = "") -> tuple[str, ...]:
    """Return fund, round and year as titles join them, without a fund or a year that the round's name says.

    The round "Victims Fund autumn" of the Victims Fund in 2026/27 is ("Victims Fund autumn", "2026/27").
    """
    is_said = bool(fund) and f" {fund.casefold()} " in f" {name.casefold()} "
    return tuple(filter(None, ("" if is_said else fund, name, "" if year and year in name else year)))


def person_words(name: str) -> tuple[str, ...]:
    """Return what spellings of one person's name share: "Ames, Ann", "Dr Ann AMES" and "Ann Ames"."""
    return tuple(sorted(search_words(untitled(name))))


LEAST = 4
"""Letters below which one of them is too large a part of a name to be taken for a slip."""


def slip_of(name: str, known: Iterable[str]) -> str:
    """Return the known name that a name seems meant for, "" where it is known itself or like none.

    It is like one that has the same letters in other cases or spaces ("dudley"), or the same words in another
    order or with a title ("Ames, Ann" and "Dr Ann Ames"), or that one letter makes of it: left out, put in,
    another one, or two that changed places ("Wolverhamton"). A figure is no slip: "Area 1" and "Area 2" are
    two areas.
    """
    others = list(dict.fromkeys(known))
    if name in others:
        return ""
    wanted = spelling_key(name)
    words = person_words(name)
    same = (other for other in others if spelling_key(other) == wanted or person_words(other) == words != ())
    near = (other for other in others if is_one_off(wanted, spelling_key(other)))
    return next(same, "") or next(near, "")


def is_one_off(one: str, other: str) -> bool:
    """Whether one letter makes one name of another: left out, put in, another one, or two changed about."""
    if min(len(one), len(other)) < LEAST or abs(len(one) - len(other)) > 1:
        return False
    start = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(map(len, (one, other)))
    )
    first, second = one[start:], other[start:]
    if any(letter.isdigit() for letter in (first[:1] + second[:1])):
        return False
    is_swapped = len(one) == len(other) and first[:2] == second[:2][::-1] and first[2:] == second[2:]
    return is_swapped or first[1:] == second[1:] or first[1:] == second or first == second[1:]


_BARRED = lazy_pattern(r'[\x00-\x1f<>:"/\\|?*]+')
"""What a file's name cannot hold on one system or another."""


_DEVICE = lazy_pattern(
    r"^(con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?= *(?:\.|$))", re.IGNORECASE
)
"""What Windows takes for a device, whatever ending follows."""


def shortened(name: str, most: int) -> str:
    """Return a name of at most so many letters, cut between two words where there are several."""
    if len(name) <= most:
        return name
    return name[: most + 1].rpartition(" ")[0].rstrip(" ,;-") or name[:most]


def file_name(*parts: str) -> str:
    """Return a name without its ending: the parts that say something, "-" for what no name may hold.

    A name that Windows keeps for a device, as "Con" or "com1.2026", has a "-" behind that.
    """
    name = _BARRED.sub("-", composed(one_line(" ".join(filter(None, parts))))).strip(" .")
    return _DEVICE.sub(r"\1-", name)


_POSTS = word_set(
    "secretary treasurer chair chairman chairwoman chairperson clerk manager director trustee trustees"
    " committee coordinator co-ordinator administrator officer president applicant board team leader"
    " executive principal headteacher vicar minister imam rector sergeant inspector colleague"
)
"""Who is meant where a post was given in place of a name, by the last word of it."""
_OF_A_POST = word_set(
    "of for and at & head lead worker founder owner ceo services charity trust group club society church"
    " council school centre ltd cic"
)
"""Words that tell behind a comma that what stands there is no first name."""
_HONOURS = word_set(
    "OBE MBE CBE KBE DBE BEM CVO LVO MVO QPM KPM KFSM QFSM DSO GBE CMG KCB DCB MSP PHD DPHIL MPHIL BSC MSC"
    " BED MED BENG MENG LLB LLM MBA PGCE CQSW RGN RMN FCA ACA ACCA FCCA FRSA FCMI MCMI MCIPD FCIPD ESQ OSB"
    " OFM CSSR SDB RSM IBVM SND OCD MHM CSSP"
)
_SHORT_HONOURS = word_set("JP DL QC KC MP MA BA RN TD VR GM CB SJ OP SM")
"""Two letters may be initials: they are honours behind a first name or title and a surname alone."""
_PARTICLES = frozenset({"de", "del", "der", "den", "van", "von", "la", "le", "da", "di", "dos", "bin", "ap"})
_RANKS = frozenset({"pc", "pcso"})
_BRACKETS = lazy_pattern(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>")
_DASH = lazy_pattern(r"\s+[-–—]+\s+")
_LABEL = lazy_pattern(
    r"^(?:(?:(?:main |lead )?contact(?: name)?|name):\s*|(?:fao|attn|c/o)\b[.:]?\s+)", re.IGNORECASE
)
"""What stands before a name to say that one follows."""
_FIGURES = lazy_pattern(r"\W*\d[\d\W]*")
"""A number, or a group of one."""
_NOBODY = frozenset(
    {"n/a", "none", "nil", "tbc", "tba", "to be confirmed", "to follow", "unknown", "not known"}
    | {"as above", "same as above", "see above", "as before"}
    | {"confidential", "in confidence", "private", "withheld", "not given", "not disclosed"}
)
"""What stands where no name was given, or where it is kept back, as refuges do."""
_WORD = lazy_pattern(r"[^\W\d_]+")


def names_a_post(words: str) -> bool:
    """Whether words say who is meant by a post and not by a name: "treasurer", "the parish clerk"."""
    return words.rpartition(" ")[2].casefold() in _POSTS


def spoken_name(given: str) -> str:
    """Return whom a letter speaks to: the name, else the post that stands in its place, "" for neither.

    >>> spoken_name("Mrs Pat Example OBE - Treasurer"), spoken_name("EXAMPLE, PAT (Chair)")
    ('Mrs Pat Example', 'Pat Example')
    """
    line = _LABEL.sub("", one_line(given), count=1)
    bare = _names_in(_BRACKETS.sub(" ", line)).strip(" ,;:") or _names_in(re.sub(r"[()\[\]<>]", " ", line))
    if bare.casefold().strip(". ") in _NOBODY or not any(map(str.isalpha, bare)):
        return ""
    sides = _DASH.split(bare, maxsplit=1)
    parts = [part.strip() for one in sides for part in re.split(r"[,;:]\s", one) if part.strip(" ,;:")]
    honours = _HONOURS | _SHORT_HONOURS
    named = [
        part
        for part in parts
        if not names_a_post(part) and not all(_bare(word) in honours for word in part.split())
    ]
    if not named:
        return _in_case(", ".join(parts))
    first, *more = named
    in_order = f"{more[0]} {first}" if more and _is_surname(first) and _is_first_name(more[0]) else first
    return _in_case(_without_honours(in_order))


def _names_in(line: str) -> str:
    """Return a line without addresses of e-mail and figures of telephones."""
    return " ".join(word for word in line.split() if "@" not in word and not _FIGURES.fullmatch(word))


def _is_surname(part: str) -> bool:
    *before, last = part.split()
    return not is_title(last) and all(word.casefold() in _PARTICLES for word in before)


def _is_first_name(part: str) -> bool:
    """Whether what stands behind a surname and a comma is the rest of the name: "Jane", "Mrs Jane A."."""
    words = part.split()
    are_names = all(word[:1].isalpha() and word.casefold() not in _OF_A_POST for word in words)
    return are_names and 1 <= len([word for word in words if not is_title(word)]) <= 2


def _without_honours(name: str) -> str:
    words = name.split()
    while len(words) > 1 and words[-1][:1].isupper() and _bare(words[-1]) in _HONOURS:
        words.pop()
    while len(words) > 2 and words[-1].isupper() and _bare(words[-1]) in _SHORT_HONOURS:
        words.pop()
        words = _without_honours(" ".join(words)).split()
    return " ".join(words)


def _bare(word: str) -> str:
    return word.replace(".", "").upper()


def _in_case(name: str) -> str:
    """Return a name that is in capitals or small letters alone as names are written; any other stays."""
    is_typed_so = name.islower() or (name.isupper() and any(len(one) > 2 for one in _WORD.findall(name)))
    if not is_typed_so:
        return name
    first, *more = name.split()
    return " ".join([_capital(first), *map(_capital_but_particle, more)])


def _capital_but_particle(word: str) -> str:
    return word.lower() if word.casefold() in _PARTICLES else _capital(word)


def _capital(word: str) -> str:
    """Return a word with a capital, "McAdam" and "O'Neill" as well; initials such as "JP" stay."""
    if word.casefold() in _RANKS or (word.isupper() and len(word) == 2 and not re.search("[AEIOUY]", word)):
        return word.upper() if not is_title(word) or word.casefold() in _RANKS else word.capitalize()
    if word.casefold() in _PARTICLES and word.islower():
        return word
    capital = _WORD.sub(lambda found: found[0].capitalize(), word)
    capital = re.sub(r"(?<=\w)(['’])S\b", r"\1s", capital)
    return re.sub(r"\bMc([a-z])", lambda found: f"Mc{found[1].upper()}", capital)


_HONOURED, _RANKS_OF_SALUTATION = ("hon", "honourable"), ("very", "most", "right", "rt", "venerable", "ven")
_CLERGY, _BEHIND = ("rev", "revd", "reverend"), ("canon", "prebendary", "father", "fr")


class Salutation(NamedTuple):
    """The first line of a letter, and the line before its signature."""

    opening: str
    closing: str


_FORMAL = Salutation("Dear Sir or Madam", "Yours faithfully")
"""How a letter greets whom nobody named."""


def salutation(name: str) -> Salutation:
    """Return how a letter greets somebody: by name and title as given, by post where that was given.

    "Mrs Pat Example" is "Dear Mrs Pat Example", with "treasurer" behind a comma too; "The secretary" is "Dear
    Secretary", which ends "Yours faithfully", as a letter to nobody by name does, or to a title alone.
    """
    given = spoken_name(name)
    if given.casefold().startswith("dear "):
        given = given[5:].strip()
    words, is_post = given.split(), names_a_post(given)
    if len(words) > 1 and words[0].casefold() == "the":
        words, is_post = words[1:], is_post or len(words) == 2
    if all(map(is_title, words)):
        return _FORMAL
    words = [_written(word) for word in words]
    said = " ".join(words)
    if is_post:
        return Salutation(f"Dear {said[:1].upper()}{said[1:]}", _FORMAL.closing)
    return Salutation(f"Dear {' '.join(_as_addressed(words))}", "Yours sincerely")


def _written(word: str) -> str:
    """Return a word of a name as a letter writes it: "/" is "and", "dr." is "Dr."."""
    return "and" if word == "/" else word.capitalize() if word.islower() and is_title(word) else word


def _as_addressed(words: list[str]) -> list[str]:
    """Return a name with its title as one addresses somebody, without "The".

    "The Hon." is for envelopes alone, "Revd" gives way to a title behind it, and "Sir" and "Dame" stand
    before the first name. Who is "The Venerable" is so without "The".
    """
    bare = [word.casefold().rstrip(".") for word in words]
    honoured = next((at for at, word in enumerate(bare[:2], 1) if word in _HONOURED), 0)
    if honoured and len(words) > honoured:
        words = words[honoured:]
    elif bare[0] in _RANKS_OF_SALUTATION:
        return words
    elif bare[0] in _CLERGY and len(words) > 2 and (is_title(words[1]) or bare[1] in _BEHIND):
        words = words[1:]
    is_knight = words[0].casefold() in ("sir", "dame") and len(words) > 2
    return words[:2] if is_knight and len(words[1].rstrip(".")) > 1 else words


def post_fault(who: str, name: str, post: str) -> str:
    """Return why a person is not named with a post, "" where both are there; `who` says whose they are."""
    if name.strip() and post.strip():
        return ""
    return f"Give the name and the post of {who}, such as “Cora Chief, Chief Executive”."
