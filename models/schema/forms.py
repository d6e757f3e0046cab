"""The forms of what columns hold, which both engines keep to: whoever reads a value can rely on its form.

A column has the form of its declared type, or of its name where that says what a number is.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, CheckConstraint, Column, Integer, MetaData, Text

from scoring.scheme import MOST_MARK


class Form(NamedTuple):
    """A form as a file's engine asks for it, and as a server's does; {} is the column."""

    in_file: str
    on_server: str


class FormedText(Text):
    """Text of one form."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self.form = form


def _alike(condition: str) -> Form:
    return Form(condition, condition)


def _between(least: int, most: int) -> Form:
    return _alike(f"{{}} BETWEEN {least} AND {most}")


def _json(kind: str) -> Form:
    return Form(
        f"json_valid({{}}) AND json_type({{}}) = '{kind}'", f"json_typeof(CAST({{}} AS json)) = '{kind}'"
    )


def _or_empty(form: Form) -> Form:
    return Form(*(f"{{}} = '' OR {condition}" for condition in form))


_DIGITS = "[0-9]" * 2
_DAY, _CLOCK = f"{_DIGITS * 2}-{_DIGITS}-{_DIGITS}", f"{_DIGITS}:{_DIGITS}:{_DIGITS}"
_IS_DAY = "date(substr({}, 1, 10)) IS substr({}, 1, 10) AND {} BETWEEN '1900' AND '2200'"
_IS_CLOCK = "substr({}, 12, 2) < '24' AND substr({}, 15, 2) < '60' AND substr({}, 18, 2) < '60'"
_ON_SERVER = r"(19|2[01])[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}"
_FIRST = "0001-01-01"
_AT_CLOCK = r"T([01][0-9]|2[0-3])(:[0-5][0-9]){{2}}"
_FINE = r"\.[0-9]{{6}}"
"""An engine knows how long a month is; a leap second, which it may know, the program does not.

A stored day lies in the years of one that is typed, so that days before and after it can be reckoned; the
first of all stands for what holds from the start.
"""
DAY_FORM = Form(
    f"{{}} = '{_FIRST}' OR {{}} GLOB '{_DAY}' AND {_IS_DAY}",
    f"{{}} ~ '^({_ON_SERVER}|{_FIRST})$' AND isfinite(CAST({{}} AS date))",
)
MOMENT_FORM = Form(
    f"{{}} GLOB '{_DAY}T{_CLOCK}.{_DIGITS * 3}Z' AND {_IS_DAY} AND {_IS_CLOCK}",
    f"{{}} ~ '^{_ON_SERVER}{_AT_CLOCK}{_FINE}Z$' AND isfinite(CAST(substr({{}}, 1, 10) AS date))",
)
WALL_FORM = Form(
    f"substr({{}}, 1, 19) GLOB '{_DAY}T{_CLOCK}' "
    f"AND (length({{}}) = 19 OR substr({{}}, 20) GLOB '.{_DIGITS * 3}') AND {_IS_DAY} AND {_IS_CLOCK}",
    f"{{}} ~ '^{_ON_SERVER}{_AT_CLOCK}({_FINE})?$' AND isfinite(CAST(substr({{}}, 1, 10) AS date))",
)
EXACT_FORM = Form(
    "ltrim({}, '-') GLOB '[0-9]*' AND substr({}, 2) NOT GLOB '*[^0-9.]*' AND {} GLOB '*[0-9]' "
    "AND {} NOT GLOB '*.*.*' AND length({}) <= 100",
    r"{} ~ '^-?[0-9]+(\.[0-9]+)?$' AND length({}) <= 100",
)
MOST_BYTES_OF_FILE = 1 << 28
"""The most bytes of a file that is kept, 256 MB: no more of one is unpacked."""
LARGEST = 10**15
"""The most pence of a column, ten times what is read as an amount: a sum of all rows fits."""
_BY_NAME = {
    "pence": _between(-LARGEST, LARGEST),
    "beneficiaries": _between(-LARGEST, LARGEST),  # as an applicant wrote them
    "scale_maximum": _between(1, MOST_MARK),
    "mark": _between(0, MOST_MARK),
    "_years": _between(0, 100),  # a day that is so far off is one still
    "size": _between(0, MOST_BYTES_OF_FILE),
}
"""The form of numbers by how their columns are called."""
_COUNT = _between(0, 10**9)
"""The form of every other whole number, such as a place or a version."""

UID = FormedText(
    Form(
        "length({}) = 36 AND {} GLOB '????????-????-????-????-????????????' "
        "AND replace({}, '-', '') NOT GLOB '*[^0-9a-f]*' AND length(replace({}, '-', '')) = 32",
        "{} ~ '^[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}$'",
    )
)
"""An identity that travels."""
HASH = FormedText(
    Form("length({}) = 64 AND {} NOT GLOB '*[^0-9a-f]*'", "{} ~ '^[0-9a-f]{{64}}$'"),
)
"""A SHA-256, or as many random bytes, in hexadecimal digits."""
KEY_OF_BYTES = FormedText(HASH.form)
"""The key of a file's bytes: whoever writes a row with one must be able to read them."""
OF_SUBJECT = FormedText(_or_empty(UID.form))
"""The identity of an application, or of what a row is about, "" for none: the row is as closed as that."""
TIME_OF_DAY = FormedText(
    Form(
        f"{{}} GLOB '{_DIGITS}:{_DIGITS}' AND substr({{}}, 1, 2) < '24' AND substr({{}}, 4) < '60'",
        "{} ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'",
    )
)
"""A time of day, "17:00"."""
SORT_CODE = FormedText(
    Form("{} GLOB '[0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", "{} ~ '^[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}$'")
)
ACCOUNT_NUMBER = FormedText(
    Form("length({}) = 8 AND {} NOT GLOB '*[^0-9]*'", "{} ~ '^[0-9]{{8}}$'"),
)
JSON_LIST = FormedText(_json("array"))
JSON_OBJECT = FormedText(_json("object"))
JSON = FormedText(Form("json_valid({})", "CAST({} AS json) IS NOT NULL"))
JSON_OBJECT_OR_NONE = FormedText(_or_empty(_json("object")))
"""The same, empty where it was erased as a whole."""

CONDITIONS = "conditions"
"""Under this name a table has its conditions in words until it is made."""
ENGINE = "engine"
"""Under this name a rule that only one engine is asked for says which."""
OF_JSON = frozenset((JSON_LIST, JSON_OBJECT, JSON, JSON_OBJECT_OR_NONE))


def form_of(column: "Column[Any]") -> Form | None:
    """Return the form of what a column holds, None where it holds anything of its type."""
    if not isinstance(column.type, Integer):
        return getattr(column.type, "form", None)
    otherwise = _COUNT if isinstance(column.type, BigInteger) else None
    return next((form for name, form in _BY_NAME.items() if column.name.endswith(name)), otherwise)


def form_rule(column: "Column[Any]") -> str:
    """Return the name of the rule that a column's values have their form."""
    return f"ck_{column.table.name}_{column.name}_form"


@cache
def guard_forms(declared: MetaData) -> None:
    """Let the declared tables ask where they are made for their conditions and the forms of their columns.

    A start makes none: to declare the rules beside the columns took as long as a third of all tables.
    """
    for table in declared.tables.values():
        for said in table.info.get(CONDITIONS, ()):
            table.append_constraint(_condition(said))
        for guard in (guard for column in table.c for guard in _guards_of(column)):
            table.append_constraint(guard)


def _condition(said: str) -> CheckConstraint:
    name, colon, condition = said.partition(": ")
    if colon:
        return CheckConstraint(condition, name=name)
    column, sign, least = said.split(" ", 2)
    return CheckConstraint(said, name=f"{column}_at_least_{least}" if sign == ">=" else f"{column}_known")


def _guards_of(column: "Column[Any]") -> Iterator[CheckConstraint]:
    """Yield the rule that a column's values have their form, once for each engine."""
    form = form_of(column)
    if form is not None:
        for condition, engine in zip(form, ("sqlite", "postgresql"), strict=True):
            says = condition.format(*[f'"{column.name}"'] * condition.count("{}"))
            rule = CheckConstraint(says, name=f"{column.name}_form", info={ENGINE: engine})
            yield rule.ddl_if(dialect=engine)
