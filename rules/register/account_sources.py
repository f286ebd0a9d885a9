"""The `sources:` of an account: names, each by itself or with its options, in the order to ask.

What a platform does not have, an option that a source does not take, and one that it lacks are
told with their places, as every mistake of a register.
"""

from __future__ import annotations

from collections.abc import Mapping as Table
from types import MappingProxyType
from typing import Any

from rules.account_source_names import NAMES, SOURCE_FORMS, TIME_FORMS, SourceForm, names_of
from rules.fields import (
    WRONG,
    Field,
    Reader,
    address,
    day,
    flag,
    nearest,
    pattern,
    read_mapping,
    text,
)
from rules.notes import Notes
from rules.platforms import Platform
from rules.yaml_tree import Mapping, Node, Scalar, Sequence

Options = dict[str, str]
Sources = tuple[tuple[str, ...], dict[str, Options]]


def _told(read: Reader) -> Reader:
    """What a reader reads, as the text that an option is."""

    def read_told(node: Node, notes: Notes) -> Any:
        found = read(node, notes)
        return found if found is WRONG or isinstance(found, str) else str(found).lower()

    return read_told


def _time_form(node: Node, notes: Notes) -> Any:
    found = text(node, notes)
    if found is not WRONG and found not in TIME_FORMS:
        notes.wrong(node, "unknown_word", word=found, known=nearest(found, TIME_FORMS))
        return WRONG
    return found


# Options that are no mere text.
_READERS: Table[str, Reader] = MappingProxyType(
    {
        "url": address,
        "form": _time_form,
        "pattern": pattern,
        "html": _told(flag),
        "piloted": _told(day),
    }
)


def read_sources(node: Node | None, platform: Platform | None, notes: Notes) -> Sources:
    """The names in their order and the options by name; None: no `sources:`, no known platform."""
    found: dict[str, Options] = {}
    if node is None or (isinstance(node, Scalar) and node.is_nothing):
        return (), {}
    if not isinstance(node, Sequence):
        notes.wrong(node, "not_list")
        return (), {}
    for item in node.items:
        _take(item, platform, found, notes)
    return tuple(found), {name: options for name, options in found.items() if options}


def _take(node: Node, platform: Platform | None, found: dict[str, Options], notes: Notes) -> None:
    """One entry into `found`; one that is wrong is noted and left out."""
    name, options = _parts(node)
    if name is None:
        notes.wrong(node, "source_form")
        return
    word = name.text.strip()
    form = SOURCE_FORMS.get(word)
    if form is None or (platform is not None and platform not in form.platforms):
        _note_unknown(name, word, platform, notes)
        return
    if word in found:
        notes.wrong(name, "doubled_source", name=word)
        return
    read = _options(word, form, node, options, notes)
    if read is not None:
        found[word] = read


def _parts(node: Node) -> tuple[Scalar | None, Node | None]:
    """The name that an entry writes, and the node of its options; no name: it is no entry."""
    if isinstance(node, Scalar) and node.text.strip():
        return node, None
    if isinstance(node, Mapping) and len(node.pairs) == 1:
        name, options = node.pairs[0]
        return name, None if isinstance(options, Scalar) and options.is_nothing else options
    return None, None


def _note_unknown(node: Node, word: str, platform: Platform | None, notes: Notes) -> None:
    known = NAMES if platform is None else names_of(platform)
    label = "" if platform is None else platform.label
    if not known:
        notes.wrong(node, "source_none", platform=label)
    elif word in NAMES:
        notes.wrong(node, "source_elsewhere", name=word, platform=label, known="、".join(known))
    else:
        notes.wrong(node, "unknown_word", word=word, known=nearest(word, known))


def _options(
    name: str, form: SourceForm, node: Node, options: Node | None, notes: Notes
) -> Options | None:
    """What stands under a name; None where it is wrong, or lacks what the source needs."""
    if options is None:
        if form.needed:
            notes.wrong(node, "source_needs", name=name, keys="、".join(form.needed))
        return None if form.needed else {}
    if not form.keys:
        notes.wrong(options, "source_takes_none", name=name)
        return None
    fields = {key: Field(_READERS.get(key, text), key in form.needed) for key in form.keys}
    return read_mapping(options, fields, notes)
