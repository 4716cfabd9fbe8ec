"""The quiz: ten experiments, each to be predicted before it runs."""

from __future__ import annotations

from html import escape

from aigc_demo.explain.quiz import QUIZ, Question
from aigc_demo.text import Lang
from aigc_demo.ui.texts import quiz as texts


def chapter(lang: Lang) -> str:
    questions = "".join(_question(question, number, lang) for number, question in enumerate(QUIZ, start=1))
    return f'<div><p class="aigc-note">{escape(texts.ABOUT(lang))}</p><aigc-quiz><ol>{questions}</ol></aigc-quiz></div>'


def _question(question: Question, number: int, lang: Lang) -> str:
    key = question.experiment
    return (
        f'<li id="explain-quiz-{number}" data-question="{key}"><aigc-experiment data-key="{key}" data-predict></aigc-experiment>'
        f'<p class="aigc-quiz-why" hidden><b>{escape(texts.WHY(lang))}</b>{escape(question.why(lang))} '
        f'<a href="#explain/{key}" data-go="erratum/{key}">{escape(texts.MORE(lang))}</a></p></li>'
    )
