"""What registers and the record say of the checks of awards."""
