"""The second client against a server of its own."""
