"""Who is the same person, to the database as to the program: by one key of a name, the program's own."""

from collections.abc import Iterable, Iterator
from itertools import combinations
from unicodedata import ucd_3_2_0 as letters_of_all

from scoring.written.names import is_nearly_same, is_same_text

_ASCII = "lower(btrim(regexp_replace(name, '[ \\t\\n\\v\\f\\r\\x1c-\\x1f]+', ' ', 'g')))"


def text_key_statement() -> str:
    """Return what makes the function `locks.text_key`, as `scoring.written.names.text_key` compares names.

    The server's own order of text knows letters without accents alone. Only letters that every Python knows
    are turned, so that each writes the same function; none from U+20000 on has another case.
    """
    found = {chr(n): _folded(chr(n)) for n in range(1, 0x20000) if _is_known(chr(n))}
    turned = {letter: to for letter, to in found.items() if to != letter}
    alone = {letter: to for letter, to in turned.items() if len(to) == 1}
    said = "name"
    for letter, to in turned.items():
        if len(to) > 1:
            said = f"replace({said}, '{letter}', '{to}')"
    said = f"translate({said}, '{''.join(alone)}', '{''.join(alone.values())}')"
    return (
        "CREATE OR REPLACE FUNCTION locks.text_key(name text) RETURNS text LANGUAGE plpgsql IMMUTABLE "
        "COST 1000 SET search_path = pg_catalog, pg_temp AS $$ BEGIN "
        f"IF name ~ '^[\\x01-\\x7f]*$' THEN RETURN {_ASCII}; END IF; "
        f"RETURN btrim(regexp_replace({said}, ' +', ' ', 'g')); END $$"
    )


def _is_known(letter: str) -> bool:
    return letters_of_all.category(letter) != "Cn" or letter == "ẞ"


def _folded(letter: str) -> str:
    """Return a letter as names are compared by it; any space is one."""
    return " " if letter.isspace() else letter.casefold()


def nearly_same(people: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield names in pairs that are two people, and may be one: they differ by an accent or a title alone."""
    for one, other in combinations(sorted(people), 2):
        if is_nearly_same(one, other) and not is_same_text(one, other):
            yield one, other
