"""The quiz: ten different experiments, each explained in both languages."""

from __future__ import annotations

import re

from aigc_demo.explain import ERRATA
from aigc_demo.explain.experiments import EXPERIMENTS
from aigc_demo.explain.quiz import QUIZ


def test_ten_questions_are_settled_by_ten_experiments() -> None:
    keys = [question.experiment for question in QUIZ]
    assert len(keys) == len(set(keys)) == 10
    assert all(key in EXPERIMENTS and key in ERRATA for key in keys)


def test_every_answer_is_explained_in_both_languages() -> None:
    for question in QUIZ:
        assert re.search(r"[一-鿿]", question.why.zh) and not re.search(r"[一-鿿]", question.why.en)
        assert len(question.why.en) > 30


def test_the_right_answer_is_not_always_in_the_same_place() -> None:
    places = {[choice.is_right for choice in EXPERIMENTS[question.experiment].choices].index(True) for question in QUIZ}
    assert len(places) > 1
