"""How much one visitor, and all of them, may ask of this server; read from the environment when it starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aigc_demo.recipes import MAX_SECONDS, MIN_SECONDS
from aigc_demo.text import Refused, Text, VisitorError

MOST_TOTAL_SECONDS = 3600  # an hour: what any run may come to by being extended again and again

TOO_MANY = Text(
    "你已有 {n} 次训练在进行或排队；这台服务器允许每人同时 {most} 次，请等其中一次结束。",
    "You already have {n} runs training or waiting, and this server allows {most} to a visitor; let one of them end "
    "first.",
)
TOO_LONG = Text(
    "这台服务器上一次训练总共最多 {most} 秒，这次会是 {seconds} 秒；请缩短时间。",
    "A run on this server may train for {most} seconds in all, and this would be {seconds}; choose less.",
)
TOO_MANY_MODELS = Text(
    "你已导入 {n} 个模型；这台服务器允许每人 {most} 个，请先删除一个。",
    "You have imported {n} models already, and this server allows {most} to a visitor; delete one first.",
)
NO_FETCHING = Text(
    "这台服务器不允许访客从 Hub 下载；管理员可运行 python -m aigc_demo datasets get 或 pull，或设 AIGC_DEMO_FETCH=1。",
    "On this server visitors may not have anything fetched from the Hub; its owner can run python -m aigc_demo datasets "
    "get, or pull, or set AIGC_DEMO_FETCH=1.",
)
_BAD = Text(
    "环境变量 {name} 应为 {least} 到 {most} 之间的整数，不能是“{given}”。",
    "{name} must be a whole number from {least} to {most}, not “{given}”.",
)
_BAD_OR_NONE = Text(
    "环境变量 {name} 应为 {least} 到 {most} 之间的整数（0 表示不限），不能是“{given}”。",
    "{name} must be a whole number from {least} to {most} (0 for no limit), not “{given}”.",
)
_BAD_SWITCH = Text(
    "环境变量 {name} 应为 0（不允许）或 1（允许），不能是“{given}”。",
    "{name} must be 0 (not allowed) or 1 (allowed), not “{given}”.",
)


@dataclass(frozen=True)
class Limits:
    """0 is no limit. A race counts as one run, and each of its members may train for `seconds`."""

    runs_per_visitor: int
    seconds: int  # training seconds of one run in all, extensions included
    queue: int  # runs or races that may wait
    kept_runs: int  # run folders kept on disk; the oldest of those that are over are removed
    imports_per_visitor: int = 0
    kept_imports: int = 0  # imported models kept on disk; the oldest are removed
    import_megabytes: int = 128  # of one imported model
    upload_megabytes: int = 1000  # of the pictures of one set of a visitor's own
    dataset_images: int = 200_000  # in one such set
    kept_datasets: int = 0  # such sets kept on disk; the oldest are removed
    api_per_visitor: int = 0  # calls of the API a minute
    api_per_minute: int = 0  # the same of all visitors together
    mcp: int = 1  # 1: assistants may use the tools at gradio_api/mcp
    mcp_train: int = 0  # 1: they may train as well, on one's own machine alone
    disk_megabytes: int = 5000  # of the data folder; over it the oldest runs, fetched sets and caches are removed
    followers: int = 1000  # pages that follow a run or a race at once
    followers_per_visitor: int = 0
    requests: int = 200  # that act or compute, worked on at once
    runs_at_once: int = 1  # runs or races that train at the same time on one device, if its memory has room
    fetch: int = 1  # 1: whoever asks may have sets and models of the Hub fetched; 0: nobody on the page

    def check_seconds(self, seconds: float) -> None:
        """Raises `Refused` when a run of so many training seconds is too long."""
        if seconds > self.seconds:
            raise Refused(TOO_LONG.format(most=self.seconds, seconds=f"{seconds:.0f}"))

    def check_visitor(self, going: int) -> None:
        """Raises `Refused` when somebody with so many runs training or waiting may not start another."""
        if self.runs_per_visitor and going >= self.runs_per_visitor:
            raise Refused(TOO_MANY.format(n=going, most=self.runs_per_visitor))

    def check_imports(self, kept: int) -> None:
        """Raises `Refused` when somebody with so many imported models may not import another."""
        if self.imports_per_visitor and kept >= self.imports_per_visitor:
            raise Refused(TOO_MANY_MODELS.format(n=kept, most=self.imports_per_visitor))

    def check_fetching(self) -> None:
        """Raises `Refused` where the page may not have sets or models of the Hub fetched."""
        if not self.fetch:
            raise Refused(NO_FETCHING)

    def to_json(self) -> dict[str, int]:
        """What the page shows: the longest run that can be started, and the rest as it is here."""
        return {
            "start_seconds": min(self.seconds, MAX_SECONDS),
            "seconds": self.seconds,
            "runs_per_visitor": self.runs_per_visitor,
            "queue": self.queue,
            "kept_runs": self.kept_runs,
            "followers": self.followers,
        }


LOCAL = Limits(runs_per_visitor=0, seconds=MOST_TOTAL_SECONDS, queue=8, kept_runs=0)
PUBLIC = Limits(
    runs_per_visitor=2,
    seconds=120,
    queue=8,
    kept_runs=200,
    imports_per_visitor=5,
    kept_imports=100,
    import_megabytes=32,
    upload_megabytes=20,
    dataset_images=20_000,
    kept_datasets=200,
    disk_megabytes=2000,
    followers=600,
    followers_per_visitor=400,  # a whole hall may stand behind one address
    api_per_visitor=120,
    api_per_minute=1200,
    fetch=0,
)


def limits_from(environment: Mapping[str, str], is_public: bool) -> Limits:
    """`PUBLIC` or `LOCAL`, with what the environment says otherwise. Raises `VisitorError` naming a wrong variable."""
    default = PUBLIC if is_public else LOCAL
    read = _Reader(environment)
    return Limits(
        runs_per_visitor=read.whole("AIGC_DEMO_RUNS_PER_VISITOR", 0, 100, default.runs_per_visitor),
        seconds=read.whole("AIGC_DEMO_MAX_SECONDS", MIN_SECONDS, MOST_TOTAL_SECONDS, default.seconds),
        queue=read.whole("AIGC_DEMO_QUEUE", 1, 100, default.queue),
        kept_runs=read.whole("AIGC_DEMO_KEPT_RUNS", 0, 100_000, default.kept_runs),
        imports_per_visitor=read.whole("AIGC_DEMO_IMPORTS_PER_VISITOR", 0, 1000, default.imports_per_visitor),
        kept_imports=read.whole("AIGC_DEMO_KEPT_IMPORTS", 0, 100_000, default.kept_imports),
        import_megabytes=read.whole("AIGC_DEMO_IMPORT_MEGABYTES", 1, 128, default.import_megabytes),
        upload_megabytes=read.whole("AIGC_DEMO_UPLOAD_MEGABYTES", 1, 100_000, default.upload_megabytes),
        dataset_images=read.whole("AIGC_DEMO_DATASET_IMAGES", 2, 200_000, default.dataset_images),
        kept_datasets=read.whole("AIGC_DEMO_KEPT_DATASETS", 0, 100_000, default.kept_datasets),
        api_per_visitor=read.whole("AIGC_DEMO_API_PER_VISITOR", 0, 100_000, default.api_per_visitor),
        api_per_minute=read.whole("AIGC_DEMO_API_PER_MINUTE", 0, 1_000_000, default.api_per_minute),
        mcp=read.switch("AIGC_DEMO_MCP", default.mcp),
        mcp_train=read.switch("AIGC_DEMO_MCP_TRAIN", default.mcp_train),
        disk_megabytes=read.whole("AIGC_DEMO_DISK_MEGABYTES", 0, 10**9 - 1, default.disk_megabytes),
        followers=read.whole("AIGC_DEMO_FOLLOWERS", 0, 10_000, default.followers),
        followers_per_visitor=read.whole("AIGC_DEMO_FOLLOWERS_PER_VISITOR", 0, 10_000, default.followers_per_visitor),
        requests=read.whole("AIGC_DEMO_REQUESTS", 0, 10_000, default.requests),
        runs_at_once=read.whole("AIGC_DEMO_RUNS_AT_ONCE", 1, 16, default.runs_at_once),
        fetch=read.switch("AIGC_DEMO_FETCH", default.fetch),
    )


class _Reader:
    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def whole(self, name: str, least: int, most: int, default: int) -> int:
        given = self._environment.get(name, "").strip()
        if not given:
            return default
        if given.isascii() and given.isdigit() and len(given) < 10 and least <= int(given) <= most:
            return int(given)
        raise self._wrong(name, least, most, given)

    def switch(self, name: str, default: int) -> int:
        """0 or 1."""
        given = self._environment.get(name, "").strip() or str(default)
        if given not in ("0", "1"):
            raise VisitorError(_BAD_SWITCH.format(name=name, given=given[:40]))
        return int(given)

    def _wrong(self, name: str, least: int, most: int, given: str) -> VisitorError:
        sentence = _BAD_OR_NONE if least == 0 else _BAD
        return VisitorError(sentence.format(name=name, least=least, most=most, given=given[:40]))
