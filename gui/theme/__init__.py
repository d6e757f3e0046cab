"""The look: colour tokens, palette, style rules, icons and type; no widget is made here."""
