"""The second client: pages as a person's browser shows them, in processes of its own."""
