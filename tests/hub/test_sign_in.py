"""Signing in at an OpenID provider on this machine, which checks everything that a provider may check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from aigc_demo.hub import openid, sign_in
from aigc_demo.hub.openid import provider_from_environment
from aigc_demo.hub.sign_in import SignIns
from aigc_demo.text import Refused, VisitorError
from tests.hub.fake_models import ADA
from tests.hub.fake_openid import SECRET, FakeOpenId

BACK = "https://somebody-demo.hf.space/login/callback"


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeOpenId]:
    fake = FakeOpenId()
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for name, value in fake.environment.items():
        monkeypatch.setenv(name, value)
    yield fake
    fake.close()


@pytest.fixture
def sign_ins(provider: FakeOpenId, clock: Clock) -> SignIns:
    return SignIns(clock=clock)


def handed(address: str) -> str:
    """What the window hands over that was sent back to `address`."""
    query = parse_qs(urlsplit(address).query)
    return f"{query['state'][0]}.{query['code'][0]}"


def refusal(act: Callable[[], Any]) -> str:
    with pytest.raises(VisitorError) as refused:
        act()
    return refused.value.text.en


def test_from_the_click_to_the_token(provider: FakeOpenId, sign_ins: SignIns, clock: Clock) -> None:
    begun = sign_ins.begin(BACK)
    asked = {key: values[0] for key, values in parse_qs(urlsplit(begun.url).query).items()}
    assert asked["redirect_uri"] == BACK and asked["scope"] == "openid profile contribute-repos"
    assert asked["response_type"] == "code" and begun.ticket not in begun.url
    session = sign_ins.finish(begun.ticket, handed(provider.agree(begun.url)))
    assert (session.name, session.seconds) == ("ada", 28800.0) and ADA not in repr(session)
    assert sign_ins.token_of(session.id) == ADA
    clock.now += 28801
    assert "over" in refusal(lambda: sign_ins.token_of(session.id))


def test_signing_out_forgets_the_token(provider: FakeOpenId, sign_ins: SignIns) -> None:
    begun = sign_ins.begin(BACK)
    session = sign_ins.finish(begun.ticket, handed(provider.agree(begun.url)))
    sign_ins.end(session.id)
    sign_ins.end("nobody's")
    with pytest.raises(Refused):
        sign_ins.token_of(session.id)


def test_only_ticket_and_code_of_the_same_visitor_bring_a_token(provider: FakeOpenId, sign_ins: SignIns) -> None:
    """Whoever begins and has a stranger agree has no code; whoever slips his own code to a stranger has not his state."""
    mine, theirs = sign_ins.begin(BACK), sign_ins.begin(BACK)
    code = handed(provider.agree(theirs.url))
    for ticket, given in ((mine.ticket, code), ("", code), ("no ticket", code), (mine.ticket, code)):
        assert "sign in again" in refusal(lambda ticket=ticket, given=given: sign_ins.finish(ticket, given))
    assert not any("token" in asked for asked in provider.asked)  # nothing was tried with it
    assert sign_ins.finish(theirs.ticket, code).name == "ada"
    assert "sign in again" in refusal(lambda: sign_ins.finish(theirs.ticket, code))  # once


@pytest.mark.parametrize(
    "given", ["", ".", "x", "{state}", "{state}.", "{state}.no-such-code", "{state}.a\nb", "{state}.{long}"]
)
def test_what_is_handed_over_may_be_anything(sign_ins: SignIns, given: str) -> None:
    begun = sign_ins.begin(BACK)
    state = parse_qs(urlsplit(begun.url).query)["state"][0]
    assert "sign in again" in refusal(lambda: sign_ins.finish(begun.ticket, given.format(state=state, long="x" * 5000)))


def test_a_ticket_is_good_for_ten_minutes(provider: FakeOpenId, sign_ins: SignIns, clock: Clock) -> None:
    begun = sign_ins.begin(BACK)
    clock.now += 601
    assert "sign in again" in refusal(lambda: sign_ins.finish(begun.ticket, handed(provider.agree(begun.url))))


def test_the_oldest_are_forgotten(provider: FakeOpenId, sign_ins: SignIns, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "MOST_PENDING", 2)
    monkeypatch.setattr(sign_in, "MOST_SESSIONS", 1)
    first, second, third = (sign_ins.begin(BACK) for _ in range(3))
    assert refusal(lambda: sign_ins.finish(first.ticket, handed(provider.agree(first.url))))
    sessions = [sign_ins.finish(one.ticket, handed(provider.agree(one.url))) for one in (second, third)]
    assert refusal(lambda: sign_ins.token_of(sessions[0].id)) and sign_ins.token_of(sessions[1].id) == ADA
    assert provider.asked.count("GET /.well-known/openid-configuration") == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": "https://elsewhere.example"},
        {"token_endpoint": None},
        {"token_endpoint": "file:///etc/passwd"},
        {"userinfo_endpoint": "http://user@127.0.0.1/"},
        {"padding": "x" * openid.MOST_BYTES},
    ],
)
def test_a_provider_that_makes_no_sense_is_not_believed(
    provider: FakeOpenId, sign_ins: SignIns, changes: dict[str, Any]
) -> None:
    provider.changes = changes
    assert "cannot be reached or gave no sensible answer" in refusal(lambda: sign_ins.begin(BACK))


@pytest.mark.parametrize(
    ("status", "token", "words"),
    [
        (200, {}, "sign in again"),
        (200, {"access_token": "two words\nand a line"}, "no token of the Hub"),
        (401, {}, "sign in again"),
        (500, {}, "cannot be reached"),
        (200, [], "cannot be reached"),
    ],
)
def test_a_token_that_is_none(provider: FakeOpenId, sign_ins: SignIns, status: int, token: Any, words: str) -> None:
    begun = sign_ins.begin(BACK)
    provider.status, code = status, handed(provider.agree(begun.url))
    provider.token = token
    assert words in refusal(lambda: sign_ins.finish(begun.ticket, code))


def test_names_and_times_of_any_kind(provider: FakeOpenId, sign_ins: SignIns) -> None:
    provider.user = {"preferred_username": "<b>ada</b>"}
    provider.token = {"access_token": ADA, "expires_in": -1}
    begun = sign_ins.begin(BACK)
    session = sign_ins.finish(begun.ticket, handed(provider.agree(begun.url)))
    assert (session.name, session.seconds) == ("", openid.USUAL_SECONDS)


def test_where_nothing_is_set_up(monkeypatch: pytest.MonkeyPatch, provider: FakeOpenId) -> None:
    assert SECRET not in repr(provider_from_environment())
    monkeypatch.setenv("OPENID_PROVIDER_URL", "ftp://elsewhere.example")
    assert provider_from_environment() is None
    monkeypatch.delenv("OAUTH_CLIENT_ID")
    ours = SignIns()
    assert not ours.is_offered and "not set up" in refusal(lambda: ours.begin(BACK))
    gone = openid.Provider("http://127.0.0.1:9", "a", "b")
    assert "127.0.0.1 cannot be reached" in refusal(lambda: SignIns(lambda: gone).begin(BACK))
