"""The messages of TensorBoard's HParams dashboard, without TensorBoard, which TensorFlow no longer brings.

They are written as its `plugin_data.proto` defines them: HParamsPluginData {version = 1, session_start_info = 3,
session_end_info = 4}; SessionStartInfo {map<string, google.protobuf.Value> hparams = 1, group_name = 4,
start_time_secs = 5}; SessionEndInfo {status = 1, end_time_secs = 2}.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

from aigc_demo.tracking.tracker import Fact

PLUGIN = "hparams"
START_TAG, END_TAG = "_hparams_/session_start_info", "_hparams_/session_end_info"
_SUCCESS = 1  # of the enumeration Status


def session_start(facts: Mapping[str, Fact], group: str, started: float) -> bytes:
    """The plugin's message for a run of these choices that began `started` seconds after 1970."""
    entries = b"".join(_part(1, _part(1, key.encode()) + _part(2, _value(value))) for key, value in facts.items())
    return _part(3, entries + _part(4, group.encode()) + _double(5, started))


def session_end(ended: float) -> bytes:
    """The plugin's message for the end of a run."""
    return _part(4, _whole(1, _SUCCESS) + _double(2, ended))


def _value(value: Fact) -> bytes:
    """A google.protobuf.Value: number_value = 2, string_value = 3."""
    return _part(3, value.encode()) if isinstance(value, str) else _double(2, float(value))


def _part(field: int, content: bytes) -> bytes:
    """A field that holds bytes: text, or a message."""
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _double(field: int, value: float) -> bytes:
    return _varint(field << 3 | 1) + struct.pack("<d", value)


def _whole(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _varint(value: int) -> bytes:
    """Seven bits a byte, the lowest first; the eighth says that more follow."""
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    found.append(value)
    return bytes(found)
