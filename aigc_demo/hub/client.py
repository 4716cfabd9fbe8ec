"""The Hub as this program uses it: what a revision holds, and the bytes of one file from any place on.

All requests go through `huggingface_hub`: its addresses, headers, session, proxies and errors. Files are streamed from
its session and not by `hf_hub_download`, since that reports and can be stopped once in 10 MB, stores in a cache of its
own, and asks Xet's servers, which a mirror does not have.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from aigc_demo.data.hub_catalogue import Source
from aigc_demo.hub.names import HubName
from aigc_demo.text import Text, VisitorError

OFFICIAL = "https://huggingface.co"
TIMEOUT = 20.0  # seconds without an answer or a byte
PATIENCE = 60.0  # the same of what the library asks by itself, such as a commit, for which it would wait for ever

_BAD_ENDPOINT = Text(
    "环境变量 HF_ENDPOINT 应是 http:// 或 https:// 开头的地址，例如 https://hf-mirror.com。",
    "HF_ENDPOINT must be an address that begins with http:// or https://, such as https://hf-mirror.com.",
)


@dataclass(frozen=True)
class RemoteFile:
    """A file of a revision, and what the Hub states of it: `sha256` where it is an LFS file, else the git blob's id."""

    path: str
    size: int
    sha256: str | None
    blob_id: str | None


Kind = Literal["dataset", "model"]


@dataclass(frozen=True)
class Located:
    """Files that were found in a repository, in the revision that was asked for, resolved to a `commit`."""

    repo: str
    kind: Kind
    commit: str
    files: dict[str, RemoteFile]


@dataclass(frozen=True)
class Hub:
    """A Hub at an address. `token` is sent to it, and to no other host, where it is not empty; it is never shown."""

    endpoint: str = OFFICIAL
    token: str = field(default="", repr=False)

    def locate(self, source: Source) -> Located:
        """Resolve the source's revision and find its files. Raises what `huggingface_hub` raises, also `Missing`."""
        info = self.api().dataset_info(source.repo, revision=source.revision, files_metadata=True, timeout=TIMEOUT)
        listed = {entry.rfilename: entry for entry in info.siblings or ()}
        wanted = source.train + source.test
        missing = [path for path in wanted if path not in listed]
        if missing or not info.sha:
            raise Missing(", ".join(missing) or source.revision)
        return Located(source.repo, "dataset", info.sha, {path: _remote(path, listed[path]) for path in wanted})

    def locate_model(self, name: HubName, needed: tuple[str, ...], wanted: tuple[str, ...]) -> Located:
        """Resolve a model's revision and find in it the files that are `needed`, and those `wanted` that are there.

        Each is asked for by name, the first at the revision, the others at its commit: a list of a stranger's files could
        be of any length. Raises as `locate`.
        """
        from huggingface_hub.errors import EntryNotFoundError

        at, found = name.revision, {}
        for path in (*needed, *wanted):
            try:
                commit, found[path] = self._look(name.repo, path, at)
            except EntryNotFoundError:
                if path in needed:
                    raise Missing(path) from None
                continue
            if not re.fullmatch(r"[0-9a-f]{40}", commit):
                raise Missing(at)
            at = commit
        return Located(name.repo, "model", at, found)

    def _look(self, repo: str, path: str, revision: str) -> tuple[str, RemoteFile]:
        """The commit that `revision` is, and what the Hub says of one file of a model in it."""
        library = _library()
        url = library.hf_hub_url(repo, path, revision=revision, endpoint=self.endpoint)
        said = library.get_hf_file_metadata(url, token=self.token or False, timeout=TIMEOUT, endpoint=self.endpoint)
        mark = said.etag or ""
        sha256, blob = (mark if re.fullmatch(rf"[0-9a-f]{{{length}}}", mark) else None for length in (64, 40))
        return said.commit_hash or "", RemoteFile(path, said.size or 0, sha256, blob)

    def api(self) -> Any:
        """The library's own client, at this endpoint and with this token alone."""
        library = _library()
        library.get_session().timeout = PATIENCE
        return library.HfApi(endpoint=self.endpoint, token=self.token or False)

    @contextmanager
    def open(self, found: Located, path: str, start: int = 0) -> Iterator[tuple[int, Iterator[bytes]]]:
        """Where the bytes begin, and the bytes: `start`, or 0 where the server does not serve parts.

        The session takes the token off a request that is sent on to another host.
        """
        library = _library()
        url = library.hf_hub_url(found.repo, path, repo_type=found.kind, revision=found.commit, endpoint=self.endpoint)
        headers = library.utils.build_hf_headers(token=self.token or False)
        headers["Accept-Encoding"] = "identity"  # what is counted and summed is the file itself
        if start:
            headers["Range"] = f"bytes={start}-"
        with library.get_session().stream("GET", url, headers=headers, timeout=TIMEOUT) as answer:
            library.utils.hf_raise_for_status(answer)
            begins = start if start and answer.status_code == 206 and _begins(answer.headers) == start else 0
            yield begins, answer.iter_bytes()  # as they come: what a broken connection brought is not lost


class Missing(Exception):
    """The repository is there, a file that the catalogue names is not."""


def hub_from_environment() -> Hub:
    """The Hub that HF_ENDPOINT names, by default huggingface.co, with HF_TOKEN where one is set. Raises `VisitorError`.

    A token that a login left on this machine is not used: whoever wants it sent says so.
    """
    endpoint = os.environ.get("HF_ENDPOINT", "").strip().rstrip("/") or OFFICIAL
    if not endpoint.startswith(("http://", "https://")):
        raise VisitorError(_BAD_ENDPOINT)
    return Hub(endpoint, os.environ.get("HF_TOKEN", "").strip())


def _library() -> Any:
    """`huggingface_hub`, which takes a second to import, without its habit of asking home who is using it.

    Else the first request of a process fetches a list of coding agents from huggingface.co, whatever the endpoint. Its
    own switches are environment variables, read when it is imported, which Gradio may have done long ago. Xet is left
    out for what is sent as well: its uploads cannot be followed or stopped, and a mirror has no such servers. Its bars
    would be drawn over ours, and its warnings hold the addresses for which a storage host asks no token.
    """
    import huggingface_hub
    from huggingface_hub import constants, utils

    constants.HF_HUB_DISABLE_TELEMETRY = True
    constants.HF_HUB_DISABLE_XET = True
    if constants.HF_HUB_DISABLE_PROGRESS_BARS is None:
        utils.disable_progress_bars()  # type: ignore[attr-defined]
    if "HF_HUB_VERBOSITY" not in os.environ:
        utils.logging.set_verbosity_error()
    return huggingface_hub


def _remote(path: str, entry: Any) -> RemoteFile:
    lfs = entry.lfs
    size = lfs.size if lfs else entry.size
    return RemoteFile(path, int(size or 0), lfs.sha256 if lfs else None, entry.blob_id)


def _begins(headers: Any) -> int | None:
    """Where the part begins that an answer says it holds: `Content-Range: bytes 100-199/200`."""
    unit, _, place = headers.get("Content-Range", "").partition(" ")
    first = place.partition("-")[0]
    return int(first) if unit == "bytes" and first.isdigit() else None
