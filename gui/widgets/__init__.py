"""Small controls that several pages share, painted in the tokens of the theme."""
