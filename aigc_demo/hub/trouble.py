"""What went wrong with the Hub, said in one sentence that tells what to do."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from typing import Any

from aigc_demo.hub.client import Hub, Missing
from aigc_demo.text import Text, VisitorError

OFFLINE = Text(
    "连不上 {endpoint}。请检查网络；如果这里打不开 huggingface.co，可把环境变量 HF_ENDPOINT 设为镜像（例如 "
    "https://hf-mirror.com）再启动程序。随附的 digits5k 无需网络。",
    "{endpoint} cannot be reached. Check the connection; where huggingface.co is blocked, set HF_ENDPOINT to a mirror "
    "(such as https://hf-mirror.com) and start the program again. The bundled digits5k needs no network.",
)
BROKEN = Text(
    "与 {endpoint} 的连接一再中断，没有留下不完整的文件；请稍后再下载。",
    "The connection to {endpoint} broke again and again; no half file was left. Please try again later.",
)
SWITCHED_OFF = Text(
    "环境变量 HF_HUB_OFFLINE 禁止联网；要下载请先取消它。",
    "HF_HUB_OFFLINE forbids asking the Hub; unset it to download.",
)
GONE = Text(
    "{endpoint} 上找不到 {repo}（{what}）：仓库可能已改名、移走，或镜像没有收录。请换一个 HF_ENDPOINT，或更新本程序。",
    "{endpoint} does not have {repo} ({what}): it was renamed or removed, or the mirror lacks it. Try another "
    "HF_ENDPOINT, or a newer version of this program.",
)
GATED = Text(
    "{repo} 需要许可（{status}）：请在 Hub 上取得访问权，把你的令牌放进环境变量 HF_TOKEN，再启动程序。",
    "{repo} wants permission ({status}): get access on the Hub, put your token into HF_TOKEN, and start the program again.",
)
BUSY = Text(
    "{endpoint} 说请求太多（429），请过几分钟再试。",
    "{endpoint} says that it is asked too often (429); wait a few minutes.",
)
ILL = Text(
    "{endpoint} 现在不能提供服务（{status}），请稍后再试。",
    "{endpoint} cannot serve this now ({status}); please try again later.",
)
NOT_A_HUB = Text(
    "{endpoint} 的回答不像 Hugging Face Hub：请检查 HF_ENDPOINT、代理或需要登录的无线网。",
    "{endpoint} does not answer as a Hugging Face Hub does: check HF_ENDPOINT, the proxy, or a Wi-Fi that wants a login.",
)
FULL = Text(
    "{folder} 所在的磁盘空间不够，需要约 {mb} MB；请腾出空间，或用 AIGC_DEMO_HOME 换一个文件夹。",
    "The disk of {folder} has too little room: about {mb} MB are needed. Make room, or choose another folder with "
    "AIGC_DEMO_HOME.",
)
NOT_WRITABLE = Text(
    "无法写入 {folder}：{reason}。请用 AIGC_DEMO_HOME 换一个文件夹。",
    "{folder} cannot be written: {reason}. Choose another folder with AIGC_DEMO_HOME.",
)


@dataclass(frozen=True)
class Words:
    """The sentences that depend on what was asked of the Hub."""

    offline: Text
    broken: Text
    switched_off: Text
    gone: Text
    gated: Text


OF_SETS = Words(OFFLINE, BROKEN, SWITCHED_OFF, GONE, GATED)


def not_here(error: Exception) -> str:
    """What the Hub does not have, where this is what `error` says: another source may have it; else ''."""
    from huggingface_hub import errors

    if isinstance(error, errors.GatedRepoError):
        return ""
    if isinstance(error, Missing):
        return str(error)
    named = (errors.RepositoryNotFoundError, errors.RevisionNotFoundError, errors.RemoteEntryNotFoundError)
    return str(status_of(error) or 404) if isinstance(error, named) or status_of(error) in (404, 410) else ""


def is_passing(error: Exception) -> bool:
    """Whether a second try may succeed: the connection broke, or the server is busy or ill."""
    import httpx2

    status = status_of(error)
    return isinstance(error, httpx2.TransportError) or (status is not None and (status == 429 or status >= 500))


def said(error: Exception, hub: Hub, repo: str, words: Words = OF_SETS) -> VisitorError:
    """The sentence for what a request to the Hub raised. Raises `error` again where it is a fault of ours."""
    import httpx2
    from huggingface_hub import errors

    status = status_of(error)
    values: dict[str, Any] = {"endpoint": hub.endpoint, "repo": repo, "status": status}
    if isinstance(error, errors.OfflineModeIsEnabled):
        return VisitorError(words.switched_off)
    if isinstance(error, errors.GatedRepoError) or (status in (401, 403) and not not_here(error)):
        return VisitorError(words.gated.format(**values))
    if what := not_here(error):
        return VisitorError(words.gone.format(what=what, **values))
    if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.ProxyError):
        return VisitorError(words.offline.format(**values))
    if isinstance(error, httpx2.TransportError):
        return VisitorError(words.broken.format(**values))
    if status is not None:
        return VisitorError((BUSY if status == 429 else ILL).format(**values))
    if isinstance(error, httpx2.HTTPError | httpx2.InvalidURL | ValueError | KeyError | TypeError):
        return VisitorError(NOT_A_HUB.format(**values))  # a page instead of JSON, or JSON of another kind
    raise error


def is_of_disk(error: Exception) -> bool:
    """Whether an error comes from reading or writing a file; those of requests carry no number of the system."""
    return isinstance(error, OSError) and error.errno is not None


def disk_said(error: OSError, folder: Any, megabytes: float) -> VisitorError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return VisitorError(FULL.format(folder=folder, mb=f"{megabytes:.0f}"))
    return VisitorError(NOT_WRITABLE.format(folder=folder, reason=error.strerror or type(error).__name__))


def status_of(error: Exception) -> int | None:
    """The status of the answer that was an error; None where none came."""
    answer = getattr(error, "response", None)
    status = getattr(answer, "status_code", None)
    return status if isinstance(status, int) and status >= 400 else None
