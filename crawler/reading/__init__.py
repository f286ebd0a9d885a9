"""Reading: the bytes of a page to what a person would read off it. Pure; start at reader.py."""

from crawler.reading.reader import read_article, read_page
from rules.facts import Hint, Item, PageReading, PageState

__all__ = ["Hint", "Item", "PageReading", "PageState", "read_article", "read_page"]
