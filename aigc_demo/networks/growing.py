"""Networks that grow while they train: at which step which stage comes in, and how far (Karras et al. 2018, section 2).

Nothing here knows a particular network. One that grows has `Fade` layers, one for each stage after the first, and an
attribute `stages`: a function that makes a cheaper model of the stages up to each, sharing all its layers.
"""

from __future__ import annotations

from typing import Any

from aigc_demo.backend import tf

Tensor = Any


def stage_at(step: int, phase: int, stages: int) -> int:
    """Which of `stages` (0 is the first) is trained in the step after `step` steps, each phase lasting `phase` steps.

    The first stage has one phase, in which it is trained; every later one has two, the fade and the training after it.
    """
    return min((step // phase + 1) // 2, stages - 1)


def begins(stage: int, phase: int) -> int:
    """After how many steps the fade of `stage` begins."""
    return max(2 * stage - 1, 0) * phase


def alpha_at(step: Any, phase: Any, stage: int) -> Any:
    """How far `stage` (1 or more) has come in after `step` steps, 0 to 1: linear over the steps of its fade.

    `step` and `phase` are numbers or scalar tensors.
    """
    return tf.clip_by_value(tf.cast(step, tf.float32) / tf.cast(phase, tf.float32) - (2.0 * stage - 1.0), 0.0, 1.0)


def stages_of(model: Any) -> tuple[Any, ...]:
    """Models to train the stages of `model` with, the smallest first; the last is `model` itself.

    Each takes and gives what `model` does, images of 28x28 too, and equals it while its later stages have not begun:
    what these would compute and multiply by 0 is left out. One that does not grow is its own only stage.
    """
    return (*model.stages(), model) if hasattr(model, "stages") else (model,)


class Growth:
    """The fades of networks that grow together, and what D sees of the data meanwhile.

    For networks that do not grow there is nothing to do.
    """

    def __init__(self, *models: Any) -> None:
        fades = [[layer for layer in model.layers if hasattr(layer, "alpha")] for model in models]
        self._fades = [fade for each in fades for fade in each]
        self._of_data = sorted(fades[0], key=lambda fade: fade.stage)
        self.ahead = tf.Variable(0, dtype=tf.int32, trainable=False)  # steps that a run which began grown need not make

    def variables(self) -> dict[str, Any]:
        """What resuming must have besides the networks."""
        return {"ahead": self.ahead} if self._fades else {}

    def reset(self) -> None:
        self.ahead.assign(0)

    def take_up(self, phase: int) -> None:
        """Go on growing from where the fades stand, in networks that were trained before; for a run at step 0."""
        alphas = [float(fade.alpha.numpy()) for fade in self._of_data]
        begun = sum(alpha > 0.0 for alpha in alphas)
        self.ahead.assign(begins(begun, phase) + round(alphas[begun - 1] * phase) if begun else 0)

    def follow(self, step: Tensor, phase: Tensor) -> None:
        """Set every fade to where it is after `step` steps."""
        for fade in self._fades:
            fade.alpha.assign(alpha_at(step + self.ahead, phase, fade.stage))

    def as_seen(self, images: Tensor) -> Tensor:
        """Real images [B, 28, 28, 1] as coarse as G's at the present stage, in a fade as blended as G's."""
        return _blended(images, [tf.convert_to_tensor(fade.alpha) for fade in self._of_data])


def _blended(images: Tensor, alphas: list[Tensor]) -> Tensor:
    """(1 - alpha) up(down(x)) + alpha x, with down(x) blended likewise by the alphas before."""
    if not alphas:
        return images
    coarse = _blended(tf.nn.avg_pool2d(images, 2, 2, "VALID"), alphas[:-1])
    return (1.0 - alphas[-1]) * tf.repeat(tf.repeat(coarse, 2, axis=1), 2, axis=2) + alphas[-1] * images
