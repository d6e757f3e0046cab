"""The Exports page: the award schedule as it will be written, and the versions that were issued."""
