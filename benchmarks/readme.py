"""Fill the README's derived parts: the tables of endpoints, recipes and losses, and the figures in benchmarks/results.

python -m benchmarks.readme            # rewrite them
python -m benchmarks.readme --check    # exit 1 if they are not up to date
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from aigc_demo import checkpoints
from aigc_demo.home import SHIPPED
from aigc_demo.losses import LOSSES
from aigc_demo.recipes import RECIPES
from aigc_demo.ui.endpoints import ENDPOINTS, NEEDED, Parameter
from benchmarks.readme_layout import spread, table
from benchmarks.readme_tables import SECTIONS
from benchmarks.readme_tables_models import shipped

README = Path(__file__).resolve().parent.parent / "README.md"
PAGE = "http://127.0.0.1:7860/en/"
RESULTS = Path(__file__).resolve().parent / "results"


def catalogue() -> str:
    """Both catalogues as Markdown tables, printed from the objects that train."""
    lines = ["| recipe | what it is | its loss |", "| --- | --- | --- |"]
    lines += [f"| `{key}` | {item.title.en} · {item.title.zh} | `{item.loss}` |" for key, item in RECIPES.items()]
    lines += ["", "| loss | $L_D$ | $L_G$ | equilibrium |", "| --- | --- | --- | --- |"]
    for key, loss in LOSSES.items():
        rest = " / ".join("–" if value is None else f"{value:.4g}" for value in loss.equilibrium)
        formulas = (re.sub(r"^\\mathcal\{L\}_[DG] = ", "", loss.formula(player)) for player in ("d", "g"))
        lines.append(f"| `{key}` | " + " | ".join(f"${formula}$" for formula in formulas) + f" | {rest} |")
    return "\n".join(lines)


def api() -> str:
    """The endpoints as a table, and the example that streams."""
    rows = []
    for endpoint in ENDPOINTS.values():
        takes = ", ".join(_taken(item) for item in endpoint.parameters)
        name = f"{endpoint.title.en} · {endpoint.title.zh}"
        rows.append((f"`/{endpoint.key}`", name, takes, str(endpoint.at_once), str(endpoint.cost)))
    heads = ("endpoint", "what it does", "takes (its default)", "at once", "counts as calls")
    example = ENDPOINTS["train"].example.at(PAGE).python
    return f"```python\n{example}```\n\n{table(heads, rows)}"


def _taken(item: Parameter) -> str:
    """A parameter with its range and its default."""
    bounds = "" if item.least is None or item.most is None else f" {_plain(item.least)} to {_plain(item.most)}"
    default = "" if item.default is NEEDED else f" ({json.dumps(item.default)})"
    return f"`{item.name}`{bounds}{default}"


def _plain(bound: float) -> str:
    return f"{int(bound):,}" if bound == int(bound) else f"{bound:g}"


def figures() -> str:
    """The measured figures, with what they were measured on."""
    timing = json.loads((RESULTS / "time_to_digits.json").read_text())
    curve = json.loads((RESULTS / "yardstick.json").read_text())["curve"]
    shipped = json.loads((SHIPPED / "fast" / "config.json").read_text())["figures"]
    rows = [
        ("`fast`: steps from *Start* to recognisable", spread(timing["steps"], "{:.0f}")),
        ("`fast`: seconds from *Start* to recognisable", spread(timing["seconds"], "{:.2f} s")),
        ("`fast`: digit-FD (N = 1,000) at that moment", spread(timing["digit_fd"], "{:.1f}")),
        (
            "yardstick (`dcgan_tf`): digit-FD after the same seconds",
            spread(timing["yardstick_digit_fd_after_same_seconds"], "{:.0f}"),
        ),
        ("yardstick: seconds a step, same run", spread(timing["yardstick_seconds_per_step"], "{:.2f} s")),
    ]
    best = min(point["digit_fd"] for point in curve)
    rows.append((f"yardstick: best digit-FD within {curve[-1]['step']:,} steps", f"{best:.1f}"))
    bound = " (at least: its curve never gets there)" if timing["times_sooner_is_lower_bound"] else ""
    rows.append(
        (f"`fast` is there sooner than the yardstick by a factor of{bound}", spread(timing["times_sooner"], "{:,.0f}"))
    )
    for name, value in timing.get("click_to_first_frame_seconds", {}).items():
        rows.append((f"click to first frame, {name}", f"{value:.2f} s"))
    rows.append(
        (
            "shipped model `fast`: digit-FD at N = 5,000 (real digits: the floor)",
            f"{shipped['digit_fd']:.2f} ({shipped['digit_fd_floor']:.2f})",
        )
    )
    return (
        f"Measured on {timing['machine']}, {timing['seeds']} seeds, by `benchmarks/time_to_digits.py` "
        f"(which defines *recognisable*) and `benchmarks/yardstick.py` (one seed, {curve[-1]['step']:,} steps).\n\n"
        f"{table(('what', 'median (range)'), rows)}"
    )


def models() -> str:
    """What the shipped models' own files say of them."""
    folders = [SHIPPED / name for name in checkpoints.shipped()]
    configs = {folder.name: json.loads((folder / checkpoints.CONFIG).read_text()) for folder in folders}
    sizes = {
        folder.name: sum(file.stat().st_size for file in folder.glob("*.safetensors")) / 1000 for folder in folders
    }
    return shipped(configs, sizes)


def sections(results: Path = RESULTS) -> list[str]:
    """What the other benchmarks found, as far as they have been run."""
    found = {name: results / f"{name}.json" for name in SECTIONS}
    return [SECTIONS[name](json.loads(path.read_text())) for name, path in found.items() if path.is_file()]


def fill(text: str, parts: dict[str, Any]) -> str:
    """`text` with each part between its `<!-- begin name -->` and `<!-- end name -->`."""
    for name, content in parts.items():
        begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
        head, rest = text.split(begin)
        text = f"{head}{begin}\n{content}\n{end}{rest.split(end)[1]}"
    return text


def main() -> int:
    present = README.read_text()
    wanted = fill(
        present, {"api": api(), "catalogue": catalogue(), "figures": "\n\n".join([figures(), models(), *sections()])}
    )
    if "--check" in sys.argv:
        return int(wanted != present)
    README.write_text(wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main())
