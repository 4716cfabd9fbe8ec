"""The page's files come from memory, packed, and may be kept for ever; nothing beside them is served."""

from __future__ import annotations

from collections.abc import Sequence

import httpx
import pytest
from starlette.responses import Response

from aigc_demo.ui.assets import FOLDER, GRADIOS, Assets, at_once, static_path
from aigc_demo.ui.security import HEADERS
from tests.loops import in_a_loop


async def ask(method: str, paths: Sequence[str], headers: dict[str, str]) -> list[httpx.Response]:
    application = Assets(Response("elsewhere"))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url="http://x") as client:
        return [await client.request(method, path, headers=headers) for path in paths]


def get(*paths: str, method: str = "GET", **headers: str) -> list[httpx.Response]:
    """What a server of the files answers, behind which everything is `elsewhere`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return in_a_loop(lambda: ask(method, paths, named))


def test_a_script_is_packed_for_those_who_unpack_and_plain_for_others() -> None:
    path = f"/{static_path()}/main.js"
    content = (FOLDER / "main.js").read_bytes()
    [plain] = get(path, accept_encoding="identity")
    [packed] = get(path, accept_encoding="gzip")
    assert plain.content == packed.content == content
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) == len(content)
    for answer in (plain, packed):
        assert answer.headers["content-type"].startswith("text/javascript")
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["vary"] == "Accept-Encoding"
    [head] = get(path, method="HEAD")
    assert (head.status_code, head.content) == (200, b"")


def test_every_file_is_there_under_the_hash_of_all() -> None:
    files = [path for path in FOLDER.rglob("*") if path.is_file()]
    names = [path.relative_to(FOLDER).as_posix() for path in files]
    answers = get(*(f"/{static_path()}/{name}" for name in names))
    assert [answer.content for answer in answers] == [path.read_bytes() for path in files]


def test_gradios_hashed_files_are_served_from_memory_too() -> None:
    name = next(path.name for path in sorted(GRADIOS.glob("index-*.js")))
    [answer] = get(f"/en/assets/{name}")
    assert answer.content == (GRADIOS / name).read_bytes()
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize(
    "path",
    [
        *("/static/0000000000000000/main.js", f"/{static_path()}/../server.py", f"/{static_path()}/"),
        *(f"/{static_path()}//etc/passwd", f"/{static_path()}/%2e%2e/server.py", "/en/assets/../index.html"),
        *("/en/assets/none-00000000.js", "/fr/assets/index.js", "/runs"),
    ],
)
def test_all_else_goes_on_to_the_application(path: str) -> None:
    [answer] = get(path)
    assert answer.text == "elsewhere"


def test_what_acts_goes_on() -> None:
    [answer] = get(f"/{static_path()}/main.js", method="POST")
    assert answer.text == "elsewhere"


MAIN = f"/{static_path()}/joined/main.js"


def request(*headers: str, path: str = MAIN, method: str = "GET", version: str = "1.1") -> bytes:
    return "\r\n".join((f"{method} {path} HTTP/{version}", "Host: x", *headers, "", "")).encode()


def test_the_joined_files_are_served_beside_the_scripts_and_carry_the_security_headers() -> None:
    for answer in get(MAIN, f"{MAIN}.map", f"/{static_path()}/joined/page.css", f"/{static_path()}/joined/dom.js"):
        assert answer.status_code == 200 and "immutable" in answer.headers["cache-control"]
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    [missing] = get(f"/{static_path()}/joined/pocket.js")
    assert missing.text == "elsewhere"


@pytest.mark.parametrize("accepts", ["gzip, deflate, br", "identity"])
def test_the_short_way_says_what_the_long_one_says(accepts: str) -> None:
    [answer] = get(MAIN, accept_encoding=accepts)
    raw = at_once(request(f"Accept-Encoding: {accepts}", "Connection: keep-alive"))
    assert raw is not None
    head, _, body = raw.partition(b"\r\n\r\n")
    status, *headers = head.decode().split("\r\n")
    assert status == "HTTP/1.1 200 OK"
    assert [tuple(line.split(": ", 1)) for line in headers] == list(answer.headers.items())
    assert len(body) == int(answer.headers["content-length"])
    assert (body == answer.content) == (accepts == "identity")


@pytest.mark.parametrize(
    "asked",
    [
        *(request("Content-Length: 5"), request("Transfer-Encoding: chunked"), request("Connection: close")),
        *(request("Upgrade: h2c", "Connection: Upgrade"), request("Expect: 100-continue"), request("Range: bytes=0-9")),
        *(
            request(method="HEAD"),
            request(method="POST"),
            request(version="1.0"),
            request("Host: y"),
            request("no colon"),
        ),
        *(request(" folded"), request("Bad : x"), request("X: \0"), request("X: a\nContent-Length: 5"), request()[:-2]),
        *(
            request() + request(),
            request() + b"x",
            b"",
            request(path="/en/"),
            request(path=f"/{static_path()}/../server.py"),
        ),
        *(
            request(path=f"{MAIN}?x"),
            request(path="/static/0000000000000000/main.js"),
            request().replace(b"Host: x\r\n", b""),
        ),
        request().replace(b"\r\n", b"\n"),
    ],
)
def test_all_that_is_no_plain_request_takes_the_long_way(asked: bytes) -> None:
    assert at_once(request("Accept: */*")) is not None
    assert at_once(asked) is None
