"""The answer given when a rule says no."""


class Refused(Exception):
    """A rule said no; `str()` is a sentence for the user that names the thing and the remedy."""
