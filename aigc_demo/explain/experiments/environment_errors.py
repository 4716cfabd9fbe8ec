"""The environment of section 5.1 (C19), asked of the packages that are installed here."""

from __future__ import annotations

import platform
from importlib.metadata import metadata

from aigc_demo.explain.experiments.base import Choice, Claim, Experiment, Frame, Outcome, Running
from aigc_demo.explain.experiments.bench import Bench
from aigc_demo.text import Text

OLD_PYTHON = "3.8"  # what section 5.1 creates
# The Pythons that TensorFlow 2.5.0 was built for, by the names of its wheels.
OLD_WHEELS = (("cp36", "cp36m"), ("cp37", "cp37m"), ("cp38", "cp38"), ("cp39", "cp39"))


def _environment(bench: Bench, seed: int) -> Running:
    from packaging.specifiers import SpecifierSet
    from packaging.tags import sys_tags

    about = metadata("tensorflow")
    allowed, here = SpecifierSet(about["Requires-Python"]), platform.python_version()
    accepted = {(tag.interpreter, tag.abi) for tag in sys_tags()}
    usable = [wheel for wheel in OLD_WHEELS if wheel in accepted]
    yield Frame(
        "written",
        1.0,
        rows=(
            ("python=3.8", f"{allowed.contains(OLD_PYTHON)}: Requires-Python {allowed}"),
            *((f"tensorflow-2.5.0-{python}", str((python, abi) in usable)) for python, abi in OLD_WHEELS),
        ),
    )
    yield Frame(
        "corrected", 1.0, rows=((f"python {here}", str(allowed.contains(here))), ("tensorflow", about["Version"]))
    )
    yield Outcome(
        {
            "old_python": int(allowed.contains(OLD_PYTHON)),
            "old_wheels": len(usable),
            "here": int(allowed.contains(here)),
        }
    )


C19 = Experiment(
    key="C19",
    question=Text(
        "§5.1 的 `python=3.8` 与 `tensorflow==2.5.0`，今天还装得出一个当前的 TensorFlow 吗？",
        "Do §5.1's `python=3.8` and `tensorflow==2.5.0` still lead to a current TensorFlow?",
    ),
    choices=(
        Choice(Text("能，pip 会自动升级", "Yes, pip upgrades by itself")),
        Choice(
            Text(
                "不能：新的 TensorFlow 不支持 3.8，旧的没有给新 Python 的安装包",
                "No: new TensorFlows refuse 3.8, and the old one has no wheel for new Pythons",
            ),
            is_right=True,
        ),
        Choice(Text("能，只是慢一些", "Yes, only slower")),
    ),
    claims=(
        Claim(
            "old_python",
            "written",
            Text(
                "这里装的 TensorFlow 允许 Python 3.8 吗（1 是，0 否）",
                "does the TensorFlow installed here allow Python 3.8 (1 yes, 0 no)",
            ),
            "=",
            0,
            digits=0,
        ),
        Claim(
            "old_wheels",
            "written",
            Text("2.5.0 的安装包里，这个 Python 能用几个", "wheels of 2.5.0 that this Python can use"),
            "=",
            0,
            digits=0,
        ),
        Claim(
            "here",
            "corrected",
            Text("它允许这里的 Python 吗（1 是，0 否）", "does it allow the Python that runs here (1 yes, 0 no)"),
            "=",
            1,
            digits=0,
        ),
    ),
    run=_environment,
    seconds=1.0,
)

EXPERIMENTS = (C19,)
