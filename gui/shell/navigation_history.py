"""Where one has been: back and forward as in a browser."""

from msgspec import Struct, field


class NavigationHistory(Struct):
    """The pages gone through, and where in them one stands."""

    _keys: list[str] = field(default_factory=list)
    _at: int = -1

    def follow(self, key: str) -> None:
        """Note a page that is gone to; what lay ahead is forgotten."""
        if self._at >= 0 and self._keys[self._at] == key:
            return
        self._keys[self._at + 1 :] = [key]
        self._at += 1

    def step(self, steps: int) -> str | None:
        """Return the page so many steps on (negative: back), None when there is none."""
        at = self._at + steps
        if not 0 <= at < len(self._keys):
            return None
        self._at = at
        return self._keys[at]

    def clear(self) -> None:
        """Forget everything: another record is open."""
        self._keys.clear()
        self._at = -1
