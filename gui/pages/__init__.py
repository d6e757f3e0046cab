"""One screen each: a page asks the workspace for figures and shows them."""
