"""Hostile bytes: nothing leaves the reader but a reading, in bounded time and memory."""
