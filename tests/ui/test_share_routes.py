"""The QR code of a page's address."""

from __future__ import annotations

import xml.etree.ElementTree as xml

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigc_demo.text import VisitorError
from aigc_demo.ui.share_routes import MOST_CHARACTERS, qr_svg


def test_an_address_becomes_a_square_picture() -> None:
    picture = xml.fromstring(qr_svg("http://192.168.0.7:7860/zh/?run=0123456789abcdef0123"))
    left, top, width, height = (float(part) for part in picture.attrib["viewBox"].split())
    assert (left, top) == (0, 0)
    assert width == height
    assert (width - 8 - 17) % 4 == 0  # without its border of four, a QR code is 17 + 4 x version modules wide


def test_other_addresses_give_other_pictures() -> None:
    assert qr_svg("https://a.example/?run=1") != qr_svg("https://a.example/?run=2")
    assert qr_svg("https://a.example/?run=1") == qr_svg("https://a.example/?run=1")


@pytest.mark.parametrize(
    "text",
    ["", "no address", "javascript:alert(1)", "//host/only", "http://", "http://[bad", "https://a.b/" + "x" * 2000],
)
def test_what_no_phone_could_open_is_refused(text: str) -> None:
    with pytest.raises(VisitorError):
        qr_svg(text)


@given(st.text(max_size=200))
def test_any_query_of_an_address_can_be_shown(query: str) -> None:
    address = f"https://host.example/?{query}"
    assert len(address) <= MOST_CHARACTERS
    assert qr_svg(address).startswith(b"<svg")


def test_the_route_answers_with_a_picture_or_a_sentence(client: httpx.Client) -> None:
    answer = client.get("/qr.svg", params={"text": "http://127.0.0.1:7860/en/"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/svg+xml"
    refusal = client.get("/qr.svg", params={"text": "x"}, headers={"accept-language": "zh"})
    assert refusal.status_code == 400
    assert "地址" in refusal.json()["error"]
