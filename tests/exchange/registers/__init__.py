"""Files of public registers, of our own making and with traps."""
