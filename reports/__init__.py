"""Telling: notice, tables, workbooks."""
