"""The zip that the page makes of files chosen one by one: read here by Python's own reader and by the import."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

from aigc_demo.checkpoints.parcel import unpack
from tests.ui.page_modules import needs_node, run_modules

pytestmark = needs_node

FILES = {"config.json": b'{"format": 1}', "generator.safetensors": bytes(range(256)) * 300, "README.md": b""}


def test_a_zip_of_some_files(tmp_path: Path) -> None:
    body = """
      const files = Object.entries(given).map(([name, bytes]) => ({ name, bytes: Uint8Array.from(bytes) }));
      return { zip: zips.storedZip(files).flatMap((part) => [...part]), crc: files.map(({ bytes }) => zips.crc32(bytes)) };
    """
    given = {name: list(content) for name, content in FILES.items()}
    found = run_modules(body, {"zips": "zip-stored.js"}, tmp_path, given=given)
    content = bytes(found["zip"])
    assert found["crc"] == [zlib.crc32(value) for value in FILES.values()]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == FILES
    assert unpack(content).files == FILES
