"""A data-flow graph as an SVG whose boxes and arrows can be chosen, with what each of them means below it."""

from __future__ import annotations

from html import escape
from math import hypot
from re import sub

from aigc_demo.explain.data_flow import Arrow, Graph, Node
from aigc_demo.text import Lang
from aigc_demo.ui.texts import textbook as texts

_COLUMN, _ROW = 128.0, 84.0
_WIDTH, _HEIGHT = 92.0, 40.0  # of a box
_MARGIN_X, _MARGIN_TOP, _MARGIN_BOTTOM = 50.0, 26.0, 26.0


def graph(item: Graph, lang: Lang) -> str:
    """A figure; `data-part` names a box or an arrow in the drawing and in the text."""
    nodes = {node.key: node for node in item.nodes}
    width = max(node.x for node in item.nodes) * _COLUMN + 2 * _MARGIN_X
    height = max(node.y for node in item.nodes) * _ROW + _MARGIN_TOP + _MARGIN_BOTTOM
    arrows = "".join(_arrow(arrow, nodes, item.key, lang) for arrow in item.arrows)
    boxes = "".join(_box(node, lang) for node in item.nodes)
    texts_below = "".join(
        f'<p data-part="{key}"{"" if key == item.first else " hidden"}><b>{name}</b> {escape(about)}</p>'
        for key, name, about in _explained(item, nodes, lang)
    )
    return (
        f'<figure class="aigc-flow" data-graph="{item.key}"><figcaption>{escape(item.title(lang))}</figcaption>'
        f'<div class="aigc-flow-drawing"><svg viewBox="0 0 {width:.0f} {height:.0f}" '
        f'role="group" aria-label="{escape(item.title(lang))}">{_heads(item.key)}{arrows}{boxes}</svg></div>'
        f'<div class="aigc-flow-text" role="status">{texts_below}</div></figure>'
    )


def _explained(item: Graph, nodes: dict[str, Node], lang: Lang) -> list[tuple[str, str, str]]:
    boxes = [(node.key, node.name(lang), node.about(lang)) for node in item.nodes]
    arrows = [(arrow.key, _name(arrow, nodes, lang), arrow.about(lang)) for arrow in item.arrows]
    return [(key, sub(r"L_([DG])", r"L<sub>\1</sub>", escape(name)), about) for key, name, about in boxes + arrows]


def _name(arrow: Arrow, nodes: dict[str, Node], lang: Lang) -> str:
    name = texts.ARROW.format(start=nodes[arrow.start].name(lang), end=nodes[arrow.end].name(lang))(lang)
    return f"{name} ({texts.GRADIENT(lang)})" if arrow.is_gradient else name


def _heads(key: str) -> str:
    """Arrow heads, in the colour of what they end."""
    return (
        "<defs>"
        + "".join(
            f'<marker id="aigc-head-{key}-{kind}" class="aigc-head-{kind}" viewBox="0 0 10 10" refX="9" refY="5" '
            f'markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M0 0 10 5 0 10z"/></marker>'
            for kind in ("right", "wrong", "gradient")
        )
        + "</defs>"
    )


def _box(node: Node, lang: Lang) -> str:
    x, y = _centre(node)
    return (
        f'<g class="aigc-flow-part aigc-flow-{node.kind}" data-part="{node.key}" tabindex="0" role="button" '
        f'aria-label="{escape(node.name(lang))}"><rect x="{x - _WIDTH / 2:.1f}" y="{y - _HEIGHT / 2:.1f}" '
        f'width="{_WIDTH:.0f}" height="{_HEIGHT:.0f}" rx="10"/><text x="{x:.1f}" y="{y:.1f}">'
        f"{_short(node, lang)}</text></g>"
    )


def _short(node: Node, lang: Lang) -> str:
    """A box's name as SVG: what follows `_` is set lower, and a long name keeps its first word only."""
    name = node.name(lang)
    head, _, index = (name if len(name) < 12 else name.split()[0]).partition("_")
    low = f'<tspan class="aigc-flow-low" dy="4">{escape(index)}</tspan>' if index else ""
    return escape(head) + low


def _arrow(arrow: Arrow, nodes: dict[str, Node], graph_key: str, lang: Lang) -> str:
    kind = "wrong" if arrow.is_wrong else "gradient" if arrow.is_gradient else "right"
    path, middle = _path(nodes[arrow.start], nodes[arrow.end], arrow.bend)
    x, y = middle
    cross = f'<path class="aigc-flow-cross" d="M{x - 7:.1f} {y - 7:.1f}l14 14m0-14l-14 14"/>' if arrow.is_wrong else ""
    name = _name(arrow, nodes, lang) + (f" ({texts.WRONG_ARROW(lang)})" if arrow.is_wrong else "")
    return (
        f'<g class="aigc-flow-part aigc-flow-arrow aigc-flow-{kind}" data-part="{arrow.key}" tabindex="0" role="button" '
        f'aria-label="{escape(name)}"><path class="aigc-flow-hand" d="{path}"/>'
        f'<path d="{path}" marker-end="url(#aigc-head-{graph_key}-{kind})"/>{cross}</g>'
    )


def _centre(node: Node) -> tuple[float, float]:
    return node.x * _COLUMN + _MARGIN_X, node.y * _ROW + _MARGIN_TOP


def _path(start: Node, end: Node, bend: float) -> tuple[str, tuple[float, float]]:
    """A curve from border to border, and the point in its middle."""
    (x0, y0), (x1, y1) = _centre(start), _centre(end)
    length = hypot(x1 - x0, y1 - y0)
    shift_x, shift_y = -(y1 - y0) / length * bend * _ROW, (x1 - x0) / length * bend * _ROW
    control = ((x0 + x1) / 2 + 2 * shift_x, (y0 + y1) / 2 + 2 * shift_y)
    ax, ay = _border((x0, y0), control)
    bx, by = _border((x1, y1), control)
    middle = ((ax + bx) / 4 + control[0] / 2, (ay + by) / 4 + control[1] / 2)
    return f"M{ax:.1f} {ay:.1f}Q{control[0]:.1f} {control[1]:.1f} {bx:.1f} {by:.1f}", middle


def _border(centre: tuple[float, float], towards: tuple[float, float]) -> tuple[float, float]:
    """Where the line from a box's centre leaves the box, with a little air."""
    dx, dy = towards[0] - centre[0], towards[1] - centre[1]
    scale = min(
        (_WIDTH / 2 + 3) / abs(dx) if dx else float("inf"),
        (_HEIGHT / 2 + 3) / abs(dy) if dy else float("inf"),
    )
    return centre[0] + dx * scale, centre[1] + dy * scale
