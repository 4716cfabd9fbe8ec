"""A model as it leaves this machine: the files of its checkpoint, less what is nobody's business."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Generator
from pathlib import Path, PurePath, PureWindowsPath

from aigc_demo.checkpoints.finding import shipped
from aigc_demo.checkpoints.parcel import SAMPLES, gather_whole
from aigc_demo.checkpoints.reading import CONFIG, read_config
from aigc_demo.checkpoints.writing import CARD
from aigc_demo.data import DATASETS
from aigc_demo.data.union import JOINT, parts_of
from aigc_demo.hub.client import Hub
from aigc_demo.hub.model_card import hub_card
from aigc_demo.hub.progress import Progress
from aigc_demo.hub.pushing import Pushed, push

UNPUBLISHED = "unpublished"  # stands for the id of a run, with which it could be watched


def push_model(
    folder: Path,
    target: str,
    hub: Hub,
    draw_samples: Callable[[], bytes],
    stop: threading.Event,
    *,
    private: bool = True,
) -> Generator[Progress | Pushed]:
    """`push` of the model in `folder`, made ready by `outgoing` once the whole name of its repository is known."""
    return push(target, hub, lambda repo: outgoing(folder, repo, draw_samples), stop, private=private)


def outgoing(folder: Path, repo: str, draw_samples: Callable[[], bytes]) -> dict[str, bytes]:
    """All that is sent of the model in `folder` to `repo`, by name; the samples are drawn where there are none yet.

    Raises `VisitorError`, or `NotFound`.
    """
    files = gather_whole(folder).files
    read_config(folder)  # what is damaged is not passed on
    config = json.loads(files[CONFIG])
    config["plan"]["dataset"] = _without_folder(config["plan"]["dataset"])
    if config["plan"].get("base") and config["plan"]["base"] not in shipped():
        config["plan"]["base"] = UNPUBLISHED
    files[CONFIG] = (json.dumps(config, indent=1, ensure_ascii=False) + "\n").encode()
    files[CARD] = hub_card(folder, repo, config, files.get(CARD, b"").decode(errors="replace")).encode()
    files[SAMPLES] = files.get(SAMPLES) or draw_samples()
    return files


def _without_folder(dataset: str) -> str:
    """The name of a set; of one that is a file, its name without where it lies."""
    parts = parts_of(dataset) or (dataset,)
    return JOINT.join(part if part in DATASETS else PureWindowsPath(PurePath(part).name).name for part in parts)
