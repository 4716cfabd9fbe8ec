"""What went wrong with a model on the Hub, in one sentence; what is common to all that is asked there is in `trouble`."""

from __future__ import annotations

from aigc_demo.hub.client import Hub
from aigc_demo.hub.trouble import Words, said, status_of
from aigc_demo.text import Text, VisitorError

_SWITCHED_OFF = Text(
    "环境变量 HF_HUB_OFFLINE 禁止联网；要推送或拉取模型请先取消它。",
    "HF_HUB_OFFLINE forbids asking the Hub; unset it to push or pull models.",
)
_OFFLINE = Text(
    "连不上 {endpoint}：请检查网络（HF_ENDPOINT 可指定镜像）。已在本机的模型无需网络。",
    "{endpoint} cannot be reached: check the connection (HF_ENDPOINT names a mirror). Models that are here need no network.",
)
_NEEDS_ACCESS = Text(
    "{repo} 需要许可（{status}）：请用有权读取它的令牌，或先在 Hub 上取得访问权。",
    "{repo} wants permission ({status}): use a token that may read it, or get access on the Hub first.",
)
OF_PULLING = Words(
    offline=_OFFLINE,
    broken=Text(
        "与 {endpoint} 的连接一再中断，没有留下不完整的模型；请稍后再拉取。",
        "The connection to {endpoint} broke again and again; no half model was left. Please pull again later.",
    ),
    switched_off=_SWITCHED_OFF,
    gone=Text(
        "{endpoint} 上没有可用的模型 {repo}（{what}）：名称或版本有误，它不是本软件的模型，或它是私有的（那就需要令牌）。",
        "{endpoint} has no such model as {repo} ({what}): the name or revision is wrong, it is none of this program's, or "
        "it is private and wants a token.",
    ),
    gated=_NEEDS_ACCESS,
)
_OF_PUSHING = Words(
    offline=_OFFLINE,
    broken=Text(
        "与 {endpoint} 的连接中断，推送没有完成；再推一次即可，已传的部分不会重传。",
        "The connection to {endpoint} broke and the push is not complete; push again, what has arrived is not sent twice.",
    ),
    switched_off=_SWITCHED_OFF,
    gone=Text("{endpoint} 上没有 {repo}（{what}）。", "{endpoint} does not have {repo} ({what})."),
    gated=_NEEDS_ACCESS,
)

TOKEN_REFUSED = Text(
    "{endpoint} 不接受这个令牌：它可能已过期、被撤销或没有复制完整。请换一个有写权限的令牌。",
    "{endpoint} does not accept this token: it may be old, revoked or not copied whole. Use another that may write.",
)
MAY_NOT_WRITE = Text(
    "这个令牌不能写入 {repo}：令牌需要写权限，仓库须属于你自己或你所在的组织。",
    "This token may not write to {repo}: it needs permission to write, and the repository must be yours or your "
    "organisation's.",
)
CHANGED = Text(
    "{repo} 刚刚被别人改动，没有覆盖它；请再推一次。",
    "{repo} was changed by somebody else just now and was not written over; push again.",
)


def said_of_pushing(error: Exception, hub: Hub, repo: str) -> VisitorError:
    """The sentence for what pushing to `repo` raised. Raises `error` again where it is a fault of ours."""
    error = cause_of(error)
    status = status_of(error)
    values = {"endpoint": hub.endpoint, "repo": repo}
    if status == 401:
        return VisitorError(TOKEN_REFUSED.format(**values))
    if status in (403, 404):
        return VisitorError(MAY_NOT_WRITE.format(**values))
    if status in (409, 412):
        return VisitorError(CHANGED.format(**values))
    return said(error, hub, repo, _OF_PUSHING)


def cause_of(error: Exception) -> Exception:
    """What went wrong first, where the library has put a `RuntimeError` of its own around it."""
    while isinstance(error, RuntimeError) and isinstance(error.__cause__, Exception):
        error = error.__cause__
    return error
