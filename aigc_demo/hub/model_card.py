"""The card of a model as the Hub reads it: front matter that its search and its licence badge understand, then our card
with the samples and how to load the model from there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aigc_demo.checkpoints.about import read_about
from aigc_demo.checkpoints.card import card
from aigc_demo.checkpoints.card_reading import without_front_matter
from aigc_demo.checkpoints.finding import is_imported, written_at
from aigc_demo.checkpoints.importing import sizes_at
from aigc_demo.checkpoints.parcel import SAMPLES
from aigc_demo.checkpoints.reading import GENERATOR, trained_on
from aigc_demo.data import is_digits
from aigc_demo.data.hub_catalogue import HUB_SETS
from aigc_demo.data.union import parts_of
from aigc_demo.home import SHIPPED
from aigc_demo.metrics.report import FIGURES
from aigc_demo.recipes import Plan
from aigc_demo.text import Text

TASK = "unconditional-image-generation"
TAGS = ("gan", "aigc-demo", "tensorflow", "keras")

# The Hub's identifiers of the licences that `hub_catalogue` and our cards name in words; the bundled digits are MNIST's.
_LICENCES = {"digits5k": "cc-by-sa-3.0", "mnist": "cc-by-sa-3.0", "fashion_mnist": "mit", "kmnist": "cc-by-sa-4.0"}
_BUNDLED = {"digits5k": "mnist"}

_LOAD = Text("从 Hub 载入", "Load it from the Hub")
_SAMPLES = Text("样本", "Samples")
_PLAIN = Text(
    "权重是 safetensors，不含代码；config.json 说明了网络。不用本软件也能读出数组：",
    "The weights are safetensors, without code, and config.json says of which network. Without the program, as arrays:",
)


def hub_card(folder: Path, repo: str, config: Mapping[str, Any], written: str) -> str:
    """The whole README.md for `repo`. `config` is what the model's config.json says, `written` the card beside it.

    A card that came with an imported model is its maker's word: in its place stands what the configuration says and what
    was measured here. So it does where a model was measured after its card was written.
    """
    plan = Plan.from_json(config["plan"])
    about = read_about(folder)
    theirs = is_imported(folder.name)
    figures = about.measured if theirs else config["figures"] or about.measured
    if theirs or not written or figures is not config["figures"]:
        sizes = sizes_at(folder, written_at(folder))
        facts = {**config, "figures": figures, "trained_on": trained_on(config)}
        written = card(plan, facts, sizes[0] or 0, sizes[1] or 0)
    title, rest = re.match(r"(# [^\n]*\n)?(.*)", without_front_matter(written), re.DOTALL).groups()  # type: ignore[union-attr]
    parts = (
        f"---\n{front_matter(plan, figures, repo, _sets(folder, plan))}---\n",
        title or f"# {plan.recipe.title.en} · {plan.recipe.title.zh}\n",
        f"![{_SAMPLES.en} · {_SAMPLES.zh}]({SAMPLES})\n",
        rest.strip() + "\n",
        _loading(repo),
    )
    return "\n".join(parts)


def front_matter(plan: Plan, figures: Mapping[str, Any] | None, repo: str, sets: tuple[str, ...]) -> str:
    """YAML, written by the Hub's own library: licence, data, tags, and the figures as results that the Hub lists.

    `sets` are the names of the sets of images that it has learnt.
    """
    from huggingface_hub import EvalResult, ModelCardData

    licences = {_LICENCES.get(name, "other") for name in sets}
    known = [HUB_SETS[key].sources[0].repo for name in sets if (key := _BUNDLED.get(name, name)) in HUB_SETS]
    measured = figures if figures and known and is_digits(plan.dataset) else {}
    results = [
        EvalResult(
            task_type=TASK,
            dataset_type=known[0],
            dataset_name="MNIST",
            metric_type=key,
            metric_name=f"{name.en}, N = {measured['n']:,}" if measured.get("n") else name.en,
            metric_value=measured[key],
        )
        for key, name in FIGURES.items()
        if isinstance(measured.get(key), int | float)
    ]
    data = ModelCardData(
        license=licences.pop() if len(licences) == 1 else "other",
        datasets=known or None,
        library_name="keras",
        pipeline_tag=TASK,
        tags=[*TAGS, plan.recipe.key, plan.loss],
        model_name=repo.partition("/")[2] if results else None,
        eval_results=results or None,
    )
    return str(data.to_yaml()) + "\n"


def _sets(folder: Path, plan: Plan) -> tuple[str, ...]:
    """Those that the plan names; what we ship has learnt MNIST, from a file of our own."""
    return ("mnist",) if folder.parent == SHIPPED else parts_of(plan.dataset) or (plan.dataset,)


def _loading(repo: str) -> str:
    return (
        f"## {_LOAD.en} · {_LOAD.zh}\n\n"
        "```bash\n"
        f"python -m aigc_demo generate --checkpoint hub:{repo} --n 60 --out digits.png\n"
        f"python -m aigc_demo pull {repo}\n"
        "```\n\n"
        f"{_PLAIN.en}\n\n{_PLAIN.zh}\n\n"
        "```python\n"
        "from huggingface_hub import hf_hub_download\n"
        "from safetensors.numpy import load_file\n\n"
        f'weights = load_file(hf_hub_download("{repo}", "{GENERATOR}"))\n'
        "```\n"
    )
