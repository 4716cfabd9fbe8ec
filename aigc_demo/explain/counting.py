"""What the tutorial's own numbers add up to: steps, images, epochs and parameters."""

from __future__ import annotations

from itertools import pairwise

EPOCHS = 10_000  # `epochs` of sections 4.3 and 5.2
BATCH = 128  # `batch_size`, which is also the length of its inner loop
MNIST_IMAGES = 60_000  # MNIST's training images


def steps_in_all() -> int:
    return EPOCHS * BATCH


def images_of_an_epoch() -> int:
    """How many images one pass of the outer loop would look at if every step had a batch of its own."""
    return BATCH * BATCH


def real_epochs_in_all() -> float:
    return steps_in_all() * BATCH / MNIST_IMAGES


def true_steps_of_an_epoch() -> int:
    """Whole batches in one pass over MNIST."""
    return MNIST_IMAGES // BATCH


def expected_share_seen(draws: int = BATCH * BATCH, images: int = MNIST_IMAGES) -> float:
    """The expected share of `images` that `draws` independent draws meet at least once."""
    return 1.0 - (1.0 - 1.0 / images) ** draws


def dense_parameters(*widths: int) -> int:
    """Weights and biases of dense layers from one of `widths` to the next."""
    return sum(before * after + after for before, after in pairwise(widths))


def tanh_layer_parameters() -> int:
    """Of one of section 5.2's layers `Dense(784, activation='tanh')` that follow another."""
    return dense_parameters(784, 784)


def convolution_parameters(kernel: int, channels_in: int, channels_out: int, bias: bool = True) -> int:
    """Weights and biases of one convolution, transposed or not, with a square kernel."""
    return kernel * kernel * channels_in * channels_out + (channels_out if bias else 0)
