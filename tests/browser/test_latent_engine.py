"""The page's own evaluation of networks, in a real browser, beside TensorFlow's."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from aigc_demo import checkpoints, networks, recipes
from aigc_demo.backend import tf
from aigc_demo.data import Dataset, to_unit_range
from aigc_demo.home import SHIPPED
from aigc_demo.metrics.features import feature_net
from aigc_demo.recipes import RECIPES
from benchmarks.page_parity import largest_difference, write_untrained
from benchmarks.page_scripts import coded, decoded, run
from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

POINTS = 100
MOST_DIFFERENCE = 2  # of 255
JUDGED = 30
LOGIT_TOLERANCE = 0.01  # times 1 + |logit|: the page's kernels have half precision


@pytest.fixture(scope="module")
def folders(address: str, session_home: Path) -> Iterator[dict[str, Path]]:
    """The shipped model's folder, and an untrained checkpoint of every recipe among the program's runs."""
    made = {key: session_home / "runs" / f"engine-{key}" for key in RECIPES}
    for key, folder in made.items():
        write_untrained(key, folder)
    yield {**made, "shipped": SHIPPED / "fast"}
    for folder in made.values():
        shutil.rmtree(folder)


def test_the_page_draws_what_tensorflow_draws(open_page: OpenPage, folders: dict[str, Path]) -> None:
    """Every recipe's generator, at a thousand random points each."""
    page = open_page()
    differences = {name: largest_difference(page, folder, POINTS) for name, folder in folders.items()}
    assert max(differences.values()) <= MOST_DIFFERENCE, differences


def test_mixtures_and_truncation_mean_the_same_in_the_page_and_on_the_server(open_page: OpenPage) -> None:
    *differences, here, there, why = run(
        open_page(),
        """
        const mix = new Float32Array(10);
        [mix[3], mix[8]] = [0.3, 0.7];
        const [here, there] = [m.openRenderer(model), m.openRenderer(model, { server: true })];
        const found = [];
        for (const [classes, psi] of [[4, 0.5], [mix, 1], [[1, mix, 0, mix, 9], 2]]) {
          const [ours, theirs] = [await here.render(draws(5), classes, psi), await there.render(draws(5), classes, psi)];
          found.push(Math.max(...ours.map((value, i) => Math.abs(value - theirs[i]))));
        }
        return [...found, here.where, there.where, there.why];
        """,
    )
    assert max(differences) <= MOST_DIFFERENCE
    assert (here, there, why) == ("page", "server", "")


def test_every_stage_leads_to_the_picture(open_page: OpenPage) -> None:
    stages, picture = run(
        open_page(),
        """
        const renderer = m.openRenderer(model);
        const [z] = draws(1);
        const stages = await renderer.maps(z, 5, 0.5);
        const described = stages.map(({ name, shape, data, image }) => ({ name, shape, image, data: text(data) }));
        return [described, text(await renderer.render([z], 5, 0.5))];
        """,
    )
    values = {stage["name"]: decoded(stage["data"], np.float32).reshape(stage["shape"]) for stage in stages}
    assert stages[0]["name"] == "z"
    assert [stage["image"] for stage in stages] == [False] * (len(stages) - 1) + [True]
    assert (14, 14, 48) in [value.shape for value in values.values()]
    pixels = np.round(values[stages[-1]["name"]].reshape(784) * 127.5 + 127.5)
    assert np.abs(pixels - decoded(picture, np.uint8)).max() <= 1


def test_the_page_judges_as_tensorflow_does(open_page: OpenPage, digits: Dataset, folders: dict[str, Path]) -> None:
    """Every recipe's discriminator: its logit and, where it has them, its class logits."""
    page = open_page()
    images, labels = digits.images[:JUDGED], np.arange(JUDGED) % 10
    for name, folder in folders.items():
        found = run(
            page,
            """
            const judge = await m.openJudge(model.id);
            return rows(floats(asked.images), 784).map((image, i) => {
              const { logit, classLogits } = judge.score(image, i % 10);
              return [logit, ...(classLogits ?? [])];
            });
            """,
            model={"id": folder.name},
            images=coded(images / np.float32(255)),
        )
        expected = judged(folder, images, labels)
        assert expected[:, 0].std() > 0.001, name
        assert np.allclose(found, expected, rtol=LOGIT_TOLERANCE, atol=LOGIT_TOLERANCE), name


def judged(folder: Path, images: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Logit and class logits of the discriminator in `folder`, [n, 1 or 11]."""
    plan = recipes.Plan.from_json(checkpoints.read_config(folder)["plan"])
    model = networks.build_discriminator(plan.recipe.discriminator)
    kept = checkpoints.read_tensors(folder / checkpoints.DISCRIMINATOR)
    for variable in model.variables:
        if "seed" not in variable.name:
            variable.assign(kept[variable.path.removeprefix(f"{model.name}/")])
    found = []
    for image, label in zip(to_unit_range(images), labels, strict=True):  # alone, as in the page: batches may matter
        output = networks.discriminate(model, tf.constant(image[None]), tf.constant([label]), training=False)
        heads = [output.logit[:, None]] + ([] if output.class_logits is None else [output.class_logits])
        found.append(np.concatenate([head.numpy() for head in heads], axis=1))
    return np.concatenate(found)


def test_without_a_label_the_judge_says_what_it_thinks_on_the_average(open_page: OpenPage, digits: Dataset) -> None:
    mean, ten = run(
        open_page(),
        """
        const judge = await m.openJudge(model.id);
        const image = floats(asked.image);
        return [judge.score(image, null).logit, Array.from({ length: 10 }, (_, digit) => judge.score(image, digit).logit)];
        """,
        image=coded(digits.images[0] / np.float32(255)),
    )
    assert np.std(ten) > 0.1
    assert mean == pytest.approx(np.mean(ten), abs=1e-3)


def test_the_page_reads_digits_as_the_metrics_do(open_page: OpenPage, digits: Dataset) -> None:
    images = digits.images[:200]
    text = run(
        open_page(),
        "return text((await m.openClassifier()).read(floats(asked.images)));",
        images=coded(images / np.float32(255)),
    )
    probabilities = decoded(text, np.float32).reshape(-1, 10)
    assert np.allclose(probabilities.sum(axis=1), 1.0, atol=1e-5)
    assert (probabilities.argmax(axis=1) == feature_net().read(images).predicted).all()
