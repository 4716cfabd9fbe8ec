"""Human against D: rounds are dealt, scored once, and added up beside D's own score."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PIL import Image

from aigc_demo.runs import game
from aigc_demo.runs.game import DECK, ROUND, Deck, Games, make_deck
from aigc_demo.runs.recorded import open_recorded
from aigc_demo.runs.run import Run
from aigc_demo.text import NotFound, VisitorError


@pytest.fixture
def run() -> Run:
    return Run(open_recorded(), recorded=True)


@pytest.fixture
def decks(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Deck]]:
    """Decks of which every even image is real and D calls all real; the list holds those that were made."""
    made: list[Deck] = []

    def make(run: Run) -> Deck:
        is_real = np.arange(DECK) % 2 == 0
        images = np.where(is_real, 255, 0).astype(np.uint8)[:, None, None] * np.ones((1, 28, 28), np.uint8)
        made.append(Deck(images, is_real, np.ones(DECK, bool), np.full(DECK, -1), len(made)))
        return made[-1]

    monkeypatch.setattr(game, "make_deck", make)
    yield made


def _is_white(png: str) -> bool:
    return bool(np.asarray(Image.open(io.BytesIO(base64.b64decode(png)))).all())


def _play(games: Games, run: Run, player: str, judge: Any = _is_white) -> dict[str, Any]:
    hand = games.deal(run)
    return games.answer(run, hand["round"], player, [bool(judge(image)) for image in hand["images"]])


def test_a_perfect_judge_is_always_right_and_d_only_on_real_images(run: Run, decks: list[Deck]) -> None:
    answer = _play(Games(), run, "me")
    assert answer["right"] == ROUND
    assert answer["standing"]["human"] == {"right": ROUND, "asked": ROUND}
    assert answer["standing"]["d"] == {"right": sum(answer["truth"]), "asked": ROUND}


def test_who_is_always_wrong_scores_nothing(run: Run, decks: list[Deck]) -> None:
    assert _play(Games(), run, "me", lambda image: not _is_white(image))["right"] == 0


def test_rounds_add_up_for_each_player_and_for_all(run: Run, decks: list[Deck]) -> None:
    games = Games()
    _play(games, run, "first")
    _play(games, run, "second", lambda image: False)
    last = _play(games, run, "first")
    assert last["mine"] == {"right": 2 * ROUND, "asked": 2 * ROUND}
    assert last["standing"]["players"] == 2
    assert last["standing"]["human"]["asked"] == 3 * ROUND
    assert games.standing(run) == last["standing"]


def test_a_round_counts_once(run: Run, decks: list[Deck]) -> None:
    games = Games()
    hand = games.deal(run)
    games.answer(run, hand["round"], "me", [True] * ROUND)
    with pytest.raises(NotFound):
        games.answer(run, hand["round"], "me", [True] * ROUND)


@pytest.mark.parametrize("answers", [[], [True] * (ROUND - 1), [True] * (ROUND + 1), [1] * ROUND, ["yes"] * ROUND])
def test_answers_must_be_one_word_an_image(run: Run, decks: list[Deck], answers: list[Any]) -> None:
    games = Games()
    hand = games.deal(run)
    with pytest.raises(VisitorError):
        games.answer(run, hand["round"], "me", answers)
    assert games.answer(run, hand["round"], "me", [True] * ROUND)  # the round is still open


def test_a_deck_serves_many_until_the_run_has_trained_on(
    run: Run, decks: list[Deck], monkeypatch: pytest.MonkeyPatch
) -> None:
    games = Games()
    monkeypatch.setattr(game, "FRESH_SECONDS", 1000.0)
    games.deal(run)
    games.deal(run)
    assert len(decks) == 1
    monkeypatch.setattr(game, "FRESH_SECONDS", 0.0)
    games.deal(run)  # the run stands at another step than that deck
    assert len(decks) == 2


def test_the_recorded_run_is_played_against_the_shipped_discriminator(run: Run) -> None:
    deck = make_deck(run, 1000, seed=0)
    assert deck.images.shape == (1000, 28, 28)
    assert deck.is_real.sum() == 500
    assert 0.3 < deck.says_real.mean() < 0.7  # its scores compare: their level alone says nothing
    right = float((deck.says_real == deck.is_real).mean())
    assert 0.52 < right < 0.95  # a trained D knows something, and its G has learnt to fool it
    assert set(deck.labels) <= set(range(10))
