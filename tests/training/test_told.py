"""What networks tell of themselves: how many pixels an unbounded generator draws out of range."""

from __future__ import annotations

from aigc_demo.data import Dataset
from aigc_demo.networks import GENERATORS
from aigc_demo.networks.initialise import initialise
from aigc_demo.recipes import make_plan
from aigc_demo.training import Trainer
from aigc_demo.training.told import Outside


def test_the_share_of_pixels_out_of_range_is_told_of_the_averaged_generator(tiny_dataset: Dataset) -> None:
    trainer = Trainer(make_plan("r3gan", settings={"batch_size": 4}), tiny_dataset)
    last = trainer.ema.get_layer("image")
    for kernel, bias, share in ((0.0, 0.99, 0.0), (0.0, -1.01, 1.0)):
        last.kernel.assign(last.kernel * kernel)
        last.bias.assign([bias])
        assert trainer.scalars()["g.image.outside"] == share
    initialise(trainer.ema, 1, 1)
    last.kernel.assign(1000.0 * last.kernel)  # then hardly a pixel lies within
    assert 0.9 < trainer.scalars()["g.image.outside"] <= 1.0


def test_looking_changes_nothing(tiny_dataset: Dataset) -> None:
    trainer = Trainer(make_plan("r3gan", settings={"batch_size": 4}), tiny_dataset)
    before = trainer.state()
    trainer.scalars()
    after = trainer.state()
    assert all((before[name] == after[name]).all() for name in before)


def test_a_generator_that_ends_in_tanh_has_nothing_to_tell(tiny_dataset: Dataset) -> None:
    assert not GENERATORS["mlp"].unbounded
    trainer = Trainer(make_plan("mlp", settings={"batch_size": 4}), tiny_dataset)
    assert trainer.scalars() == {}
    assert Outside(trainer.ema)() == 0.0
