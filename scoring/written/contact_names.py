"""The name in what a form gives for a contact: its post, honours, brackets and e-mail address left out."""

import re

from scoring.written.names import is_title
from scoring.written.text import one_line

_POSTS = frozenset(
    {"secretary", "treasurer", "chair", "chairman", "chairwoman", "chairperson", "clerk", "manager"}
    | {"director", "trustee", "trustees", "committee", "coordinator", "co-ordinator", "administrator"}
    | {"officer", "president", "applicant", "board", "team", "leader", "executive", "principal"}
    | {"headteacher", "vicar", "minister", "imam", "rector", "sergeant", "inspector", "colleague"}
)
"""Who is meant where a post was given in place of a name, by the last word of it."""
_OF_A_POST = frozenset(
    {"of", "for", "and", "at", "&", "head", "lead", "worker", "founder", "owner", "ceo", "services"}
    | {"charity", "trust", "group", "club", "society", "church", "council", "school", "centre", "ltd", "cic"}
)
"""Words that tell behind a comma that what stands there is no first name."""
_HONOURS = frozenset(
    {"OBE", "MBE", "CBE", "KBE", "DBE", "BEM", "CVO", "LVO", "MVO", "QPM", "KPM", "KFSM", "QFSM", "DSO"}
    | {"GBE", "CMG", "KCB", "DCB", "MSP", "PHD", "DPHIL", "MPHIL", "BSC", "MSC", "BED", "MED", "BENG", "MENG"}
    | {
        "LLB",
        "LLM",
        "MBA",
        "PGCE",
        "CQSW",
        "RGN",
        "RMN",
        "FCA",
        "ACA",
        "ACCA",
        "FCCA",
        "FRSA",
        "FCMI",
        "MCMI",
    }
    | {"MCIPD", "FCIPD", "ESQ", "OSB", "OFM", "CSSR", "SDB", "RSM", "IBVM", "SND", "OCD", "MHM", "CSSP"}
)
_SHORT_HONOURS = frozenset(
    {"JP", "DL", "QC", "KC", "MP", "MA", "BA", "RN", "TD", "VR", "GM", "CB", "SJ", "OP", "SM"}
)
"""Two letters may be initials: they are honours behind a first name or title and a surname alone."""
_PARTICLES = frozenset({"de", "del", "der", "den", "van", "von", "la", "le", "da", "di", "dos", "bin", "ap"})
_RANKS = frozenset({"pc", "pcso"})
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>")
_DASH = re.compile(r"\s+[-–—]+\s+")
_LABEL = re.compile(
    r"^(?:(?:(?:main |lead )?contact(?: name)?|name):\s*|(?:fao|attn|c/o)\b[.:]?\s+)", re.IGNORECASE
)
"""What stands before a name to say that one follows."""
_FIGURES = re.compile(r"\W*\d[\d\W]*")
"""A number, or a group of one."""
_NOBODY = frozenset(
    {"n/a", "none", "nil", "tbc", "tba", "to be confirmed", "to follow", "unknown", "not known"}
    | {"as above", "same as above", "see above", "as before"}
    | {"confidential", "in confidence", "private", "withheld", "not given", "not disclosed"}
)
"""What stands where no name was given, or where it is kept back, as refuges do."""
_WORD = re.compile(r"[^\W\d_]+")


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
    named = [part for part in parts if not names_a_post(part) and not _are_honours(part)]
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


def _are_honours(part: str) -> bool:
    return all(_bare(word) in _HONOURS | _SHORT_HONOURS for word in part.split())


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
