"""The textbook: the tutorial section by section, where each erratum stands, and which paragraphs speak of a live part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aigc_demo.explain import sections_code, sections_ideas, sections_methods, sections_theory, sections_uses
from aigc_demo.explain.errata import ERRATA
from aigc_demo.explain.erratum import Erratum
from aigc_demo.explain.section import Paragraph, Section

SECTIONS: tuple[Section, ...] = (
    *sections_ideas.SECTIONS,
    *sections_methods.SECTIONS,
    *sections_theory.SECTIONS,
    *sections_code.SECTIONS,
    *sections_uses.SECTIONS,
)

# Beside its experiment, what else of the page shows what an erratum is about.
ERRATUM_TARGETS: dict[str, tuple[str, ...]] = {
    "F1": ("losses/doc_literal", "lab/literal"),
    "F2": ("losses/doc_sign_fixed", "lab"),
    "F3": ("losses/doc_literal", "lab/blur"),
    "F4": ("losses/doc_literal_words", "dirac/words"),
    "F5": ("losses/doc_literal", "lab", "papers/gan"),
    "F6": ("losses/minimax", "lab", "papers/gan"),
    "F7": ("lab", "tutorial/2.3"),
    "F8": ("dirac/outward", "lab/freeze", "lab/collapse"),
    "C1": ("losses/non_saturating",),
    "C2": ("losses/non_saturating",),
    "C3": ("losses/g_target_zero", "lab"),
    "C4": ("losses/double_sigmoid", "lab"),
    "C5": ("tutorial/4.3",),
    "C6": ("tutorial/4.3",),
    "C7": ("tutorial/4.3",),
    "C8": ("tutorial/4.3",),
    "C9": ("networks/tutorial_4_3",),
    "C10": ("networks/tutorial_cnn",),
    "C11": ("networks/tutorial_5_2",),
    "C12": ("networks/dcgan_tf",),
    "C13": ("dirac/outward", "dirac/turns"),
    "C14": ("dirac/momentum",),
    "C15": ("tutorial/3.1",),
    "C16": ("tutorial/4.3",),
    "C17": ("lab/collapse",),
    "C18": ("losses/non_saturating",),
    "C19": ("tutorial/5.1",),
}


@dataclass(frozen=True)
class Mention:
    """A paragraph that speaks of a live part: where it stands (`tutorial/4.1-3`), in which section, and of what."""

    place: str
    section: Section
    target: str


def home_of(erratum: Erratum) -> Section:
    """The section whose cards hold the erratum: the first it names that has a place here."""
    for number in erratum.sections:
        for section in SECTIONS:
            if number in section.numbers:
                return section
    raise ValueError(f"no section has a place for erratum {erratum.id}")


def errata_of(section: Section) -> tuple[Erratum, ...]:
    """The errata whose cards stand in this section."""
    return tuple(erratum for erratum in ERRATA.values() if home_of(erratum) is section)


def touched_by(section: Section) -> tuple[Erratum, ...]:
    """Errata that concern this section too, but whose cards stand in another."""
    return tuple(
        erratum
        for erratum in ERRATA.values()
        if home_of(erratum) is not section and set(erratum.sections) & set(section.numbers)
    )


def place_of(section: Section, paragraph: Paragraph) -> str:
    """The item of a paragraph within the chapter: `4.1-3` is the third of section 4.1."""
    place = next(place for place, item in enumerate(section.paragraphs, 1) if item is paragraph)
    return f"{section.number}-{place}"


def mentions_of(chapter: str) -> Iterator[Mention]:
    """Every paragraph that speaks of a part of `chapter`, in the order of the tutorial, the errata of a section last."""
    for section in SECTIONS:
        for paragraph in section.paragraphs:
            for target in paragraph.targets:
                if target.split("/")[0] == chapter:
                    yield Mention(f"tutorial/{place_of(section, paragraph)}", section, target)
        lines = [line for listing in section.listings for line in listing.lines]
        for number, line in enumerate(lines, 1):
            for key in line.errata if chapter == "erratum" else ():
                yield Mention(f"tutorial/{section.number}-code{number}", section, f"erratum/{key}")
        for erratum in errata_of(section):
            for target in ERRATUM_TARGETS.get(erratum.id, ()):
                if target.split("/")[0] == chapter:
                    yield Mention(f"erratum/{erratum.id}", section, target)
