"""What the textbook consists of: the tutorial's sections, each with what it says, what of it is right, and what is not."""

from __future__ import annotations

from dataclasses import dataclass

from aigc_demo.explain.data_flow import Graph
from aigc_demo.explain.erratum import Trial
from aigc_demo.text import Text


@dataclass(frozen=True)
class Paragraph:
    """A thought, and the live parts of the page that show it.

    `targets` are places of the Explain tab, such as "losses/hinge", "lab" or "erratum/C4"; `trial` is a run of the Train
    tab. At least one is there. `latex` are displayed formulas that follow the text, which itself may hold `$LaTeX$`.
    """

    text: Text
    targets: tuple[str, ...] = ()
    trial: Trial | None = None
    latex: tuple[str, ...] = ()


@dataclass(frozen=True)
class Note:
    """A slip of the tutorial's text that no formula shows: its `quote` (a few words), what is wrong, and by what source."""

    id: str
    title: Text
    quote: Text
    body: Paragraph
    source: Text


@dataclass(frozen=True)
class Line:
    """One line of the tutorial's code in our own rendering: what it says, what is wrong with it, and the errata on it."""

    code: str
    says: Text
    wrong: Text | None = None
    errata: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listing:
    title: Text
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Section:
    """`numbers` are the tutorial's sections that this one covers; the first is its name in addresses.

    `experiment` is the key of one that belongs to the section rather than to an erratum of it.
    """

    numbers: tuple[str, ...]
    title: Text
    says: tuple[Paragraph, ...]
    right: tuple[Paragraph, ...] = ()
    wrong: tuple[Paragraph, ...] = ()
    notes: tuple[Note, ...] = ()
    graphs: tuple[Graph, ...] = ()
    listings: tuple[Listing, ...] = ()
    experiment: str = ""

    @property
    def number(self) -> str:
        return self.numbers[0]

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All of them, in the order of the page; a place in this order is a paragraph's address."""
        return (*self.says, *self.right, *self.wrong, *(note.body for note in self.notes))
