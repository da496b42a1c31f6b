"""Measurements; run them on a quiet machine with ``pytest tests/benchmarks``."""
