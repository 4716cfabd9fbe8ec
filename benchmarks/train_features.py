"""Train the feature net that defines digit-FD, measure its reference and floors, and write checkpoints/features.

    python -m benchmarks.train_features --mnist mnist_train.npz

`mnist_train.npz` holds MNIST's 60,000 training digits: `images` uint8 [60000, 28, 28] and `labels`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import time
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from safetensors.numpy import save_file

from aigc_demo.data import digits5k_all, load, reserved_rows
from aigc_demo.home import SHIPPED
from aigc_demo.metrics import distances, features, yardsticks
from benchmarks.shipped_digits import training_rows

SEED = 0
EPOCHS = 8
FLOOR_SIZES = (500, 1000, 2000, 5000)


def train(images: np.ndarray, labels: np.ndarray) -> keras.Model:
    """The classifier after `EPOCHS` epochs of Adam with cosine decay and random shifts of up to 2 pixels."""
    keras.utils.set_random_seed(SEED)
    model = features.build()
    steps = EPOCHS * (len(images) // 128)
    optimiser = keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(2e-3, steps))
    padded = tf.constant(np.pad(images, ((0, 0), (2, 2), (2, 2))))
    targets = tf.constant(labels)

    @tf.function(autograph=False)
    def step(rows: tf.Tensor, shift: tf.Tensor) -> tf.Tensor:
        batch = tf.gather(padded, rows)[:, shift[0] : shift[0] + 28, shift[1] : shift[1] + 28, None]
        with tf.GradientTape() as tape:
            logits = model(tf.cast(batch, tf.float32) / 255.0, training=True)["logits"]
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(tf.gather(targets, rows), logits))
        optimiser.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
        return loss

    generator = np.random.default_rng(SEED)
    for epoch in range(EPOCHS):
        order = generator.permutation(len(images))
        losses = [
            step(tf.constant(order[start : start + 128]), tf.constant(generator.integers(0, 5, 2)))
            for start in range(0, len(order) - 127, 128)
        ]
        print(f"epoch {epoch + 1}/{EPOCHS}: loss {np.mean([value.numpy() for value in losses]):.4f}", flush=True)
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mnist", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=SHIPPED / "features")
    arguments = parser.parse_args()
    with np.load(arguments.mnist) as arrays:
        images, labels = arrays["images"], arrays["labels"].astype(np.int64)
    rows, reserved = training_rows(images), reserved_rows()
    started = time.perf_counter()
    model = train(images[rows], labels[rows])
    seconds = time.perf_counter() - started

    def read(batch: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        outputs = model.predict(batch[..., None] / np.float32(255), batch_size=1000, verbose=0)
        return outputs["features"], outputs["logits"].argmax(axis=-1)

    reference_features, reference_predicted = read(images[reserved["reference"]])
    floor_features, _ = read(images[reserved["floor"]])
    reference = distances.moments(reference_features)
    generator = np.random.default_rng(SEED)
    floors, spreads = {}, {}
    for size in FLOOR_SIZES:
        repeats = 1 if size == len(floor_features) else 20
        values = [
            distances.frechet_distance(
                distances.moments(floor_features[generator.permutation(len(floor_features))[:size]]), reference
            )
            for _ in range(repeats)
        ]
        floors[size], spreads[size] = float(np.mean(values)), [float(min(values)), float(max(values))]

    small = load("digits5k")
    asked = np.arange(1000) % 10
    samplers = {
        "noise": yardsticks.noise(1000, SEED),
        "mean_digit": yardsticks.mean_digit(small.images, 1000),
        "per_class_gaussian": yardsticks.per_class_gaussian(small.images, small.labels, asked, SEED),
    }
    scores = {
        name: distances.frechet_distance(distances.moments(read(batch)[0]), reference)
        for name, batch in samplers.items()
    }
    held_out_accuracy = float((read(small.held_out)[1] == small.held_out_labels).mean())

    arguments.out.mkdir(parents=True, exist_ok=True)
    tensors = {variable.path.removeprefix("digits/"): variable.numpy() for variable in model.variables}
    tensors |= {"reference/mean": reference.mean, "reference/covariance": reference.covariance}
    path = arguments.out / "features.safetensors"
    save_file(tensors, path)
    facts = {
        "about": "LeNet-size digit classifier; its 64 penultimate units define digit-FD",
        "parameters": int(model.count_params()),
        "trained_on": f"{len(rows):,} of MNIST's 60,000 training digits: all but the held-out and the reserved ones",
        "seed": SEED,
        "epochs": EPOCHS,
        "accuracy": float((reference_predicted == labels[reserved["reference"]]).mean()),
        "held_out_accuracy": held_out_accuracy,
        "floors": floors,
        "floor_ranges": spreads,
        "yardsticks": scores,
        "bundled_digits_seen": int(len(digits5k_all()[0]) - len(small.held_out)),
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }
    (arguments.out / "config.json").write_text(json.dumps(facts, indent=1) + "\n")
    (arguments.out / "README.md").write_text(card(facts, seconds))
    print(json.dumps(facts, indent=1))


def card(facts: dict, seconds: float) -> str:
    floors = "\n".join(
        f"| {size:,} | {value:.3f} | {facts['floor_ranges'][size][0]:.3f} – {facts['floor_ranges'][size][1]:.3f} |"
        for size, value in facts["floors"].items()
    )
    scores = "\n".join(f"| {name} | {value:.2f} |" for name, value in facts["yardsticks"].items())
    return f"""# The feature net behind digit-FD

A LeNet-size classifier of handwritten digits ({facts["parameters"]:,} parameters). Its 64 penultimate units are the
features of digit-FD, KID, coverage and label accuracy. It is frozen, never part of a loss, and its file is checked
against the hash in `config.json`. Digit-FD values of other feature nets are not comparable with these.

* Trained on {facts["trained_on"]}; seed {facts["seed"]}, {facts["epochs"]} epochs, {seconds:.0f} s on
  {platform.machine()}.
* Accuracy on the 5,000 reserved reference digits: {facts["accuracy"]:.4f}; on the 1,000 held-out bundled digits:
  {facts["held_out_accuracy"]:.4f}.
* Reference mean and covariance: the 5,000 reserved digits, seen by nothing that is shipped.
* Made by `python -m benchmarks.train_features --mnist mnist_train.npz`.

What real digits score against the reference (drawn from 5,000 further digits that nothing is trained on):

| N | digit-FD floor | range of draws |
| --- | --- | --- |
{floors}

Yardsticks at N = 1,000:

| sampler | digit-FD |
| --- | --- |
{scores}

The digits are MNIST's (Y. LeCun, C. Cortes, C. Burges); see the project's README for its licence.
"""


if __name__ == "__main__":
    main()
