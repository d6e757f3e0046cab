"""History: what was changed, by whom and when."""
