"""The areas and lines of a fund's year by name: one that is spelt in two ways is one line."""

from collections.abc import Iterable

from msgspec import Struct, field

from scoring.written.names import typed_key


class LineNames(Struct):
    """Names as they came first; figures that were recorded for two spellings of one stay apart."""

    first: dict[str, str] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()

    def keep_apart(self, recorded: Iterable[str]) -> None:
        """Note for which names there are figures of their own: to add them up would hide which is right."""
        names = list(dict.fromkeys(recorded))
        keys = [typed_key(name) for name in names]
        self.apart = frozenset(name for name, key in zip(names, keys, strict=True) if keys.count(key) > 1)

    def of(self, name: str) -> str:
        """Return the name that an area or a line goes by: as it was spelt first."""
        if name in self.apart:
            return name
        return self.first.setdefault(typed_key(name), name)
