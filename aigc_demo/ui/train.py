"""The Train tab: the controls are ordinary Gradio, everything that moves is an element of the page's own scripts."""

from __future__ import annotations

from html import escape
from typing import Any

import gradio as gr

from aigc_demo.data import DATASETS
from aigc_demo.losses import LOSSES
from aigc_demo.recipes import DEFAULT_RECIPE, DEFAULT_SECONDS, RECIPES
from aigc_demo.text import Lang
from aigc_demo.ui.texts import lab
from aigc_demo.ui.texts import train as words

# Custom elements by the area they stand in, and what they carry before the scripts have come.
_AREAS = {
    "status": ("status", "share"),
    "chart": ("chart",),
    "samples": ("growth", "samples", "replay", "outcome", "takeaway"),
    "ledger": ("ledger",),
    "scores": ("scores", "classes"),
    "figures": ("figures", "inner"),
    "race": ("race",),
}
_FRAMES = ' data-run="" data-frame="0"'
_DATA = {
    "status": ' data-state="idle" data-run="" data-step="0" data-seconds="0"',
    "samples": _FRAMES,
    "chart": _FRAMES,
}


def build(lang: Lang, studio: Any) -> None:
    """Draw the tab inside the current Gradio context. `studio` is not asked: the scripts talk to its routes."""
    with gr.Row(elem_id="train-layout"):
        with gr.Column(elem_id="train-controls", min_width=0):
            _controls(lang)
        for area, parts in _AREAS.items():
            body = "".join(f'<aigc-{part} id="train-{part}"{_DATA.get(part, "")}></aigc-{part}>' for part in parts)
            gr.HTML(body, apply_default_css=False, elem_id=f"train-{area}-area", elem_classes="aigc-block")


def _controls(lang: Lang) -> None:
    recipe_default = RECIPES[DEFAULT_RECIPE]
    with gr.Column(elem_id="train-fields", min_width=0):
        recipe = gr.Dropdown(
            [(item.title(lang), key) for key, item in RECIPES.items()],
            value=DEFAULT_RECIPE,
            label=words.RECIPE(lang),
            filterable=False,
            elem_id="train-recipe",
        )
        gr.HTML(
            f'<p id="train-story" aria-live="polite">{escape(recipe_default.story(lang))}</p>',
            apply_default_css=False,
            elem_classes="aigc-block",
        )
        loss = gr.Dropdown(
            [(item.title(lang), key) for key, item in LOSSES.items()],
            value=recipe_default.loss,
            label=words.LOSS(lang),
            filterable=False,
            elem_id="train-loss",
        )
        dataset = gr.Dropdown(
            [(item.title(lang), key) for key, item in DATASETS.items()],
            value="digits5k",
            label=words.DATASET(lang),
            filterable=False,
            elem_id="train-dataset",
        )
        gr.HTML('<aigc-data id="train-data"></aigc-data>', apply_default_css=False, elem_classes="aigc-block")
        with gr.Row(elem_classes="aigc-pair"):
            seconds = gr.Number(DEFAULT_SECONDS, label=words.SECONDS(lang), min_width=0, elem_id="train-seconds")
            seed = gr.Number(0, label=words.SEED(lang), min_width=0, elem_id="train-seed")
        with gr.Accordion(lab.SETTINGS(lang), open=False, elem_id="train-more"):
            gr.HTML(
                '<aigc-settings id="train-settings"></aigc-settings><aigc-search></aigc-search>',
                apply_default_css=False,
                elem_classes="aigc-block",
            )
    _wire_fields({"recipe": recipe, "loss": loss, "dataset": dataset, "seconds": seconds, "seed": seed})
    _actions(lang, [recipe, loss, dataset, seconds, seed])


def _wire_fields(fields: dict[str, Any]) -> None:
    """Every change of a field is told to the scripts, and the scripts fill the fields through a button nobody sees."""
    for key, field in fields.items():
        field.change(
            None, field, js=f"(value) => {{ window.aigc?.noted('{key}', value); return []; }}", api_visibility="private"
        )
    every = list(fields.values())
    refill = gr.Button("", visible="hidden", elem_id="train-refill")
    refill.click(None, every, every, js="(...values) => window.aigc.refill(...values)", api_visibility="private")
    fields["recipe"].input(
        None,
        fields["recipe"],
        fields["loss"],
        js="(recipe) => window.aigc.recipeChosen(recipe)",
        api_visibility="private",
    )


def _actions(lang: Lang, fields: list[Any]) -> None:
    """The buttons. What they do is the scripts' business."""
    with gr.Column(elem_id="train-actions", min_width=0):
        start = gr.Button(words.START(lang), variant="primary", size="lg", elem_id="train-start")
        with gr.Row(elem_classes="aigc-buttons"):
            pause = _button(words.PAUSE(lang), "train-pause")
            stop = _button(words.STOP(lang), "train-stop")
        with gr.Row(elem_classes=["aigc-buttons", "aigc-steps"]):
            step = _button(words.STEP(lang), "train-step")
            step_d = _button(lab.STEP_D(lang), "train-step-d")
            step_g = _button(lab.STEP_G(lang), "train-step-g")
        with gr.Row(elem_classes=["aigc-buttons", "aigc-more-time"]):
            extend = _button(words.EXTEND(lang), "train-extend")
            again = _button(lab.AGAIN(lang), "train-again")
        with gr.Row(elem_classes=["aigc-buttons", "aigc-lab"]):
            slow = _button(lab.SLOW(lang), "train-slow")
            presets = _button(lab.PRESETS(lang), "train-presets", interactive=True)
        gr.HTML(
            '<aigc-presets hidden></aigc-presets><p id="train-notice" aria-live="polite"></p>',
            apply_default_css=False,
            elem_classes="aigc-block",
        )
    # A click before the scripts have arrived is kept for them.
    start.click(
        None,
        fields,
        js="(...values) => { window.aigc ? window.aigc.start(...values) : (window.aigcEarly = values); return []; }",
        api_visibility="private",
    )
    pressed = {
        "pause()": pause, "stop()": stop, "step('both')": step, "step('d')": step_d, "step('g')": step_g,
        "extend()": extend, "again()": again, "slow()": slow, "presets()": presets,
    }  # fmt: skip
    for call, button in pressed.items():
        button.click(None, js=f"() => {{ window.aigc?.{call}; return []; }}", api_visibility="private")


def _button(text: str, name: str, interactive: bool = False) -> gr.Button:
    return gr.Button(text, size="md", min_width=0, interactive=interactive, elem_id=name)
