"""The published rules written a second time, and the program held to them."""
