"""How the page looks: Gradio's variables in our palette, and the colour of every term of every loss.

Two hues mean the two players and nothing else: blue for the discriminator, vermillion for the generator (Okabe & Ito's
pair, told apart under every common colour deficiency). All else is grey, so the primary button is ink, not colour.
"""

from __future__ import annotations

from collections.abc import Iterable

import gradio as gr

from aigc_demo.losses import Auxiliary, Loss, Term
from aigc_demo.text import Lang

Colour = tuple[str, str]  # on a light page, on a dark one

# Neighbours in a list differ in lightness, which survives every colour deficiency; the first is the player's own hue.
_LADDERS: dict[str, tuple[Colour, ...]] = {
    "d": (("#0072B2", "#4DAEE8"), ("#4A9AD4", "#2F7FC0"), ("#00857C", "#3FC4B5"), ("#5B7C99", "#8FB0CC")),
    "g": (("#D55E00", "#FF8A3D"), ("#8C6D5A", "#CDAE9B"), ("#7F4F24", "#E0B48C"), ("#B0413E", "#F09A94")),
}
# A term that any loss may carry keeps its colour in all of them.
_FIXED: dict[str, Colour] = {
    "d_category": ("#5B4B8A", "#B9A8F0"),
    "d_codes": ("#00707A", "#4FC3CF"),
    "g_category": ("#9C2F6B", "#F08CC0"),
    "g_codes": ("#8A5A00", "#E0B040"),
    "d_class": ("#6A5ACD", "#A79BF0"),
    "d_r1": ("#3B4CC0", "#8E9BF5"),
    "d_r2": ("#7A3E9D", "#C792E6"),
    "d_gp": ("#1B3A6B", "#A8C4F0"),
    "d_gp_one_sided": ("#2B6C6E", "#7FD8CF"),
    "d_drift": ("#5A5F7A", "#B4B9D6"),
    "d_dragan": ("#006C8F", "#5CCBEA"),
    "d_smooth": ("#8A6FBF", "#D9C8FF"),
    "g_class": ("#B8336A", "#F283AE"),
    "g_feature_match": ("#9E2A5B", "#E58FB5"),
    "g_recon_x": ("#A37200", "#E3B341"),
}

# Fonts that systems bring along. English comes from a Latin font first, or a Chinese one would set its quotation marks
# at full width; the generic families come last because on many Linux machines they are the widest and least even.
_LATIN = ["-apple-system", "BlinkMacSystemFont", "Segoe UI", "Roboto", "Ubuntu", "Cantarell", "Noto Sans"]
_CHINESE = ["PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC"]
_SANS: dict[Lang, list[str]] = {
    "en": [*_LATIN, "Liberation Sans", *_CHINESE, "system-ui", "sans-serif"],
    "zh": [*_LATIN, *_CHINESE, "system-ui", "sans-serif"],
}
_MONO = ["ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "Noto Sans Mono CJK SC", "monospace"]


def term_colours(loss: Loss | Auxiliary) -> dict[str, Colour]:
    """The colour of each term's curve and formula, by key: on a light page, on a dark one."""
    return {**_player_colours("d", loss.d_terms), **_player_colours("g", loss.g_terms)}


def _player_colours(player: str, terms: Iterable[Term]) -> dict[str, Colour]:
    ladder = _LADDERS[player]
    own = [term.key for term in terms if term.key not in _FIXED]
    colours = {key: ladder[place % len(ladder)] for place, key in enumerate(own)}
    return {term.key: _FIXED.get(term.key) or colours[term.key] for term in terms}


def theme(lang: Lang) -> gr.themes.Base:
    """Gradio's own components in the page's greys, with system fonts only: nothing is fetched from elsewhere."""
    return gr.themes.Base(
        primary_hue=gr.themes.colors.zinc,
        secondary_hue=gr.themes.colors.zinc,
        neutral_hue=gr.themes.colors.zinc,
        text_size=gr.themes.sizes.text_md,
        spacing_size=gr.themes.sizes.spacing_md,
        radius_size=gr.themes.sizes.radius_md,
        font=_SANS[lang],
        font_mono=_MONO,
    ).set(
        body_background_fill="#fafaf8",
        body_background_fill_dark="#101216",
        body_text_color="#1c1e22",
        body_text_color_dark="#eceef2",
        body_text_color_subdued="#63676f",
        body_text_color_subdued_dark="#9aa1ac",
        background_fill_primary="#ffffff",
        background_fill_primary_dark="#171a20",
        background_fill_secondary="#f4f4f1",
        background_fill_secondary_dark="#1d2128",
        border_color_primary="#e4e4df",
        border_color_primary_dark="#2a2f38",
        border_color_accent="#1c1e22",
        border_color_accent_dark="#eceef2",
        color_accent="#1c1e22",
        color_accent_soft="#efefec",
        color_accent_soft_dark="#262b34",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_shadow="none",
        block_padding="0px",
        block_title_text_size="*text_sm",
        block_title_text_weight="500",
        block_title_text_color="*body_text_color_subdued",
        block_info_text_color="*body_text_color_subdued",
        panel_background_fill="transparent",
        panel_border_width="0px",
        input_background_fill="#ffffff",
        input_background_fill_dark="#171a20",
        input_border_color="#dcdcd6",
        input_border_color_dark="#323844",
        input_border_color_focus="#1c1e22",
        input_border_color_focus_dark="#eceef2",
        input_border_width="1px",
        input_shadow="none",
        input_shadow_focus="none",
        input_radius="10px",
        button_border_width="1px",
        button_large_radius="12px",
        button_medium_radius="10px",
        button_small_radius="10px",
        button_primary_background_fill="#1c1e22",
        button_primary_background_fill_dark="#f2f3f5",
        button_primary_background_fill_hover="#34373d",
        button_primary_background_fill_hover_dark="#ffffff",
        button_primary_border_color="transparent",
        button_primary_border_color_dark="transparent",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#15171b",
        button_secondary_background_fill="#ffffff",
        button_secondary_background_fill_dark="#1d2128",
        button_secondary_background_fill_hover="#f1f1ee",
        button_secondary_background_fill_hover_dark="#262b34",
        button_secondary_border_color="#dcdcd6",
        button_secondary_border_color_dark="#323844",
        button_primary_shadow="none",
        button_secondary_shadow="none",
        button_transition="background-color 120ms ease, border-color 120ms ease, opacity 120ms ease",
        shadow_drop="none",
        shadow_drop_lg="0 8px 28px rgba(0,0,0,.10)",
        slider_color="#1c1e22",
        slider_color_dark="#eceef2",
    )
