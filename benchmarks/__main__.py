"""Run every comparison and print the ratios; the exit status is 0 whatever they are."""

from benchmarks import ranking

if __name__ == "__main__":
    ranking.run()
