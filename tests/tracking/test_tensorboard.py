"""Event files read back: every figure at its step, the time of training, the settings as HParams wants them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from aigc_demo.latent.pictures import png
from aigc_demo.recipes import make_plan
from aigc_demo.tracking import Moment, TensorBoardTracker, facts_of, hparams
from tests.tracking.events import events_in, images_in, scalars_in

STARTED = 1_700_000_000.0


def _hparams_messages() -> Any:
    """TensorBoard's messages, built here from their definition in its plugin_data.proto."""
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory, struct_pb2

    kinds = descriptor_pb2.FieldDescriptorProto
    file = descriptor_pb2.FileDescriptorProto(name="hparams.proto", package="t", syntax="proto3")
    file.dependency.append("google/protobuf/struct.proto")

    def message(name: str, *fields: tuple[str, int, int, str]) -> Any:
        made = file.message_type.add(name=name)
        for field, number, kind, of in fields:
            made.field.add(name=field, number=number, type=kind, label=kinds.LABEL_OPTIONAL, type_name=of or None)
        return made

    message(
        "HParamsPluginData",
        ("version", 1, kinds.TYPE_INT32, ""),
        ("session_start_info", 3, kinds.TYPE_MESSAGE, ".t.SessionStartInfo"),
        ("session_end_info", 4, kinds.TYPE_MESSAGE, ".t.SessionEndInfo"),
    )
    start = message(
        "SessionStartInfo", ("group_name", 4, kinds.TYPE_STRING, ""), ("start_time_secs", 5, kinds.TYPE_DOUBLE, "")
    )
    start.field.add(
        name="hparams",
        number=1,
        type=kinds.TYPE_MESSAGE,
        label=kinds.LABEL_REPEATED,
        type_name=".t.SessionStartInfo.HparamsEntry",
    )
    entry = start.nested_type.add(name="HparamsEntry")
    entry.options.map_entry = True
    entry.field.add(name="key", number=1, type=kinds.TYPE_STRING, label=kinds.LABEL_OPTIONAL)
    entry.field.add(
        name="value",
        number=2,
        type=kinds.TYPE_MESSAGE,
        label=kinds.LABEL_OPTIONAL,
        type_name=".google.protobuf.Value",
    )
    message("SessionEndInfo", ("status", 1, kinds.TYPE_INT32, ""), ("end_time_secs", 2, kinds.TYPE_DOUBLE, ""))
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(struct_pb2.DESCRIPTOR.serialized_pb)
    pool.AddSerializedFile(file.SerializeToString())
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("t.HParamsPluginData"))


def test_the_hparams_messages_are_those_of_their_definition() -> None:
    facts = {"recipe": "fast", "lr.g": 0.003, "seed": 7, "名": "长" * 200}
    read = _hparams_messages().FromString(hparams.session_start(facts, "run", STARTED))
    found = {
        key: value.string_value if value.HasField("string_value") else value.number_value
        for key, value in read.session_start_info.hparams.items()
    }
    assert found == facts
    assert read.session_start_info.group_name == "run"
    assert read.session_start_info.start_time_secs == STARTED
    ended = _hparams_messages().FromString(hparams.session_end(STARTED + 2.5)).session_end_info
    assert (ended.status, ended.end_time_secs) == (1, STARTED + 2.5)


def test_the_facts_of_a_plan_are_what_train_takes() -> None:
    facts = facts_of(make_plan("fast", seed=4, settings={"lr.g": 0.01, "weight.d_r1": 0.5}))
    assert {"recipe": "fast", "seed": 4, "lr.g": 0.01, "weight.d_r1": 0.5, "batch_size": 32}.items() <= facts.items()


@pytest.fixture
def written(tmp_path: Path) -> Path:
    folder = tmp_path / "logs" / "run"
    tracker = TensorBoardTracker(folder)
    tracker.hparams({"lr.g": 0.01}, STARTED)
    tracker.scalars(Moment(1, 0.25), {"training/d_total": 1.5, "training/g_total": 0.1})
    tracker.images(Moment(1, 0.25), "samples", png(_grey()))
    tracker.scalars(Moment(2, 0.5), {"training/d_total": 1.25})
    tracker.close()
    tracker.close()  # twice is once
    return folder


def _grey() -> Any:
    import numpy as np

    return np.full((6, 4), 9, np.uint8)


def test_what_is_written_is_read_back(written: Path) -> None:
    events = events_in(written)
    assert events[0].file_version == "brain.Event:2"
    table = scalars_in(written)
    assert table["training/d_total"] == {1: 1.5, 2: 1.25}
    assert table["training/g_total"] == {1: pytest.approx(0.1)}
    (step, picture), *_ = images_in(written)
    assert (step, picture) == (1, png(_grey()))
    image = next(value.image for event in events for value in event.summary.value if value.HasField("image"))
    assert (image.width, image.height) == (4, 6)


def test_the_time_of_an_event_is_the_time_of_training(written: Path) -> None:
    times = {event.step: event.wall_time for event in events_in(written)}
    assert times == {0: STARTED, 1: STARTED + 0.25, 2: STARTED + 0.5}


def test_the_settings_carry_the_plugins_name(written: Path) -> None:
    found = {
        value.tag: value.metadata.plugin_data.plugin_name
        for event in events_in(written)
        for value in event.summary.value
        if value.HasField("metadata")
    }
    assert found == {hparams.START_TAG: "hparams", hparams.END_TAG: "hparams"}


def test_a_resumed_run_takes_back_what_came_after(written: Path) -> None:
    import tensorflow as tf

    again = TensorBoardTracker(written)
    again.hparams({"lr.g": 0.01}, STARTED, resumed=Moment(1, 0.25))
    again.scalars(Moment(2, 0.5), {"training/d_total": 7.0})
    again.close()
    starts = [event for event in events_in(written) if event.HasField("session_log")]
    assert [(event.step, event.session_log.status) for event in starts] == [(2, tf.compat.v1.SessionLog.START)]
    assert scalars_in(written)["training/d_total"] == {1: 1.5, 2: 7.0}
