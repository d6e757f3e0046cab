"""The program that is frozen as the reader of files from outside; the others start it and may kill it."""

import sys

from exchange.reading.reading_worker import main

if __name__ == "__main__":
    main(*sys.argv[1:])
