"""The command line: what it prints, what it writes, and one line for everything that is wrong."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from safetensors.numpy import load_file

from aigc_demo import checkpoints
from aigc_demo.commands import console, main
from aigc_demo.data import DATASETS, Dataset
from aigc_demo.latent import draw
from aigc_demo.losses import LOSSES
from aigc_demo.metrics.report import evaluate_images
from aigc_demo.networks import GENERATORS, build_discriminator, build_generator
from aigc_demo.recipes import RECIPES, SETTINGS, make_plan
from aigc_demo.runs import Session, read_plan
from aigc_demo.training import column_keys
from tests import models

ROOT = Path(__file__).parent.parent
FIGURE_KEYS = {
    *("digit_fd", "digit_fd_floor", "kid", "kid_error", "precision", "recall", "density", "coverage"),
    *("class_kl", "label_accuracy", "memorisation", "n"),
}


@pytest.fixture(autouse=True, scope="module")
def _recipe(session_home: Path) -> Iterator[None]:
    with models.tiny_recipe():
        yield


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint that no test may change."""
    return models.save(tmp_path_factory.mktemp("saved") / "model")


class Answer:
    """What a command printed, and its exit status."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def json(self) -> dict[str, Any]:
        """The last line of stdout, which must be one JSON object."""
        assert self.status == 0, self.err
        answer = json.loads(self.out.splitlines()[-1])
        assert isinstance(answer, dict)
        return answer

    @property
    def complaint(self) -> str:
        """The one line on stderr of a command that was refused."""
        assert self.status == 2
        assert self.out == ""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].startswith(("Error: ", "错误："))
        return lines[0]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    def command(*arguments: object) -> Answer:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Answer(status, printed.out, printed.err)

    return command


Run = Callable[..., Answer]


# ---- lists and help ----


@pytest.mark.parametrize(("name", "catalogue"), [("recipes", RECIPES), ("losses", LOSSES), ("datasets", DATASETS)])
def test_catalogues_are_listed(run: Run, name: str, catalogue: dict[str, Any]) -> None:
    listed = run(name, "--json").json[name]
    assert list(listed) == list(catalogue)
    assert all(set(item["title"]) == {"zh", "en"} for item in listed.values())
    plain = run(name)
    assert plain.status == 0
    assert [line.split()[0] for line in plain.out.splitlines()] == list(catalogue)


def test_losses_are_listed_with_every_term(run: Run) -> None:
    listed = run("losses", "--json").json
    for key, loss in LOSSES.items():
        assert [term["key"] for term in listed["losses"][key]["terms"]] == [
            term.key for term in loss.d_terms + loss.g_terms
        ]
    assert listed["auxiliaries"]["acgan"]["terms"][0]["symbol"]
    assert listed["auxiliaries"]["smooth"]["terms"][0]["most"] == 0.5


def test_recipes_are_listed_with_what_can_be_set(run: Run) -> None:
    listed = run("recipes", "--json").json
    assert list(listed["settings"]) == [*SETTINGS, "weight.<term>"]
    assert listed["settings"]["pac"]["most"] == 4
    assert listed["discriminators"]["fast_bn"]["batch_norm"]
    assert list(listed["generators"]) == list(GENERATORS)
    described = run("train", "--help").out
    assert all(key in described for key in SETTINGS)
    assert "weight.<term>" in described


def test_lists_need_no_tensorflow() -> None:
    """A process of its own, because in this one TensorFlow may be loaded already."""
    program = (
        "import sys; from aigc_demo.commands import main; status = main(['recipes', '--json']); "
        "heavy = {'tensorflow.python', 'keras', 'gradio'} & set(sys.modules); "
        "sys.exit(f'loaded: {heavy}' if heavy else status)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert "fast" in json.loads(done.stdout.splitlines()[-1])["recipes"]


@pytest.mark.parametrize(
    "command", ["recipes", "losses", "datasets", "train", "generate", "axes", "invert", "evaluate", "push", "pull"]
)
def test_every_command_has_help(run: Run, command: str) -> None:
    answer = run(command, "--help")
    assert answer.status == 0
    assert "--json" in answer.out
    assert command in run("--help").out


def test_no_command_is_a_call_for_help(run: Run) -> None:
    assert run().out == run("--help").out


def test_the_terminal_chooses_the_language(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert console.language() == "en"
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert console.language() == "zh"
    monkeypatch.setenv("LC_ALL", "C")
    assert console.language() == "en"
    monkeypatch.setattr(console, "LANG", "zh")
    assert run("train").complaint == "错误：缺少 --out。 用法见 --help。"


# ---- what is wrong ----

BAD_ARGUMENTS: dict[str, list[str]] = {
    "unknown command": ["paint"],
    "unknown option": ["recipes", "--colour"],
    "stray argument": ["recipes", "fast"],
    "no folder": ["train", "--steps", "3"],
    "option without value": ["train", "--out"],
    "empty folder": ["train", "--out", "", "--steps", "3"],
    "steps and seconds": ["train", "--out", "{new}", "--steps", "3", "--seconds", "3"],
    "steps no number": ["train", "--out", "{new}", "--steps", "many"],
    "half a step": ["train", "--out", "{new}", "--steps", "1.5"],
    "no steps": ["train", "--out", "{new}", "--steps", "0"],
    "seconds not a number": ["train", "--out", "{new}", "--seconds", "nan"],
    "seconds without end": ["train", "--out", "{new}", "--seconds", "inf"],
    "negative seconds": ["train", "--out", "{new}", "--seconds", "-3"],
    "negative seed": ["train", "--out", "{new}", "--seed", "-1"],
    "seed too large": ["train", "--out", "{new}", "--seed", "9" * 30],
    "unknown recipe": ["train", "--out", "{new}", "--recipe", "cake"],
    "unknown loss": ["train", "--out", "{new}", "--loss", "weight"],
    "unknown dataset": ["train", "--out", "{new}", "--dataset", "cats"],
    "no dataset file": ["train", "--out", "{new}", "--dataset", "cats.npz"],
    "setting without value": ["train", "--out", "{new}", "--set", "lr.g"],
    "automatic stop before it begins": ["train", "--out", "{new}", "--set", "auto_stop=-5"],
    "packs with labels": ["train", "--out", "{new}", "--set", "pac=2"],
    "slopes with batch normalisation": [
        "train",
        "--out",
        "{new}",
        "--loss",
        "wgan_gp",
        "--set",
        "discriminator=fast_bn",
    ],
    "a clip without its loss": ["train", "--out", "{new}", "--set", "clip=0.1"],
    "unknown optimiser": ["train", "--out", "{new}", "--set", "optimiser=sgd"],
    "setting twice": ["train", "--out", "{new}", "--set", "lr.g=0.1", "--set", "lr.g=0.2"],
    "unknown setting": ["train", "--out", "{new}", "--set", "colour=blue"],
    "unknown term": ["train", "--out", "{new}", "--set", "weight.d_love=1"],
    "lambda out of range": ["train", "--out", "{new}", "--set", "weight.g_recon_x=10.5"],
    "lambda no number": ["train", "--out", "{new}", "--set", "weight.g_recon_x=much"],
    "nothing to resume": ["train", "--out", "{new}", "--resume"],
    "a run is there already": ["train", "--out", "{saved}", "--steps", "3"],
    "a file in the way": ["train", "--out", "{saved}/README.md/x", "--steps", "3"],
    "no checkpoint": ["generate", "--out", "{new}.png"],
    "unknown checkpoint": ["generate", "--checkpoint", "{new}", "--out", "{new}.png"],
    "a file for a checkpoint": ["generate", "--checkpoint", "{saved}/config.json", "--out", "{new}.png"],
    "no output": ["generate", "--checkpoint", "{saved}"],
    "unknown ending": ["generate", "--checkpoint", "{saved}", "--out", "{new}.jpg"],
    "no ending": ["generate", "--checkpoint", "{saved}", "--out", "{new}"],
    "output is a folder": ["generate", "--checkpoint", "{saved}", "--out", "{folder}.png"],
    "no images": ["generate", "--checkpoint", "{saved}", "--out", "{new}.png", "--n", "0"],
    "too many images": ["generate", "--checkpoint", "{saved}", "--out", "{new}.npz", "--n", "100001"],
    "too many frames": ["generate", "--checkpoint", "{saved}", "--out", "{new}.gif", "--n", "1001"],
    "label of ten": ["generate", "--checkpoint", "{saved}", "--out", "{new}.png", "--label", "10"],
    "label no number": ["generate", "--checkpoint", "{saved}", "--out", "{new}.png", "--label", "seven"],
    "truncation": ["generate", "--checkpoint", "{saved}", "--out", "{new}.png", "--truncation", "2.5"],
    "generating seed": ["generate", "--checkpoint", "{saved}", "--out", "{new}.png", "--seed", "x"],
    "nowhere to write": ["generate", "--checkpoint", "{saved}", "--out", "{saved}/README.md/x.png"],
    "nothing to evaluate": ["evaluate"],
    "two things to evaluate": ["evaluate", "--checkpoint", "{saved}", "--samples", "{new}.npz"],
    "no samples": ["evaluate", "--samples", "{new}.npz"],
    "samples no file": ["evaluate", "--samples", "{saved}"],
    "samples no archive": ["evaluate", "--samples", "{saved}/config.json"],
    "n no number": ["evaluate", "--checkpoint", "{saved}", "--n", "x"],
}


@pytest.mark.parametrize("arguments", BAD_ARGUMENTS.values(), ids=BAD_ARGUMENTS.keys())
def test_bad_arguments_get_one_line(run: Run, saved: Path, tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "folder.png").mkdir()
    places = {"new": tmp_path / "new", "saved": saved, "folder": tmp_path / "folder"}
    before = sorted(tmp_path.rglob("*"))
    complaint = run(*(argument.format(**places) for argument in arguments)).complaint
    assert len(complaint) > len("Error: ...")
    assert sorted(tmp_path.rglob("*")) == before  # nothing was begun


def npz(path: Path, **arrays: Any) -> Path:
    np.savez(path, **arrays)
    return path


BAD_SAMPLES: dict[str, tuple[dict[str, Any], str]] = {
    "no images": ({"pictures": np.zeros((3, 28, 28), np.uint8)}, "lacks the array images"),
    "floats": ({"images": np.zeros((3, 28, 28))}, "uint8"),
    "another size": ({"images": np.zeros((3, 32, 32), np.uint8)}, "[3, 32, 32]"),
    "one image flat": ({"images": np.zeros((28, 28), np.uint8)}, "[28, 28]"),
    "none": ({"images": np.zeros((0, 28, 28), np.uint8)}, "not 0"),
    "objects": ({"images": np.array([{}, []], dtype=object)}, "readable"),
    "labels too few": ({"images": np.zeros((3, 28, 28), np.uint8), "labels": np.zeros(2, int)}, "labels"),
    "labels of ten": ({"images": np.zeros((3, 28, 28), np.uint8), "labels": np.full(3, 10)}, "labels"),
    "labels no integers": ({"images": np.zeros((3, 28, 28), np.uint8), "labels": np.zeros(3)}, "labels"),
}


@pytest.mark.parametrize(("arrays", "said"), BAD_SAMPLES.values(), ids=BAD_SAMPLES.keys())
def test_bad_samples_get_one_line(run: Run, tmp_path: Path, arrays: dict[str, Any], said: str) -> None:
    assert said in run("evaluate", "--samples", npz(tmp_path / "s.npz", **arrays)).complaint


def test_more_images_than_a_file_holds_are_not_measured(run: Run, tmp_path: Path, digits: Dataset) -> None:
    file = npz(tmp_path / "s.npz", images=digits.held_out[:5])
    assert "only 5 images" in run("evaluate", "--samples", file, "--n", "6").complaint


def test_a_damaged_checkpoint_gets_one_line_from_the_real_program(saved: Path, tmp_path: Path) -> None:
    """In a process of its own, where TensorFlow's C++ would write to stderr too."""
    real = ROOT / "checkpoints" / "features"  # a weights file that is whole, but of another network
    folder = Path(shutil.copytree(saved, tmp_path / "broken"))
    config = json.loads((folder / "config.json").read_text())
    config |= {"plan": make_plan("fast").to_json(), "network": "fast", "latent_size": 64}
    (folder / "config.json").write_text(json.dumps(config))
    shutil.copy(real / "features.safetensors", folder / "generator.safetensors")
    done = subprocess.run(
        [sys.executable, "-m", "aigc_demo", "evaluate", "--checkpoint", str(folder), "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=180,
        env={**os.environ, "LC_ALL": "C"},
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "Error: broken/generator.safetensors cannot be used: it lacks dense/kernel.",
    ]


def test_a_fault_of_ours_is_not_dressed_up(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aigc_demo.commands.catalogues.table", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run("recipes")


# ---- train ----


def train(run: Run, folder: Path, *arguments: object) -> Answer:
    return run("train", "--recipe", "tiny", "--out", folder, "--json", *arguments)


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "metrics.jsonl").read_text().splitlines()]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve steps in one go; no test may change it."""
    folder = tmp_path_factory.mktemp("trained") / "run"
    arguments = ["train", "--recipe", "tiny", "--steps", "12", "--seed", "3", "--set", "weight.g_recon_x=0.5"]
    assert main([*arguments, "--out", str(folder), "--json"]) == 0
    return folder


def test_training_fills_its_folder(trained: Path) -> None:
    wanted = {"config.json", "generator.safetensors", "discriminator.safetensors", "metrics.jsonl", "samples.png"}
    assert wanted | {"README.md"} <= {path.name for path in trained.iterdir()}
    plan = read_plan(trained)
    assert (plan.seed, plan.steps, plan.weights["g_recon_x"]) == (3, 12, 0.5)
    assert "recon_x" in plan.auxiliaries
    rows = lines(trained)
    assert [row["step"] for row in rows] == list(range(1, 13))
    loss = plan.loss_object()
    for row in rows:
        assert {"seconds", "d_total", "g_total", "score_real", "score_fake"} < set(row)
        weighted = sum(plan.weights.get(term.key, term.weight) * row[term.key] for term in loss.g_terms)
        assert row["g_total"] == pytest.approx(weighted, rel=1e-4)
    config = checkpoints.read_config(trained)
    assert config["step"] == 12
    assert set(config["figures"]) == FIGURE_KEYS
    with Image.open(trained / "samples.png") as sheet:
        assert sheet.size == (280, 168)


def test_training_says_what_it_did_in_json(run: Run, tmp_path: Path) -> None:
    answer = train(run, tmp_path / "run", "--seconds", "0.2")
    said = answer.json
    assert answer.err == ""
    assert {"steps", "seconds", "startup_seconds", "steps_per_second", "device", "metrics"} <= set(said)
    assert said["seconds"] >= 0.2
    assert said["startup_seconds"] > 0
    assert said["steps"] == len(lines(tmp_path / "run"))
    assert said["steps_per_second"] == pytest.approx(said["steps"] / said["seconds"])
    assert set(said["metrics"]) == FIGURE_KEYS
    assert said["metrics"]["n"] == 1000


def interrupt_after(monkeypatch: pytest.MonkeyPatch, steps: int) -> None:
    """Ctrl-C arrives while a call of the trainer is under way; calls are of one step."""
    advance = Session.advance

    def interrupted(self: Session, most: int | None = None) -> Any:
        progress = advance(self, most=1)
        if self.step == steps:
            signal.raise_signal(signal.SIGINT)
        return progress

    monkeypatch.setattr(Session, "advance", interrupted)


def test_ctrl_c_saves_and_resuming_goes_on_exactly(
    run: Run, trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "run"
    arguments = ["--steps", "12", "--seed", "3", "--set", "weight.g_recon_x=0.5"]
    before = signal.getsignal(signal.SIGINT)  # a shell that started the tests in the background ignores Ctrl-C
    with monkeypatch.context() as patch:
        interrupt_after(patch, 5)
        stopped = train(run, folder, *arguments)
    assert stopped.status == 130
    assert stopped.err.splitlines() == ["Interrupted and saved at step 5; go on with --resume."]
    assert signal.getsignal(signal.SIGINT) is before
    assert checkpoints.read_config(folder)["step"] == 5
    said = run("train", "--out", folder, "--resume", "--json").json
    assert said["steps"] == 12
    assert (folder / "generator.safetensors").read_bytes() == (trained / "generator.safetensors").read_bytes()
    for mine, whole in zip(lines(folder), lines(trained), strict=True):
        assert {**mine, "seconds": 0} == {**whole, "seconds": 0}
    assert said["seconds"] == pytest.approx(lines(folder)[-1]["seconds"], abs=1e-4)


RICH = {
    "packs, R1, shifts, dropout": [
        *("--recipe", "tutorial_4_3_repaired", "--loss", "rpgan", "--set", "pac=2", "--set", "weight.d_r1=0.5"),
        *("--set", "augment=1", "--set", "dropout=0.2", "--set", "batch_size=6"),
    ],
    "clipped critic with RMSProp and batch normalisation": [
        *("--recipe", "fast", "--loss", "wgan", "--set", "optimiser=rmsprop", "--set", "discriminator=fast_bn"),
        *("--set", "weight.d_drift=0.01", "--set", "weight.g_recon_x=0.1", "--set", "batch_size=4"),
    ],
}


@pytest.mark.parametrize("arguments", RICH.values(), ids=RICH)
def test_every_kind_of_run_is_resumed_exactly_with_all_its_figures(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    common = [*arguments, "--steps", "6", "--seed", "3", "--json"]
    assert run("train", "--out", tmp_path / "whole", *common).status == 0
    with monkeypatch.context() as patch:
        interrupt_after(patch, 2)
        assert run("train", "--out", tmp_path / "run", *common).status == 130
    assert run("train", "--out", tmp_path / "run", *common, "--resume").json["steps"] == 6
    plan, rows = read_plan(tmp_path / "run"), lines(tmp_path / "run")
    assert plan.settings().keys() == {item.split("=")[0] for item in arguments if "=" in item}
    for mine, whole in zip(rows, lines(tmp_path / "whole"), strict=True):
        assert set(mine) == {"step", "seconds", *column_keys(plan.loss_object())}
        for key in set(mine) - {"seconds"}:
            assert mine[key] == pytest.approx(whole[key], rel=1e-5, abs=1e-7), key
    mine, whole = (load_file(tmp_path / name / "generator.safetensors") for name in ("run", "whole"))
    for name, value in whole.items():
        np.testing.assert_allclose(mine[name], value, atol=1e-6, err_msg=name)


def test_the_same_command_with_resume_goes_on_to_its_total(run: Run, trained: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(trained, tmp_path / "run"))
    said = train(run, folder, "--steps", "15", "--seed", "3", "--set", "weight.g_recon_x=0.5", "--resume").json
    assert said["steps"] == 15
    assert [row["step"] for row in lines(folder)] == list(range(1, 16))
    again = train(run, folder, "--steps", "15", "--resume").json
    assert again["steps"] == 15


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--seed", "4"], "seed: it was 3, not 4"),
        (["--loss", "hinge"], "loss: it was non_saturating, not hinge"),
        (["--set", "lr.g=0.5"], "lr.g: it was 0.01, not 0.5"),
        (["--set", "augment=2"], "augment: it was 0, not 2"),
        (["--set", "optimiser=rmsprop"], "optimiser: it was adam, not rmsprop"),
        (["--set", "weight.d_r1=1"], "weight.d_r1"),
        (["--set", "colour=1"], "colour"),
        (["--steps", "0"], "number of steps"),
    ],
)
def test_resuming_changes_nothing_but_the_budget(run: Run, trained: Path, arguments: list[str], said: str) -> None:
    assert said in run("train", "--out", trained, "--resume", *arguments).complaint


def test_a_damaged_run_is_not_resumed(run: Run, trained: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(trained, tmp_path / "run"))
    state = folder / "training.safetensors"
    state.write_bytes(state.read_bytes()[:-20])
    assert "training.safetensors" in run("train", "--out", folder, "--resume", "--steps", "20").complaint
    (folder / "run.json").write_text("{")
    assert "run.json" in run("train", "--out", folder, "--resume").complaint


def test_own_data_is_found_again_from_anywhere(
    run: Run, tmp_path: Path, digits: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    npz(tmp_path / "mine.npz", images=digits.images[::20], labels=digits.labels[::20])
    monkeypatch.chdir(tmp_path)
    assert train(run, tmp_path / "run", "--dataset", "mine.npz", "--steps", "2").json["steps"] == 2
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert run("train", "--out", tmp_path / "run", "--resume", "--steps", "3", "--json").json["steps"] == 3
    npz(tmp_path / "mine.npz", images=digits.images[1::20], labels=digits.labels[1::20])
    assert "dataset" in run("train", "--out", tmp_path / "run", "--resume", "--steps", "4").complaint


def test_a_run_that_stops_being_finite_keeps_its_last_good_model(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    advance = Session.advance

    def broken(self: Session, most: int | None = None) -> Any:
        progress = advance(self, most)
        return progress and progress._replace(finite=False)

    monkeypatch.setattr(Session, "advance", broken)
    answer = train(run, tmp_path / "run", "--steps", "9")
    assert answer.status == 1
    assert len(answer.err.splitlines()) == 1
    said = json.loads(answer.out.splitlines()[-1])
    assert (said["state"], said["steps"]) == ("failed", 1)
    checkpoints.load(tmp_path / "run")


def test_a_disk_that_fills_up_is_said_so(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = Path.write_bytes

    def full(self: Path, content: bytes) -> int:
        if "metrics" in self.name or "safetensors" in self.name:
            raise OSError(28, "No space left on device")
        return write(self, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    assert "could not be written" in train(run, tmp_path / "run", "--steps", "2").complaint


# ---- generate ----


def generated(file: Path) -> tuple[np.ndarray, np.ndarray]:
    with np.load(file) as arrays:
        assert sorted(arrays.files) == ["images", "labels"]
        return arrays["images"], arrays["labels"]


def test_arrays_of_digits(run: Run, saved: Path, tmp_path: Path) -> None:
    file = tmp_path / "deep" / "digits.npz"
    said = run("generate", "--checkpoint", saved, "--n", "25", "--seed", "4", "--out", file, "--json").json
    assert (said["n"], said["seed"]) == (25, 4)
    images, labels = generated(file)
    assert (images.dtype, images.shape, labels.dtype) == (np.uint8, (25, 28, 28), np.int64)
    np.testing.assert_array_equal(labels, np.arange(25) % 10)
    model = checkpoints.load(saved)
    np.testing.assert_array_equal(images, model.render(draw(4, 25, model.latent_size), labels))


def test_one_digit_and_its_truncation(run: Run, saved: Path, tmp_path: Path) -> None:
    file = tmp_path / "d.npz"
    arguments = ["--checkpoint", saved, "--n", "6", "--label", "7", "--out", file]
    assert run("generate", *arguments, "--truncation", "0").status == 0
    images, labels = generated(file)
    assert labels.tolist() == [7] * 6
    assert (images == images[0]).all()
    assert run("generate", *arguments).status == 0
    assert not (generated(file)[0] == images).all()


def test_a_sheet(run: Run, saved: Path, tmp_path: Path) -> None:
    assert run("generate", "--checkpoint", saved, "--n", "35", "--out", tmp_path / "s.PNG").status == 0
    with Image.open(tmp_path / "s.PNG") as sheet:
        assert (sheet.format, sheet.mode, sheet.size) == ("PNG", "L", (280, 112))
        pixels = np.asarray(sheet)
    model = checkpoints.load(saved)
    images = model.render(draw(0, 35, model.latent_size), np.arange(35) % 10)
    np.testing.assert_array_equal(pixels[28:56, 84:112], images[13])


@pytest.mark.parametrize(("extra", "size"), [([], (560, 224)), (["--label", "3"], (112, 112))])
def test_a_moving_picture(run: Run, saved: Path, tmp_path: Path, extra: list[str], size: tuple[int, int]) -> None:
    assert run("generate", "--checkpoint", saved, "--n", "8", "--out", tmp_path / "f.gif", *extra).status == 0
    with Image.open(tmp_path / "f.gif") as film:
        assert (film.n_frames, film.size) == (8, size)


def test_an_unconditional_model_has_no_labels(run: Run, tmp_path: Path) -> None:
    weights = [models.weights(build("tutorial_4_3")) for build in (build_generator, build_discriminator)]
    checkpoints.write(tmp_path / "m", make_plan("tutorial_4_3"), *weights, {"step": 0, "seconds": 0})
    assert run("generate", "--checkpoint", tmp_path / "m", "--n", "3", "--out", tmp_path / "d.npz").status == 0
    assert generated(tmp_path / "d.npz")[1].tolist() == [-1, -1, -1]
    for ending in ("gif", "png"):
        assert (
            run("generate", "--checkpoint", tmp_path / "m", "--n", "3", "--out", tmp_path / f"d.{ending}").status == 0
        )
    refused = run("generate", "--checkpoint", tmp_path / "m", "--label", "3", "--out", tmp_path / "e.npz")
    assert "unconditional" in refused.complaint
    assert run("evaluate", "--checkpoint", tmp_path / "m", "--n", "20", "--json").json["label_accuracy"] is None


# ---- evaluate ----


def test_a_checkpoint_and_its_own_samples_measure_alike(run: Run, saved: Path, tmp_path: Path) -> None:
    measured = run("evaluate", "--checkpoint", saved, "--n", "40", "--seed", "2", "--json").json
    assert set(measured) == FIGURE_KEYS
    assert measured["n"] == 40
    run("generate", "--checkpoint", saved, "--n", "50", "--seed", "2", "--out", tmp_path / "s.npz")
    assert run("evaluate", "--samples", tmp_path / "s.npz", "--n", "40", "--seed", "2", "--json").json == measured
    assert run("evaluate", "--samples", tmp_path / "s.npz", "--json").json["n"] == 50


def test_real_digits_are_measured_from_a_file(run: Run, tmp_path: Path, digits: Dataset) -> None:
    images, labels = digits.held_out[::5], digits.held_out_labels[::5]
    plain = run("evaluate", "--samples", npz(tmp_path / "a.npz", images=images), "--json").json
    assert plain == evaluate_images(images)
    full = run(
        "evaluate", "--samples", npz(tmp_path / "b.npz", images=images, labels=labels.astype(np.uint8)), "--json"
    )
    assert full.json == evaluate_images(images, labels)
    none = run("evaluate", "--samples", npz(tmp_path / "c.npz", images=images, labels=np.full(200, -1)), "--json")
    assert none.json == plain


def test_figures_are_printed_for_people(run: Run, tmp_path: Path, digits: Dataset) -> None:
    printed = run("evaluate", "--samples", npz(tmp_path / "a.npz", images=digits.held_out[:20])).out
    assert {line.split()[0] for line in printed.splitlines()} == FIGURE_KEYS - {"kid_error", "label_accuracy"}


def test_a_run_ends_by_itself_when_its_digits_no_longer_improve(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = iter((4.0, *[7.0] * 10_000))
    monkeypatch.setattr("aigc_demo.metrics.live.live_figures", lambda *_, **__: {"digit_fd": next(values)})
    monkeypatch.setattr("aigc_demo.runs.prober.FIRST_SECONDS", 0.0)
    monkeypatch.setattr("aigc_demo.runs.prober.GAP_SECONDS", 0.05)
    monkeypatch.setattr("aigc_demo.runs.prober.SHARE", 100.0)
    answer = run("train", "--out", tmp_path / "run", "--seconds", "300", "--set", "auto_stop=0.5", "--json")
    assert answer.status == 0, answer.err
    assert answer.json["seconds"] < 100
    assert json.loads((tmp_path / "run" / "run.json").read_text())["best"]["digit_fd"] == 4.0
