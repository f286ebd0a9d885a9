"""Accounts: what the platforms say of an account's posts, one module a platform.

This package holds the pure side: an answer of a platform to a page of posts, the pages of one
read to one `FetchResult`. It opens no line, has no clock and judges nobody; nothing in it raises
for what a platform may do.
"""
