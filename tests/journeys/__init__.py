"""Whole rounds through the whole window, as the people of a panel go through them."""
