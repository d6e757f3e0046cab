"""Tables: columns as declared values, one rows model for all, delegates and views."""
