"""The answer given when the disk, a lock or a file stands in the way."""


class Trouble(Exception):
    """Something outside the rules failed; `str()` says what, where, and that nothing was lost."""


class Unwritable(Trouble):
    """A record lies where nothing can be written; it can still be read as a copy."""
