"""Packs and returns of anybody who knows the passphrase: random damage inside is refused in words or read."""

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec import Struct

from exchange.pack_files import Stretching, open_return, seal
from models.operation import carried_out
from models.operations.packs.take_in import TakeInReturns
from models.record import Record
from models.trouble import Trouble
from models.values import signing
from models.values.packs import read_pack, read_return
from scoring.written.text import Refused
from tests.models.packed_rounds import KEYS, declare, fill, issue, laptop, make_return, office, pack_of
from tests.models.rounds import OFFICER
from tests.safety.saving import KEY, OPENER
from tests.safety.table import Reached, Times

LIGHT = Stretching(memory_kib=8 * 1024, passes=1, lanes=1)
READERS: dict[str, Callable[[bytes, str], object]] = {"pack": pack_of, "return": open_return}
SIGNED = {"pack": ("office_key", signing.PACK), "return": ("member_key", signing.RETURN)}
AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
ODD = (None, True, -1, 0, 1e400, 10**30, "", "x" * 5_000, "\x00\ud800"[:1], [], {}, [[[]]], {"a": {}}, "=1+1")


class There(Struct, frozen=True):
    """An office that issued a pack, and the bodies of that pack and of a return to it."""

    record: Record
    texts: dict[str, str]


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[There]:
    folder = tmp_path_factory.mktemp("there")
    with Record.create(folder / "office.panel", OPENER) as record:
        pack = issue(office(record))
        with laptop(folder / "ann.panel", pack) as home:
            declare(home)
            fill(home, "ACF-001")
            returned = make_return(home)
        yield There(record, {"pack": pack, "return": returned})


def spoiled(text: str, kind: str, dice: random.Random) -> str:
    """Put something else in a few places of a body and sign it again, or spoil its letters."""
    if dice.random() < 0.2:
        at, size = dice.randrange(len(text)), dice.randint(0, 30)
        return text[:at] + "".join(dice.choices('{}[]",:0aé', k=dice.randint(0, 5))) + text[at + size :]
    value = json.loads(text)
    for _ in range(dice.randint(1, 3)):
        value = changed(value, dice)
    if isinstance(value, dict):
        owner, label = SIGNED[kind]
        value[owner] = signing.public_half(KEYS["M1"]).hex()
        value.pop("signature", None)
        value["signature"] = signing.signed(KEYS["M1"], dumped(value).encode(errors="replace"), label).hex()
    return dumped(value)


def dumped(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def changed(value: Any, dice: random.Random) -> Any:
    """Walk down at random, and change what is there."""
    if not isinstance(value, dict | list) or not value or dice.random() < 0.15:
        return deepcopy(dice.choice(ODD))
    keys = list(value) if isinstance(value, dict) else range(len(value))
    key = dice.choice(keys)
    if dice.random() < 0.1:
        del value[key]
    elif dice.random() < 0.1 and isinstance(value, list):
        value.append(deepcopy(value[key]))
    else:
        value[key] = changed(value[key], dice)
    return value


@pytest.mark.safety(27)
@pytest.mark.parametrize("kind", READERS)
def test_random_bodies_are_refused_in_words_or_read(
    there: There, times: Times, reached: Reached, kind: str
) -> None:
    text, dice, tries, answers = there.texts[kind], random.Random(27), times(60, 8_000), Counter[str]()
    name = read_pack(text).pack if kind == "pack" else read_return(text).pack
    for _ in range(tries):
        body = spoiled(text, kind, dice)
        content = seal(kind, name, body.encode(errors="replace"), KEY, stretching=LIGHT)
        try:
            READERS[kind](content, KEY)
            answers["read"] += 1
            if kind == "return":
                there.record.ask(carried_out, operation=TakeInReturns((body,)), actor=OFFICER, at=AT)
                answers["imported"] += 1
        except (Trouble, Refused):
            answers["refused"] += 1

    words = ", ".join(f"{number:,} {answer}" for answer, number in sorted(answers.items()))
    reached(f"{tries:,} random {kind}s, signed and sealed anew: {words}, 0 unexpected errors")
    assert answers["read"] > 0, "random damage got no further than the signature"
