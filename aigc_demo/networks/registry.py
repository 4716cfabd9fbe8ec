"""What there is to know about every network without building it: importing this loads neither Keras nor TensorFlow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aigc_demo.text import Text


@dataclass(frozen=True)
class Network:
    """One generator or discriminator by name.

    `builder` is "module:function"; a discriminator's function takes `channels` and `dropout`. The facts below decide
    which games and which recipes a network fits; a test compares them with the networks themselves.
    """

    key: str
    builder: str
    title: Text
    latent_size: int = 0  # a generator's; a discriminator has none
    conditional: bool = False  # also looks at the label
    class_head: bool = False  # a discriminator that also says which digit it sees
    batch_norm: bool = False  # has a batch normalisation, so the images of a batch influence one another in training
    features: bool = False  # a discriminator that also returns its last hidden layer
    styles: int = 0  # a generator whose layers take so many styles of a w, and noise: it can be asked to mix them
    compares: bool = False  # a discriminator that looks at how much the images of a batch differ, in use too
    stages: tuple[int, ...] = ()  # of a network that grows while it trains: the size of its images at each stage
    codes: int = 0  # InfoGAN's: how many uniform codes G takes beside a category, or D's Q reads back
    unbounded: bool = False  # a generator whose pixels may leave [-1, 1]; whoever shows them clips them


def _generator(key: str, builder: str, title: Text, latent_size: int, **facts: Any) -> Network:
    return Network(key, f"aigc_demo.networks.{builder}", title, latent_size, **facts)


def _discriminator(key: str, builder: str, title: Text, **facts: Any) -> Network:
    return Network(key, f"aigc_demo.networks.{builder}", title, features=True, **facts)


_TUTORIAL_4_3 = Text("教程 §4.3，照原样", "Tutorial §4.3, as written")
_TUTORIAL_4_3_REPAIRED = Text("教程 §4.3，已修正", "Tutorial §4.3, repaired")
_TUTORIAL_5_2 = Text("教程 §5.2，照原样", "Tutorial §5.2, as written")
_TUTORIAL_5_2_REPAIRED = Text("教程 §5.2，已修正", "Tutorial §5.2, repaired")
_TUTORIAL_CNN = Text("教程文字所述的 CNN", "The CNN of the tutorial's words")
_SAGAN = Text("SAGAN（自注意力，谱归一化）", "SAGAN (self-attention, spectral normalisation)")
_PROGRESSIVE = Text("渐进式生长 7→14→28", "Progressive growing, 7 to 14 to 28")
_DCGAN_TF = Text("TensorFlow 教程的 DCGAN", "TensorFlow's tutorial DCGAN")
_DCGAN = Text("轻量 DCGAN", "Slim DCGAN")
_MLP = Text("全连接", "Dense (MLP)")
_R3GAN = Text("小型 R3GAN", "Small R3GAN")
_SHUFFLE = Text("像素重排", "Pixel shuffle")
_INFOGAN = Text("InfoGAN（轻量）", "InfoGAN (slim)")
_INFOGAN_PAPER = Text("InfoGAN 论文的网络", "The networks of the InfoGAN paper")
_WGAN_GP = Text("WGAN-GP 论文的网络", "The networks of the WGAN-GP paper")

GENERATORS: dict[str, Network] = {
    network.key: network
    for network in (
        _generator(
            "fast", "fast:generator", Text("快速（条件卷积）", "Fast (conditional, convolutional)"), 64,
            conditional=True, batch_norm=True,
        ),
        _generator(
            "fast_deep", "fast:generator_deep", Text("快速，加深", "Fast, deeper"), 64, conditional=True, batch_norm=True
        ),
        _generator(
            "fast_no_norm", "fast:generator_no_norm",
            Text("快速，无批归一化", "Fast, without batch normalisation"), 64, conditional=True,
        ),
        _generator("tutorial_4_3", "tutorial:generator_4_3", _TUTORIAL_4_3, 100),
        _generator("tutorial_4_3_repaired", "tutorial:generator_4_3_repaired", _TUTORIAL_4_3_REPAIRED, 100),
        _generator("tutorial_5_2", "tutorial:generator_5_2", _TUTORIAL_5_2, 100),
        _generator("tutorial_5_2_repaired", "tutorial:generator_5_2_repaired", _TUTORIAL_5_2_REPAIRED, 100),
        _generator("tutorial_cnn", "tutorial:generator_cnn", _TUTORIAL_CNN, 100, batch_norm=True),
        _generator("dcgan_tf", "dcgan:generator_tf", _DCGAN_TF, 100, batch_norm=True),
        _generator("style", "style:generator", Text("小型 StyleGAN", "Small StyleGAN"), 64, styles=6),
        _generator("dcgan", "slim:generator", _DCGAN, 64, batch_norm=True),
        _generator(
            "projection", "slim:generator_conditional", Text("轻量 DCGAN，带标签", "Slim DCGAN with labels"), 64,
            conditional=True, batch_norm=True,
        ),
        _generator(
            "half", "slim:generator_half", Text("半宽 DCGAN，带标签", "Half-width DCGAN with labels"), 32,
            conditional=True, batch_norm=True,
        ),
        _generator("mlp", "mlp:generator", _MLP, 64),
        _generator("r3gan", "r3gan:generator", _R3GAN, 64, unbounded=True),
        _generator("shuffle", "shuffle:generator", _SHUFFLE, 64, batch_norm=True),
        _generator("wgan_gp_reference", "wgan_gp:generator", _WGAN_GP, 128),
        _generator("sagan", "sngan:generator_sagan", _SAGAN, 64, batch_norm=True),
        _generator("infogan", "infogan:generator", _INFOGAN, 64, conditional=True, batch_norm=True, codes=2),
        _generator(
            "infogan_paper", "infogan:generator_paper", _INFOGAN_PAPER, 64, conditional=True, batch_norm=True, codes=2
        ),
        _generator("progressive", "progressive:generator", _PROGRESSIVE, 64, stages=(7, 14, 28), unbounded=True),
    )
}  # fmt: skip

DISCRIMINATORS: dict[str, Network] = {
    network.key: network
    for network in (
        _discriminator(
            "fast", "fast:discriminator", Text("快速（条件卷积）", "Fast (conditional, convolutional)"),
            conditional=True, class_head=True,
        ),
        _discriminator(
            "fast_wide", "fast:discriminator_wide", Text("快速，加宽", "Fast, wider"), conditional=True, class_head=True
        ),
        _discriminator(
            "fast_deep", "fast:discriminator_deep", Text("快速，加宽加深", "Fast, wider and deeper"),
            conditional=True, class_head=True,
        ),
        _discriminator(
            "fast_bn", "fast:discriminator_bn", Text("快速，带批归一化", "Fast, with batch normalisation"),
            conditional=True, class_head=True, batch_norm=True,
        ),
        _discriminator("tutorial_4_3", "tutorial:discriminator_4_3", _TUTORIAL_4_3),
        _discriminator("tutorial_4_3_repaired", "tutorial:discriminator_4_3_repaired", _TUTORIAL_4_3_REPAIRED),
        _discriminator("tutorial_5_2", "tutorial:discriminator_5_2", _TUTORIAL_5_2),
        _discriminator("tutorial_5_2_repaired", "tutorial:discriminator_5_2_repaired", _TUTORIAL_5_2_REPAIRED),
        _discriminator("tutorial_cnn", "tutorial:discriminator_cnn", _TUTORIAL_CNN),
        _discriminator("dcgan_tf", "dcgan:discriminator_tf", _DCGAN_TF),
        _discriminator("dcgan", "slim:discriminator", _DCGAN),
        _discriminator(
            "projection", "slim:discriminator_projection", Text("轻量 DCGAN，投影标签", "Slim DCGAN with projected labels"),
            conditional=True,
        ),
        _discriminator(
            "acgan", "slim:discriminator_acgan", Text("轻量 DCGAN，带分类头", "Slim DCGAN with a class head"),
            class_head=True,
        ),
        _discriminator(
            "half", "slim:discriminator_half", Text("半宽 DCGAN，投影标签", "Half-width DCGAN with projected labels"),
            conditional=True,
        ),
        _discriminator("mlp", "mlp:discriminator", _MLP),
        _discriminator("r3gan", "r3gan:discriminator", _R3GAN),
        _discriminator("shuffle", "shuffle:discriminator", _SHUFFLE),
        _discriminator("wgan_gp_reference", "wgan_gp:discriminator", _WGAN_GP),
        _discriminator("sngan", "sngan:discriminator", Text("SNGAN（谱归一化）", "SNGAN (spectral normalisation)")),
        _discriminator("sagan", "sngan:discriminator_sagan", _SAGAN),
        _discriminator("infogan", "infogan:discriminator", _INFOGAN, codes=2),
        _discriminator("infogan_paper", "infogan:discriminator_paper", _INFOGAN_PAPER, batch_norm=True, codes=2),
        _discriminator(
            "progressive", "progressive:discriminator", _PROGRESSIVE, stages=(7, 14, 28), compares=True
        ),
    )
}  # fmt: skip


def go_together(generator: Network, discriminator: Network) -> bool:
    """Whether the two can play: what G is asked to draw must matter to D, and both must grow alike, if they grow."""
    if generator.stages != discriminator.stages or bool(generator.codes) != bool(discriminator.codes):
        return False
    return bool(generator.codes) or generator.conditional == (discriminator.conditional or discriminator.class_head)
