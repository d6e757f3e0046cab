"""The article that English puts before the name of a fund or of an Act."""

import re

_THINGS = frozenset(
    {
        "fund",
        "funds",
        "grant",
        "grants",
        "budget",
        "unit",
        "scheme",
        "programme",
        "pot",
        "initiative",
        "office",
    }
)
_BODIES = frozenset({"office", "commissioner", "mayor", "authority", "department"})
"""What has the article also where its name goes on with what or where it is of or for."""
_OF = re.compile(r" (?:for|of) ")
_ACT = re.compile(r"(?P<act>[A-Z].*\bAct \d{4}),? (?P<part>(?:section|sections|schedule|part) \S.*)", re.I)
_BARE_ACT = re.compile(r"[A-Z].*\bAct \d{4}")


def with_article(fund: str) -> str:
    """Return a fund or an office as a sentence names it: "the Victims Fund"; what is no thing stays bare.

    >>> with_article("Victims Fund"), with_article("The Safer Fund"), with_article("External Commissioning")
    ('the Victims Fund', 'the Safer Fund', 'External Commissioning')
    >>> with_article("Office of the Commissioner"), with_article("Westmarch OPCC")
    ('the Office of the Commissioner', 'Westmarch OPCC')
    >>> with_article("Police and Crime Commissioner for Westmarch")
    'the Police and Crime Commissioner for Westmarch'
    """
    first, _, rest = fund.partition(" ")
    if first.casefold() == "the" and rest:
        return f"the {rest}"
    last, head = _last_word(fund), _last_word(_OF.split(fund, maxsplit=1)[0])
    return f"the {fund}" if last in _THINGS | _BODIES or head in _BODIES else fund


def _last_word(words: str) -> str:
    return words.rpartition(" ")[2].casefold().strip(".,()")


def power_in_a_sentence(power: str) -> str:
    """Return a legal power as a sentence names it, its section first; what is no Act alone stays as it is.

    >>> power_in_a_sentence("Police Reform and Social Responsibility Act 2011, section 9")
    'section 9 of the Police Reform and Social Responsibility Act 2011'
    """
    found = _ACT.fullmatch(power)
    if found and " Act " not in found["part"]:
        return f"{found['part']} of the {_without_article(found['act'])}"
    return f"the {_without_article(power)}" if _BARE_ACT.fullmatch(power) else power


def _without_article(act: str) -> str:
    return act[4:] if act.casefold().startswith("the ") else act
