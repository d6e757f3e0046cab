"""A small grid to type into, and the questions it asks about names."""
