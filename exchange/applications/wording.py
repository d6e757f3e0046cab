"""The words of a heading, free of case, punctuation, numbering, limits and polite phrases."""

import re
from functools import lru_cache

_SPACES = re.compile(r"\s+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NUMBERING = re.compile(
    r"^\s*(?:(?:(?:question|section|part|field|item|step)\s*[a-z]?\d{1,3}(?:\.\d+)*[a-z]?|q\s?\d+(?:\.\d+)*[a-z]?"
    r"|(?:section|part)\s+[a-z]\b|[a-z]?\d{1,3}(?:\.\d+)*[a-z]?(?=[\s.):\-–—_])|[a-z](?=[.)])|\([a-z0-9]{1,3}\)|#\d+)"
    r"[\s.):\-–—_*]*)+",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"[-–—,:;(]?\s*\b(?:up to|max(?:imum)?(?: of)?|min(?:imum)?(?: of)?|no more than|not exceeding|between"
    r"|under)"
    r"(?: is)?\s*£?\s?\d[\d,.]*k?(?:\s*(?:and|to|-|–)\s*£?\s?\d[\d,.]*k?)?(?:\s*(?:words|characters))?\)?"
    r"|\b(?:in\s+)?\d+\s*(?:words|characters)(?:\s*(?:max(?:imum)?|or (?:less|fewer)|limit))?",
    re.IGNORECASE,
)
_POLITE = re.compile(
    r"\b(?:if|where|as) (?:applicable|appropriate|relevant|any|known|registered|available|you have one"
    r"|you know it|it has one)\b|\bif different.*$|\bas (?:it|they) appears?.*$"
    r"|\b(?:in pounds|in gbp|to the nearest pound)\b|\bpounds? sterling\b"
    r"|[(\[*–-]\s*(?:required|optional|mandatory)\b",
)
_YES_NO = re.compile(r"(?:is|are|do|does|did|have|has|had|will|can|was|were|would|should)\b")
_ADDRESS_AND_POSTCODE = re.compile(
    r"\baddress(?:es)?\s*[(]?\s*(?:(?:including|include|inc|incl|and|with|plus)\b|[,&+/])[\s.]*"
    r"(?:the |full |your )*postcode"
)
_ASKS_YES_NO = re.compile(r"\b(?:y\s?/\s?n|yes\s?/\s?no|yes or no)\b")
_WORD = re.compile(r"[a-z0-9]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2043\u2212\ufe58\ufe63\uff0d", "-"))
"""Signs that a word processor puts where a keyboard has a hyphen."""

_SAME_WORDS = {
    word: kept
    for kept, words in {
        "organisation": "organization organisations organizations org orgs organisational organisationname",
        "email": "emails",
        "phone": "telephone phones tel mobile landline",
        "number": "no nos num numbers nr",
        "reference": "ref refs refno references",
        "postcode": "zip postcodes zipcode",
        "amount": "amt amounts",
        "applicant": "applicants",
        "project": "projects proj",
        "date": "dt",
        "grant": "grants",
        "activity": "activities",
        "charity": "charitys charitable",
        "application": "applications app",
        "registration": "reg regn regd",
        "maximum": "max",
        "minimum": "min",
        "company": "companys",
        "group": "groups",
        "budget": "budgets",
        "npu": "npus",
        "constitution": "constitutions",
        "benefit": "benefiting benefitting benefited benefits",
        "funding": "fundings funds",
        "money": "monies",
        "received": "recd receipt",
        "requested": "req reqd",
        "previous": "prev",
        "account": "acct acc",
        "address": "addr addresses",
        "description": "desc",
        "contribution": "contributions",
    }.items()
    for word in words.split()
}
_IDLE_TEXT = (
    "a an the your our you we us is are was were be been being of for to this that these do does did"
    " in on at it its will would can could should with please state enter give provide tell confirm"
    " insert specify from and or as i my me their what which s gbp pound pounds any there"
)
_IDLE = frozenset(_IDLE_TEXT.split())


_MOST_READ = 2_000
"""Characters of a heading whose words are read; none that is a field's is nearly as long."""
_YES_NO_WORDS = frozenset({"yes", "y", "n"})


def collapsed(text: str) -> str:
    """Return a heading as it stands in JSON: spaces and line breaks collapsed, ends trimmed."""
    return _SPACES.sub(" ", text).strip()


def plainly_hyphened(text: str) -> str:
    """Return a heading with the keyboard's hyphen for those of word processors, and nothing unseen in it."""
    return _UNSEEN.sub("", text).translate(_HYPHENS)


@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words that carry the meaning of a heading; "yesno" first when it asks for yes or no.

    >>> words_of("Q7. How much are you asking for? (£)")
    ('howmuch', 'asking')
    """
    plain = _LIMIT.sub(" ", _NUMBERING.sub("", _CAMEL.sub(" ", plainly_hyphened(text[:_MOST_READ])).strip()))
    plain = plain.casefold().replace("’", "'").replace("'s ", " ").replace("'", "").replace("__c", " ")
    plain = _POLITE.sub(" ", plain)
    plain = re.sub(r"\be[-– ]mail", "email", plain).replace("co-fund", "cofund")
    plain = plain.replace("do with the ", "spend the ").replace("do with this ", "spend this ")
    plain = (
        re.sub(r"post(?:al)?[ -]code", "postcode", plain)
        .replace("how much", "howmuch")
        .replace("how many", "howmany")
    )
    plain = plain.replace("organisation s ", "organisation ").replace("sub-", "sub").replace("a/c", "account")
    plain = (
        _ADDRESS_AND_POSTCODE.sub("address", plain).replace("from us", "funder").replace("by us", "funder")
    )
    words = (_SAME_WORDS.get(word, word) for word in _WORD.findall(plain))
    kept = tuple(word for word in words if word not in _IDLE)
    asks = _YES_NO.match(plain.strip()) or _ASKS_YES_NO.search(plain)
    return ("yesno", *(word for word in kept if word not in _YES_NO_WORDS)) if asks else kept
