"""``python -m benchmarks hostile``: the memory and time that files take which are made to do harm."""
