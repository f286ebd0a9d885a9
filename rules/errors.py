"""The few errors that reach a user: one line each, with its exit code (design, section 5)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Exit(IntEnum):
    """The exit codes of every command."""

    DONE = 0
    WRONG_USE = 2
    INCOMPLETE = 3
    BLIND = 4
    ENVIRONMENT = 5


class XunjianError(Exception):
    """An error with words for the user: what is wrong and what to do instead."""

    exit_code = Exit.WRONG_USE


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One thing wrong in a file. `line` and `column` count from 1; 0 where there is no place."""

    file: str
    line: int
    column: int
    what: str
    write: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.what}；{self.write}" if self.write else f"{place}: {self.what}"


class WrongFile(XunjianError):
    """A file that the user wrote is wrong; holds all mistakes found, in the file's order."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        self.mistakes = mistakes
        super().__init__("\n".join(str(mistake) for mistake in mistakes))


class RoundIncomplete(XunjianError):
    """The round is not complete: some due target has no observation yet."""

    exit_code = Exit.INCOMPLETE


class RoundBlind(XunjianError):
    """The controls failed, or too much of the round stayed unknown."""

    exit_code = Exit.BLIND


class EnvironmentTrouble(XunjianError):
    """Database, disk or browser: nothing the register could mend."""

    exit_code = Exit.ENVIRONMENT
