"""The catalogue of losses. To add one, write one `Loss` object and name it in `LOSSES`; every list, chart, formula,
test and page follows.
"""

from aigc_demo.losses.auxiliary import AUXILIARIES, Auxiliary, NetworkFacts, carry, why_not
from aigc_demo.losses.base import Loss, Player, Round, Term, evaluate
from aigc_demo.losses.document import DOC_LITERAL, DOC_LITERAL_WORDS, DOC_SIGN_FIXED
from aigc_demo.losses.document_code import DOUBLE_SIGMOID, G_TARGET_ZERO
from aigc_demo.losses.jensen_shannon import DRAGAN, MINIMAX, NON_SATURATING
from aigc_demo.losses.relativistic import R3GAN, RASGAN, RPGAN
from aigc_demo.losses.scores import HINGE, LSGAN, LSGAN_CHI2
from aigc_demo.losses.wasserstein import WGAN, WGAN_GP
from aigc_demo.networks.base import DOutput
from aigc_demo.text import NotFound, Text

LOSSES: dict[str, Loss] = {
    loss.key: loss
    for loss in (
        NON_SATURATING,
        MINIMAX,
        DRAGAN,
        LSGAN,
        LSGAN_CHI2,
        WGAN,
        WGAN_GP,
        HINGE,
        RASGAN,
        RPGAN,
        R3GAN,
        DOC_LITERAL,
        DOC_LITERAL_WORDS,
        DOC_SIGN_FIXED,
        DOUBLE_SIGMOID,
        G_TARGET_ZERO,
    )
}


def find_loss(key: str) -> Loss:
    """The loss called `key`; raises `NotFound` with the list of names."""
    if isinstance(key, str) and key in LOSSES:  # what an API client sends may be anything
        return LOSSES[key]
    raise NotFound(
        Text(
            "没有名为“{key}”的损失。可用：{known}。", "There is no loss called “{key}”. Choose one of {known}."
        ).format(key=str(key)[:80], known=", ".join(LOSSES))
    )


__all__ = [
    "AUXILIARIES",
    "LOSSES",
    "Auxiliary",
    "DOutput",
    "Loss",
    "NetworkFacts",
    "Player",
    "Round",
    "Term",
    "carry",
    "evaluate",
    "find_loss",
    "why_not",
]
