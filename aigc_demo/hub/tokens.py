"""A person's token for the Hub: looked at before it is used, and never repeated in a sentence, a log or a file.

A token that no header can hold would be repeated by the library that refuses it; so it is refused here, without its words.
"""

from __future__ import annotations

import os
import re

from aigc_demo.hub.client import OFFICIAL, Hub, hub_from_environment
from aigc_demo.text import Text, VisitorError

_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{4,4096}")

_BAD = Text(
    "这不是 Hub 的令牌：令牌只含字母、数字和少数符号，没有空格。请从 Hub 的设置页重新复制。",
    "This is no token of the Hub: a token has letters, digits and few signs, and no spaces. Copy it again from the Hub's "
    "settings.",
)
NEEDED = Text(
    "推送需要 Hub 的令牌（有写权限）：把它放进环境变量 HF_TOKEN，或先运行 hf auth login。",
    "Pushing needs a token of the Hub that may write: put it into HF_TOKEN, or run hf auth login first.",
)


def check_token(given: str) -> str:
    """`given` without the white space around it; '' is no token. Raises `VisitorError`, which does not say what it was."""
    token = given.strip()
    if token and not _TOKEN.fullmatch(token):
        raise VisitorError(_BAD)
    return token


def hub_of_this_machine() -> Hub:
    """The Hub for this machine's own user: with HF_TOKEN, or else with what a login left here. Raises `VisitorError`.

    A login was with huggingface.co: its token goes to no mirror. HF_TOKEN was set beside HF_ENDPOINT, and goes there.
    """
    hub = hub_from_environment()
    token = check_token(hub.token)
    if not token and hub.endpoint == OFFICIAL and not os.environ.get("HF_HUB_DISABLE_IMPLICIT_TOKEN"):
        from huggingface_hub import get_token

        token = check_token(get_token() or "")
    return Hub(hub.endpoint, token)


def hub_for(token: str) -> Hub:
    """The Hub for a visitor of the page: with his own token ('' for none) and never this machine's."""
    return Hub(hub_from_environment().endpoint, check_token(token))
