"""The program that is frozen as the command."""

import sys

from cli.command import main

if __name__ == "__main__":
    sys.exit(main())
