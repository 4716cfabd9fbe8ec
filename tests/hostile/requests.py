"""What hostile visitors send to a server: bodies, paths, queries, calls of Gradio's queue, and what is no HTTP at all."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.hostile import corpus

# Names that bodies of ours have, of any route: each is filled with what it should not be.
FIELDS = (
    *(
        "recipe",
        "loss",
        "dataset",
        "seconds",
        "seed",
        "settings",
        "weights",
        "token",
        "lang",
        "model",
        "keep",
        "name",
        "runs",
    ),
    *(
        "z",
        "labels",
        "truncation",
        "styles",
        "n",
        "undo",
        "kind",
        "choices",
        "digits",
        "who",
        "phase",
        "plans",
        "titles",
    ),
    *(
        "image",
        "drawing",
        "label",
        "point",
        "keys",
        "size",
        "fps",
        "real",
        "fake",
        "batch",
        "study",
        "trials",
        "ranges",
    ),
    *(
        "steps",
        "answer",
        "round",
        "guess",
        "choice",
        "side",
        "s_real",
        "s_fake",
        "target",
        "id",
        "pinned",
        "repo",
        "private",
    ),
)
STARTS = {"seconds": 5, "steps": 3, "recipe": "fast", "lang": "en"}


@dataclass(frozen=True)
class Wish:
    method: str
    path: str
    content: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.path[:120]} {(self.content or b'')[:160]!r} {self.headers}"


JSON_HEADERS = {"content-type": "application/json"}


def bodies_to(path: str, count: int, seed: int) -> Iterator[Wish]:
    """`count` bodies for one address: broken ones, and objects with one or two wrong entries."""
    rng = random.Random(f"{path}{seed}")
    for turn in range(count):
        if turn % 3 == 2:
            content = rng.choice(corpus.BODIES)
        else:
            body = {rng.choice(FIELDS): rng.choice(corpus.VALUES) for _ in range(1 + turn % 3)}
            content = json.dumps(body).encode()
        yield Wish("POST", path, content, JSON_HEADERS)


def filled_paths(path: str, count: int, seed: int = 0) -> Iterator[str]:
    """The address with something hostile in each of its places."""
    rng = random.Random(f"{path}{seed}")
    for _ in range(count):
        parts = []
        for piece in path.split("{"):
            if parts:
                parts.append(rng.choice(corpus.PATHS))
                piece = piece.partition("}")[2]
            parts.append(piece)
        yield "".join(parts)


QUERIES = (
    *(
        "?",
        "?runs=" + ",".join(["a"] * 300),
        "?from=-1&to=1e400",
        "?from=NaN&to=x",
        "?s_real=NaN&s_fake=inf",
        "?run=%00",
    ),
    *(
        "?lang=%0d%0aX:1",
        "?name=" + "%f0%9f%92%a9" * 60,
        "?a=" + "b" * 6_000,
        "?__theme=%3Cscript%3E",
        "?u=javascript:alert(1)",
    ),
    *("?text=" + "x" * 5_000, "?size=-1", "?format=..%2f..", "?own=..,/etc/passwd"),
)


def readings(path: str, seed: int) -> Iterator[Wish]:
    rng = random.Random(f"{path}{seed}")
    places = 6 if "{" in path else 1
    for filled in filled_paths(path, places, seed):
        yield Wish("GET", filled)
        yield Wish("GET", filled + rng.choice(QUERIES), headers=hostile_headers(rng))


def hostile_headers(rng: random.Random) -> dict[str, str]:
    return rng.choice(
        (
            {"accept-language": "zh;q=nan," * 200},
            {"cookie": "lang=" + "x" * 3_000},
            {"referer": "javascript:alert(1)//%0a"},
            {"referer": "http://[::1"},
            {"x-forwarded-for": "<script>, 1.2.3.4"},
            {"x-forwarded-host": "evil.example, other"},
            {"origin": "http://[", "host": "x"},
            {"host": "]["},
            {"host": "evil.example"},
            {"last-event-id": "9" * 400},
            {"last-event-id": "-1"},
            {"range": "bytes=99999999999999999999-"},
            {"if-none-match": '"' * 500},
            {"accept-encoding": "br;q=x, gzip;q=1e999"},
            {"content-length": "0", "expect": "100-continue"},
        )
    )


def calls(functions: list[int], names: list[str], takes: dict[str, int], seed: int = 0) -> Iterator[tuple[Wish, str]]:
    """(a call, the session in whose stream its answer comes) for each of Gradio's functions, private ones as well."""
    rng = random.Random(seed)
    for turn, index in enumerate([*functions, -1, 10**9] * 2):
        session = f"g{turn}"
        data = [[], [None], [rng.choice(corpus.VALUES) for _ in range(7)], {"a": 1}, "x", None][turn % 6]
        body = {
            "data": data,
            "fn_index": index,
            "session_hash": session,
            "event_data": rng.choice(corpus.VALUES[:14]),
            "trigger_id": 0,
        }
        yield Wish("POST", "/en/gradio_api/queue/join", json.dumps(body).encode(), JSON_HEADERS), session
    for turn, name in enumerate(names):
        for place in range(6):
            session = f"n{turn}-{place}"
            # One call in three has another number of values than the function takes.
            data = [rng.choice(corpus.VALUES) for _ in range(takes.get(name, 2) + (place % 3 == 2))]
            body = {"data": data, "session_hash": session}
            yield Wish("POST", f"/en/gradio_api/call/{name}", json.dumps(body).encode(), JSON_HEADERS), ""
        body = {
            "data": [{"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}],
            "fn_index": 0,
            "session_hash": f"f{turn}",
        }
        yield Wish("POST", "/en/gradio_api/queue/join?__theme=x", json.dumps(body).encode(), JSON_HEADERS), f"f{turn}"


def junk() -> Iterator[bytes]:
    """What is no request, or none that should be understood."""
    host = b"Host: 127.0.0.1\r\n"
    yield b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"  # a greeting of TLS
    yield b"\0" * 3_000
    yield b"GET\r\n\r\n"
    yield b"GET / HTTP/9.9\r\n" + host + b"\r\n"
    yield b"get / http/1.1\r\n" + host + b"\r\n"
    yield b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n" + host + b"\r\n"
    yield b"GET / HTTP/1.1\r\n" + host + b"X: " + b"y" * 70_000 + b"\r\n\r\n"
    yield b"GET / HTTP/1.1\r\n" + host + b"".join(b"X-%d: y\r\n" % n for n in range(3_000)) + b"\r\n"
    yield b"GET / HTTP/1.1\r\n" + host + b"X: a\x00b\r\n\r\n"
    yield b"GET / HTTP/1.1\r\n" + host + b"X: a\r\n b\r\n\r\n"
    yield b"GET /\x1b[2J\n HTTP/1.1\r\n" + host + b"\r\n"
    yield b"GET /\xff\xfe HTTP/1.1\r\n" + host + b"\r\n"
    yield b"GET http://evil.example/ HTTP/1.1\r\n" + host + b"\r\n"
    yield b"GET //evil.example/%2f.. HTTP/1.1\r\n" + host + b"\r\n"
    yield b"CONNECT evil.example:443 HTTP/1.1\r\n" + host + b"\r\n"
    yield b"TRACE / HTTP/1.1\r\n" + host + b"\r\n"
    yield b"OPTIONS * HTTP/1.1\r\n" + host + b"\r\n"
    yield b"POST /runs HTTP/1.1\r\n" + host + b"Content-Length: -1\r\n\r\n"
    yield b"POST /runs HTTP/1.1\r\n" + host + b"Content-Length: 99999999999999999999\r\n\r\n{}"
    yield b"POST /runs HTTP/1.1\r\n" + host + b"Content-Length: 2\r\nContent-Length: 5\r\n\r\n{}"
    yield b"POST /runs HTTP/1.1\r\n" + host + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nX"
    yield b"POST /runs HTTP/1.1\r\n" + host + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}"
    yield b"POST /runs HTTP/1.1\r\n" + host + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n"
    yield b"POST /runs HTTP/1.1\r\n" + host + b"Transfer-Encoding: gzip, identity\r\n\r\n{}"
    yield b"GET / HTTP/1.1\r\n\r\n"
    yield (
        b"GET / HTTP/1.1\r\n"
        + host
        + b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: eA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    yield b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
    yield b"SSH-2.0-x\r\n"
    yield b"DELETE /runs HTTP/1.1\r\n" + host + b"\r\n"
    yield b"GET /%00%0d%0aX:1 HTTP/1.1\r\n" + host + b"\r\n"
