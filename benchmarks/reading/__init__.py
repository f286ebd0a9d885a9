"""How well, and how fast, `crawler.reading` reads: run as `python -m benchmarks.reading`."""
