"""The Models tab: what ships with the program and what was trained on this machine."""

from __future__ import annotations

import gradio as gr

from aigc_demo.text import Lang
from aigc_demo.ui.texts import models as texts


def build(lang: Lang, studio: object) -> None:
    """Lay out the tab; to be called inside its `gr.Tab`. What it shows comes from the routes, not from `studio`."""
    gr.Markdown(texts.INTRO(lang), elem_classes="aigc-intro")
    gr.HTML("<aigc-models></aigc-models>", apply_default_css=False, elem_classes="aigc-block")
