"""The renderer over thousands of pages, honest and nasty: leaks, hangs, speed; beside a rival."""
