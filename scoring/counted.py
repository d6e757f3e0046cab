"""How a count is said with its noun."""


def counted(number: int, one: str, many: str) -> str:
    """Return a count with its noun: "1 application", "1,204 applications"."""
    return f"{number:,} {one if number == 1 else many}"
