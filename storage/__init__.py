"""Remembering: models, sessions, ledger queries, the body store."""
