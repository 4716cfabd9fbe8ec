"""TensorBoard's event files: figures, pictures and settings of a run, for `tensorboard --logdir`."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aigc_demo.backend import tf
from aigc_demo.tracking import hparams
from aigc_demo.tracking.tracker import Fact, Moment

FLUSH_SECONDS = 1.0  # at most so long a figure waits to be seen
FILE_VERSION = "brain.Event:2"


class TensorBoardTracker:
    """One event file in `folder`, which TensorBoard shows as a run of that name.

    All figures of a step are one event, so that every step can be kept. An event's time is when the run began plus the
    seconds of training, so that TensorBoard's axis "Relative" shows training time alone.
    """

    name = "TensorBoard"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._started = 0.0
        self._writer: Any = None
        self._flushed = 0.0
        self._last = Moment(0, 0.0)

    def hparams(self, facts: Mapping[str, Fact], started: float, resumed: Moment | None = None) -> None:
        self._started = started
        self._folder.mkdir(parents=True, exist_ok=True)
        # The name that TensorBoard looks for; the random part tells apart files of the same second.
        path = self._folder / f"events.out.tfevents.{int(time.time())}.{secrets.token_hex(4)}"
        self._writer = tf.io.TFRecordWriter(str(path))
        self._write(self._event(Moment(0, 0.0), file_version=FILE_VERSION))
        if resumed is not None:  # TensorBoard then forgets what an earlier file says of later steps
            started = tf.compat.v1.SessionLog(status=tf.compat.v1.SessionLog.START)
            self._write(self._event(Moment(resumed.step + 1, resumed.seconds), session_log=started))
        moment = resumed or Moment(0, 0.0)
        self._plugin(moment, hparams.START_TAG, hparams.session_start(facts, self._folder.name, self._started))
        self._flush()

    def scalars(self, moment: Moment, values: Mapping[str, float]) -> None:
        summary = tf.compat.v1.Summary()
        for tag, value in values.items():
            summary.value.add(tag=tag, simple_value=value)
        self._write(self._event(moment, summary=summary))
        self._last = max(self._last, moment)
        if time.monotonic() - self._flushed >= FLUSH_SECONDS:
            self._flush()

    def images(self, moment: Moment, name: str, png: bytes) -> None:
        width, height = (int.from_bytes(png[at : at + 4]) for at in (16, 20))  # of the PNG's header
        summary = tf.compat.v1.Summary()
        image = tf.compat.v1.Summary.Image(height=height, width=width, colorspace=1, encoded_image_string=png)
        summary.value.add(tag=name, image=image)
        self._write(self._event(moment, summary=summary))
        self._flush()

    def close(self) -> None:
        if self._writer is None:
            return
        ended = self._started + self._last.seconds
        self._plugin(self._last, hparams.END_TAG, hparams.session_end(ended))
        writer, self._writer = self._writer, None
        writer.close()

    def _plugin(self, moment: Moment, tag: str, content: bytes) -> None:
        metadata = tf.compat.v1.SummaryMetadata()
        metadata.plugin_data.plugin_name, metadata.plugin_data.content = hparams.PLUGIN, content
        summary = tf.compat.v1.Summary()
        summary.value.add(tag=tag, metadata=metadata, tensor=tf.make_tensor_proto(0.0, shape=(1,)))
        self._write(self._event(moment, summary=summary))

    def _event(self, moment: Moment, **what: Any) -> Any:
        return tf.compat.v1.Event(wall_time=self._started + moment.seconds, step=moment.step, **what)

    def _write(self, event: Any) -> None:
        self._writer.write(event.SerializeToString())

    def _flush(self) -> None:
        self._writer.flush()
        self._flushed = time.monotonic()
