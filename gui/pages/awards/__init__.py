"""Awards and payments: what was decided, in which parts it is paid, and what was paid."""
