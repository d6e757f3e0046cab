"""Settings of this computer, and the safety of the record."""
