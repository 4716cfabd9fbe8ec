"""What a model on the Hub is called here: `hub:owner/name`, and `hub:owner/name@revision` for one state of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aigc_demo.text import Text, VisitorError

PREFIX = "hub:"
_PART = r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?"  # what the Hub allows, but for names that only it may give
_REPO = re.compile(rf"{_PART}/{_PART}")
_REVISION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,99}")
_COMMIT = re.compile(r"[0-9a-f]{40}")

_BAD_NAME = Text(
    "“{given}”不是 Hub 上模型的名称：应写成 owner/name，或 owner/name@版本。",
    "“{given}” is no name of a model on the Hub: write owner/name, or owner/name@revision.",
)
_BAD_TARGET = Text(
    "“{given}”不能作为仓库名：应写成 owner/name，或只写 name（放在你的账户下）；只用字母、数字、“-”、“_”和“.”。",
    "“{given}” cannot name a repository: write owner/name, or name alone for one of your account, in letters, digits, "
    "“-”, “_” and “.”.",
)


@dataclass(frozen=True)
class HubName:
    """A model repository, and which revision of it: a branch, a tag or a commit."""

    repo: str
    revision: str = "main"

    @property
    def is_pinned(self) -> bool:
        """Whether the revision is a whole commit, which never changes."""
        return bool(_COMMIT.fullmatch(self.revision))

    def __str__(self) -> str:
        return self.repo if self.revision == "main" else f"{self.repo}@{self.revision}"


def is_hub_name(given: str) -> bool:
    """Whether `given` speaks of the Hub, rightly or wrongly."""
    return given.startswith(PREFIX)


def hub_name(given: str) -> HubName:
    """`owner/name`, with or without `hub:` before and `@revision` after it; also the address of its page on the Hub.

    Raises `VisitorError`.
    """
    plain = re.sub(r"\Ahttps://(huggingface\.co|hf\.co)/", "", given.strip().removeprefix(PREFIX))
    repo, at, revision = plain.rstrip("/").replace("/tree/", "@", 1).partition("@")
    fits = is_repo(repo) and (not at or (_REVISION.fullmatch(revision) and ".." not in revision))
    if not fits:
        raise VisitorError(_BAD_NAME.format(given=given.strip()[:80]))
    return HubName(repo, revision or "main")


def target_name(given: str) -> str:
    """Where to push to: `owner/name`, or `name` alone. Raises `VisitorError`."""
    name = given.strip().removeprefix(PREFIX)
    if not is_repo(name if "/" in name else f"me/{name}"):
        raise VisitorError(_BAD_TARGET.format(given=given.strip()[:80]))
    return name


def is_repo(name: str) -> bool:
    """Whether `name` is an `owner/name` that the Hub could have, and that needs no escaping in an address."""
    return bool(_REPO.fullmatch(name)) and "--" not in name and ".." not in name and not name.endswith(".git")
