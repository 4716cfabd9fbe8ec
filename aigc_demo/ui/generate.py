"""The Generate tab: one element that slides a latent vector and shows the digit that lies there."""

from __future__ import annotations

import gradio as gr

from aigc_demo.text import Lang
from aigc_demo.ui.texts import generate as texts

MATHS: list[dict[str, str | bool]] = [{"left": "$", "right": "$", "display": False}]


def build(lang: Lang, studio: object) -> None:
    """Lay out the tab; to be called inside its `gr.Tab`. What it shows comes from the routes, not from `studio`."""
    gr.Markdown(texts.INTRO(lang), latex_delimiters=MATHS, elem_classes="aigc-intro")
    gr.HTML("<aigc-latent></aigc-latent>", apply_default_css=False, elem_classes="aigc-block")
