"""A real RSSHub behind a fake upstream: run by `make test-rsshub` alone."""
