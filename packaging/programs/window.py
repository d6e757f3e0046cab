"""The program that is frozen as the window."""

import sys

from gui.start import main

if __name__ == "__main__":
    sys.exit(main())
