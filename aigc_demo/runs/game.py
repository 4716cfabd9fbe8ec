"""Human against D: the same digits, real and generated, are judged by people and by the run's own discriminator."""

from __future__ import annotations

import base64
import io
import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from PIL import Image

from aigc_demo import checkpoints, data
from aigc_demo.losses import find_loss
from aigc_demo.recipes import Plan
from aigc_demo.runs import recorded
from aigc_demo.runs.run import Run
from aigc_demo.text import NotFound, Refused, Text, VisitorError

DECK = 240  # images dealt from, half of them real
ROUND = 10  # images a player judges at a time
FRESH_SECONDS = 5.0  # a deck of a training run is at most so old
KEPT_ROUNDS = 5000
KEPT_GAMES = 32
KEPT_PLAYERS = 5000

NO_MODEL = Text(
    "这次训练还没有可对抗的判别器；先练上几秒。",
    "This run has no discriminator to play against yet; let it train a few seconds.",
)
PACKED = Text(
    "这个判别器一次看好几张图（pac），没法和它一张一张地比。",
    "This discriminator judges several images at once (pac), so it cannot be played image by image.",
)
NO_ROUND = Text("这一轮已经结束，请开始新的一轮。", "This round is over; please begin another one.")
BAD_ANSWERS = Text("请对 {n} 张图各答一次“真”或“假”。", "Answer “real” or “fake” once for each of the {n} images.")


class Deck(NamedTuple):
    """Images uint8 [n, 28, 28] with what is true of them [n], what D says of them [n], and their labels [n] (-1: none)."""

    images: np.ndarray
    is_real: np.ndarray
    says_real: np.ndarray
    labels: np.ndarray
    step: int

    def chosen(self, places: np.ndarray) -> Deck:
        return Deck(*(part[places] for part in self[:4]), step=self.step)  # type: ignore[misc]


@dataclass
class Tally:
    """How many of how many were judged rightly."""

    right: int = 0
    asked: int = 0

    def add(self, right: int, asked: int) -> None:
        self.right += right
        self.asked += asked

    def to_json(self) -> dict[str, int]:
        return {"right": self.right, "asked": self.asked}


@dataclass
class Game:
    """The standing of one run's game; guarded by `Games`' lock."""

    deck: Deck | None = None
    made_at: float = 0.0
    human: Tally = field(default_factory=Tally)
    machine: Tally = field(default_factory=Tally)
    players: OrderedDict[str, Tally] = field(default_factory=OrderedDict)

    def standing(self) -> dict[str, Any]:
        return {
            "players": len(self.players),
            "human": self.human.to_json(),
            "d": self.machine.to_json(),
            "step": None if self.deck is None else self.deck.step,
        }


class Games:
    """The games of all runs, in memory. Every method may be called from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._dealing = threading.Lock()  # one deck is made at a time: a hall asks all at once
        self._games: OrderedDict[str, Game] = OrderedDict()
        self._rounds: OrderedDict[str, tuple[str, Deck]] = OrderedDict()
        self._random = np.random.default_rng()

    def standing(self, run: Run) -> dict[str, Any]:
        """`{"players", "human": {"right", "asked"}, "d": {...}, "step"}` of this run's game so far."""
        with self._lock:
            return self._game(run.id).standing()

    def deal(self, run: Run) -> dict[str, Any]:
        """A new round: `{"round", "step", "images": [PNG as base64], "labels"}`. Raises `Refused` or `VisitorError`."""
        deck = self._deck(run)
        with self._lock:
            chosen = self._random.choice(len(deck.images), ROUND, replace=False)
            hand = deck.chosen(chosen)
            name = secrets.token_hex(8)
            self._rounds[name] = (run.id, hand)
            while len(self._rounds) > KEPT_ROUNDS:
                self._rounds.popitem(last=False)
        return {
            "round": name,
            "step": hand.step,
            "images": [_png(image) for image in hand.images],
            "labels": hand.labels.tolist(),
        }

    def answer(self, run: Run, name: str, player: str, answers: list[Any]) -> dict[str, Any]:
        """Score a round: what was real, what D said, this player's tally and the standing.

        `answers` are ROUND booleans, true for “real”. A round counts once. Raises `NotFound` or `VisitorError`.
        """
        if len(answers) != ROUND or not all(isinstance(each, bool) for each in answers):
            raise VisitorError(BAD_ANSWERS.format(n=ROUND))
        with self._lock:
            owner, hand = self._rounds.get(name, ("", None))
            if hand is None or owner != run.id:
                raise NotFound(NO_ROUND)
            del self._rounds[name]
            game = self._game(run.id)
            right = int((np.array(answers) == hand.is_real).sum())
            game.human.add(right, ROUND)
            game.machine.add(int((hand.says_real == hand.is_real).sum()), ROUND)
            mine = game.players.setdefault(player[:64], Tally())
            mine.add(right, ROUND)
            while len(game.players) > KEPT_PLAYERS:
                game.players.popitem(last=False)
            return {
                "truth": hand.is_real.tolist(),
                "d": hand.says_real.tolist(),
                "right": right,
                "mine": mine.to_json(),
                "standing": game.standing(),
            }

    def _game(self, run_id: str) -> Game:
        game = self._games.setdefault(run_id, Game())
        self._games.move_to_end(run_id)
        while len(self._games) > KEPT_GAMES:
            self._games.popitem(last=False)
        return game

    def _deck(self, run: Run) -> Deck:
        """The deck in play, made anew where the run has trained on since."""
        with self._dealing:
            with self._lock:
                game = self._game(run.id)
                deck, age = game.deck, time.monotonic() - game.made_at
            if deck is not None and (age < FRESH_SECONDS or deck.step == run.step):
                return deck
            deck = make_deck(run)
            with self._lock:
                game.deck, game.made_at = deck, time.monotonic()
            return deck


def make_deck(run: Run, size: int = DECK, seed: int | None = None) -> Deck:
    """`size` images, half of them held-out digits and half this run's generator's, with D's opinion of each.

    D says “real” above logit 0; where the level of its scores means nothing, above the middle of the two means.
    """
    generator, discriminator = _models(run)
    if discriminator.pack > 1:
        raise Refused(PACKED)
    plan = run.plan
    rng = np.random.default_rng(seed)
    real, real_labels = _real_digits(plan, rng, size // 2)
    fake_labels = rng.integers(0, 10, size // 2)
    z = rng.standard_normal((size // 2, plan.recipe.latent_size)).astype(np.float32)
    images = np.concatenate([real, generator.render(z, fake_labels)])
    labels = np.concatenate([real_labels, fake_labels])
    is_real = np.arange(len(images)) < len(real)
    logits = discriminator.logits(images, labels)
    loss = find_loss(discriminator.plan.loss)  # D's own: a recording lets another model play for it
    has_level = loss.readout == "probability" and loss.family != "relativistic"
    threshold = 0.0 if has_level else (logits[is_real].mean() + logits[~is_real].mean()) / 2.0
    shown = labels if plan.recipe.conditional else np.full(len(labels), -1)
    return Deck(images, is_real, logits > threshold, shown, run.step)


def _models(run: Run) -> tuple[checkpoints.Generator, checkpoints.Discriminator]:
    if run.recorded:  # a recording has no weights of its own: the shipped model plays for it
        return checkpoints.load(recorded.MODEL), checkpoints.Discriminator.load(recorded.MODEL)
    try:
        return run.folder.generator(), run.folder.discriminator()
    except NotFound as error:
        raise Refused(NO_MODEL) from error


def _real_digits(plan: Plan, rng: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    dataset = data.load(plan.dataset)
    has_held_out = len(dataset.held_out) > 0
    images = dataset.held_out if has_held_out else dataset.images
    labels = dataset.held_out_labels if has_held_out else dataset.labels
    chosen = rng.integers(0, len(images), count)
    return images[chosen], labels[chosen]


def _png(image: np.ndarray) -> str:
    file = io.BytesIO()
    Image.fromarray(image).save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()
