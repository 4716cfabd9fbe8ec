"""The tutorial, section by section, with every erratum beside what it corrects."""

from __future__ import annotations

from html import escape

from aigc_demo.explain.experiments import EXPERIMENTS
from aigc_demo.explain.section import Line, Listing, Note, Paragraph, Section
from aigc_demo.explain.sections import SECTIONS, errata_of, place_of, touched_by
from aigc_demo.text import Lang, Text
from aigc_demo.ui.chapters.erratum_card import card
from aigc_demo.ui.chapters.flow_graph import graph
from aigc_demo.ui.chapters.html import lines, prose, quoting
from aigc_demo.ui.chapters.targets import link, shows
from aigc_demo.ui.texts import explain as explain_texts
from aigc_demo.ui.texts import textbook as texts


def chapter(lang: Lang) -> str:
    """All sections, with formulas between `$`."""
    lessons = "".join(_lesson(section, lang) for section in SECTIONS)
    return (
        f'<div class="aigc-tutorial"><p class="aigc-note">{quoting(escape(texts.ABOUT(lang)))}</p>'
        f'<p class="aigc-note">{explain_texts.NOTATION(lang)}</p>'
        f'<aigc-textbook class="aigc-errata" id="explain-errata">{_table(lang)}{lessons}</aigc-textbook></div>'
    )


def _table(lang: Lang) -> str:
    links = "".join(
        f'<a href="#explain/tutorial/{section.number}" data-go="tutorial/{section.number}" '
        f'title="{escape(section.title(lang).replace("$", ""))}">§{section.number}</a>'
        for section in SECTIONS
    )
    return f'<nav class="aigc-lessons" aria-label="{escape(texts.SECTIONS(lang))}">{links}</nav>'


def _lesson(section: Section, lang: Lang) -> str:
    numbers = f"§{section.number}" + (f"–{section.numbers[-1]}" if len(section.numbers) > 1 else "")
    graphs = "".join(graph(item, lang) for item in section.graphs)
    drawings = f'<div class="aigc-flows">{graphs}</div><p class="aigc-note">{texts.LEGEND(lang)}</p>' if graphs else ""
    return (
        f'<section class="aigc-lesson" id="explain-tutorial-{section.number}" data-section="{section.number}">'
        f"<h3><small>{numbers}</small> {prose(section.title(lang))}</h3>"
        f"{_block('says', texts.SAYS, section.says, section, lang)}{drawings}"
        f'<div class="aigc-sides">{_block("right", texts.RIGHT, section.right, section, lang)}'
        f"{_block('wrong', texts.WRONG, section.wrong, section, lang)}</div>{_listings(section, lang)}"
        f"{_experiment(section, lang)}{_notes(section, lang)}{_cards(section, lang)}{_elsewhere(section, lang)}</section>"
    )


def _block(kind: str, title: Text, paragraphs: tuple[Paragraph, ...], section: Section, lang: Lang) -> str:
    if not paragraphs:
        return ""
    inner = "".join(_paragraph(paragraph, section, lang) for paragraph in paragraphs)
    return f'<div class="aigc-block-{kind}"><h4>{escape(title(lang))}</h4>{inner}</div>'


def _paragraph(paragraph: Paragraph, section: Section, lang: Lang, before: str = "", after: str = "") -> str:
    return (
        f'<div class="aigc-par" id="explain-tutorial-{place_of(section, paragraph)}" '
        f'data-about="{" ".join(paragraph.targets)}">{before}<p>{prose(paragraph.text(lang))}</p>'
        f"{lines(paragraph.latex)}{after}{shows(paragraph.targets, paragraph.trial, lang)}</div>"
    )


def _notes(section: Section, lang: Lang) -> str:
    notes = "".join(_note(note, section, lang) for note in section.notes)
    return f'<div class="aigc-cards aigc-notes">{notes}</div>' if notes else ""


def _note(note: Note, section: Section, lang: Lang) -> str:
    source = f'<p class="aigc-source">{escape(texts.SOURCE(lang))}{escape(note.source(lang))}</p>'
    quote = f"<blockquote>{quoting(escape(note.quote(lang)))}</blockquote>"
    return (
        f'<article class="aigc-slip" id="explain-tutorial-{note.id}" data-note="{note.id}">'
        f"<h4><b>{note.id}</b> {prose(note.title(lang))}</h4>"
        f"{_paragraph(note.body, section, lang, quote, source)}</article>"
    )


def _experiment(section: Section, lang: Lang) -> str:
    key = section.experiment
    if key not in EXPERIMENTS:
        return ""
    return (
        f'<div class="aigc-own-experiment" id="explain-tutorial-{key}"><h4>{escape(texts.EXPERIMENTS[key](lang))}</h4>'
        f'<aigc-experiment data-key="{key}"></aigc-experiment></div>'
    )


def _listings(section: Section, lang: Lang) -> str:
    shown, start = [], 1
    for listing in section.listings:
        shown.append(_listing(listing, section, start, lang))
        start += len(listing.lines)
    return "".join(shown)


def _listing(listing: Listing, section: Section, start: int, lang: Lang) -> str:
    rows = "".join(_line(line, f"{section.number}-code{start + n}", lang) for n, line in enumerate(listing.lines))
    return f'<h4 class="aigc-listing-title">{escape(listing.title(lang))}</h4><ol class="aigc-listing" start="{start}">{rows}</ol>'


def _line(line: Line, place: str, lang: Lang) -> str:
    targets = tuple(f"erratum/{key}" for key in line.errata)
    kind = "wrong" if line.wrong else "right"
    wrong = line.wrong or texts.LINE_RIGHT
    return (
        f'<li class="aigc-line" id="explain-tutorial-{place}" data-about="{" ".join(targets)}">'
        f"<code>{escape(line.code)}</code><p>{prose(line.says(lang))} "
        f'<span class="aigc-line-{kind}">{prose(wrong(lang))}</span>{shows(targets, None, lang)}</p></li>'
    )


def _cards(section: Section, lang: Lang) -> str:
    cards = "".join(card(erratum, lang) for erratum in errata_of(section))
    return f'<div class="aigc-cards">{cards}</div>' if cards else ""


def _elsewhere(section: Section, lang: Lang) -> str:
    errata = touched_by(section)
    links = "".join(link(f"erratum/{erratum.id}", erratum.id) for erratum in errata)
    return f'<p class="aigc-shows"><span>{escape(texts.ELSEWHERE(lang))}</span>{links}</p>' if errata else ""
