"""The textbook: complete, in both languages, its quotations the tutorial's, and every paragraph linked both ways."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass

import pytest

from aigc_demo.explain import ERRATA
from aigc_demo.explain.data_flow import AS_WRITTEN, CORRECTED, Graph
from aigc_demo.explain.experiments import EXPERIMENTS
from aigc_demo.explain.section import Section
from aigc_demo.explain.sections import ERRATUM_TARGETS, SECTIONS, errata_of, home_of, mentions_of, place_of, touched_by
from aigc_demo.recipes import make_plan
from aigc_demo.text import Text

every_section = pytest.mark.parametrize("section", SECTIONS, ids=[section.number for section in SECTIONS])
PARAGRAPHS = [(section, paragraph) for section in SECTIONS for paragraph in section.paragraphs]
LINES = [line for section in SECTIONS for listing in section.listings for line in listing.lines]
ASKED = ("1.2", "2.1", "2.2", "2.3", "3.1", "3.2", "3.3", "3.4", "4.1", "4.2", "4.3", "5.1", "5.2", "5.3", "5.4")


def _texts(item: object) -> list[Text]:
    if isinstance(item, Text):
        return [item]
    if isinstance(item, tuple):
        return [text for part in item for text in _texts(part)]
    if is_dataclass(item):
        return [text for field in fields(item) for text in _texts(getattr(item, field.name))]
    return []


def test_every_section_of_the_tutorial_has_its_place_once() -> None:
    numbers = [number for section in SECTIONS for number in section.numbers]
    assert len(numbers) == len(set(numbers)) and set(numbers) >= {*ASKED, "6", "7.1", "7.2", "7.3"}
    assert numbers == sorted(numbers)


@every_section
def test_a_section_says_what_the_tutorial_says_what_is_right_and_what_is_not(section: Section) -> None:
    assert section.says and section.right
    assert section.wrong or section.notes
    assert all(f"§{section.number.split('.')[0]}" in paragraph.text.en for paragraph in section.says)


@every_section
def test_every_sentence_is_in_both_languages_and_its_formulas_are_closed(section: Section) -> None:
    for text in _texts(section):
        assert text.zh.strip() and text.en.strip()
        assert text.zh.count("$") % 2 == 0 == text.en.count("$") % 2
        assert text.zh.count("$") == text.en.count("$"), text.en
    for text in (section.title, *(paragraph.text for paragraph in section.paragraphs)):
        assert re.search(r"[一-鿿]", text.zh) and not re.search(r"[一-鿿]", text.en)


def test_every_erratum_has_one_home_and_is_named_wherever_it_belongs() -> None:
    placed = [erratum.id for section in SECTIONS for erratum in errata_of(section)]
    assert sorted(placed) == sorted(ERRATA)
    for erratum in ERRATA.values():
        here = {section.number for section in SECTIONS if set(section.numbers) & set(erratum.sections)}
        shown = {section.number for section in SECTIONS if erratum in (*errata_of(section), *touched_by(section))}
        assert here == shown and home_of(erratum).number in here


def test_every_paragraph_is_linked_to_something_live() -> None:
    assert all(paragraph.targets or paragraph.trial for _, paragraph in PARAGRAPHS)
    named = {target.removeprefix("erratum/") for _, paragraph in PARAGRAPHS for target in paragraph.targets}
    assert set(ERRATA) <= named | {key for line in LINES for key in line.errata}
    assert set(ERRATUM_TARGETS) == set(ERRATA)


def test_every_link_has_a_way_back() -> None:
    for section, paragraph in PARAGRAPHS:
        for target in paragraph.targets:
            place = f"tutorial/{place_of(section, paragraph)}"
            assert any(found.place == place and found.target == target for found in mentions_of(target.split("/")[0]))


def test_places_of_paragraphs_are_their_own() -> None:
    places = [place_of(section, paragraph) for section, paragraph in PARAGRAPHS]
    assert len(places) == len(set(places))


def test_every_trial_can_be_trained() -> None:
    for _, paragraph in PARAGRAPHS:
        if paragraph.trial:
            weights = {f"weight.{key}": value for key, value in paragraph.trial.weights.items()}
            make_plan(paragraph.trial.recipe, loss=paragraph.trial.loss, settings=weights)


def test_the_notes_are_all_there_with_their_sources() -> None:
    notes = [note for section in SECTIONS for note in section.notes]
    assert [note.id for note in notes] == [f"T{n}" for n in range(1, 13)]
    assert all(note.quote.en.startswith("“") and note.source.en for note in notes)
    papers = "".join(note.source.en for note in notes)
    assert all(number in papers for number in ("1706.08500", "1805.08318", "1812.04948", "1609.05473", "1511.06434"))


def test_the_code_is_walked_line_by_line_and_a_wrong_line_names_its_errata() -> None:
    assert len(LINES) >= 18
    assert all(set(line.errata) <= set(ERRATA) for line in LINES)
    assert all(bool(line.errata) == (line.wrong is not None) for line in LINES)
    for line in filter(lambda line: line.wrong, LINES):
        named = re.findall(r"C\d+", f"{line.wrong}")
        assert set(named) <= set(line.errata)


def test_an_experiment_of_a_section_is_there() -> None:
    assert [section.experiment for section in SECTIONS if section.experiment] == ["ladder"]
    assert "ladder" in EXPERIMENTS


@pytest.mark.parametrize("graph", [AS_WRITTEN, CORRECTED], ids=["written", "corrected"])
def test_a_graphs_arrows_join_its_boxes(graph: Graph) -> None:
    nodes = {node.key for node in graph.nodes}
    keys = [arrow.key for arrow in graph.arrows]
    assert len(keys) == len(set(keys)) and graph.first in {*nodes, *keys}
    assert all({arrow.start, arrow.end} <= nodes for arrow in graph.arrows)


def test_data_enters_the_generator_only_where_the_tutorial_says_so() -> None:
    def into_g(graph: Graph) -> set[str]:
        kinds = {node.key: node.kind for node in graph.nodes}
        g = {"B", "G"} & set(kinds)
        return {kinds[arrow.start] for arrow in graph.arrows if arrow.end in g and not arrow.is_gradient}

    assert into_g(AS_WRITTEN) == {"data"} and into_g(CORRECTED) == {"other"}
    assert any(arrow.is_wrong for arrow in AS_WRITTEN.arrows) and not any(arrow.is_wrong for arrow in CORRECTED.arrows)
