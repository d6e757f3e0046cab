"""The markings of official papers, the least first."""

MARKINGS = ("OFFICIAL", "OFFICIAL-SENSITIVE")
