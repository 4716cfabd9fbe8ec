"""The routes that push and pull models and sign visitors in, over a Hub and an OpenID provider on this machine."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from aigc_demo.checkpoints.about import read_about
from aigc_demo.checkpoints.parcel import gather
from aigc_demo.runs import Studio
from tests import models
from tests.hub.fake_hub import FakeHub
from tests.hub.fake_models import ADA, EVE
from tests.hub.fake_openid import SECRET, FakeOpenId

REPO = "bob/digits"


@pytest.fixture(autouse=True, scope="module")
def _recipe() -> Iterator[None]:
    with models.tiny_recipe():
        yield


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, _recipe: None) -> dict[str, bytes]:
    return gather(models.save(tmp_path_factory.mktemp("model") / "m", seed=5)).files


@pytest.fixture
def fake(files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    hub = FakeHub()
    hub.models.put_model(REPO, files)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)
    monkeypatch.setenv("HF_TOKEN", EVE)  # this machine's, which no visitor acts with
    yield hub
    hub.close()


@pytest.fixture
def openid(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeOpenId]:
    provider = FakeOpenId()
    for name, value in provider.environment.items():
        monkeypatch.setenv(name, value)
    yield provider
    provider.close()


@pytest.fixture
def mine(client: httpx.Client, fake: FakeHub) -> Iterator[dict[str, Any]]:
    """A model that was pulled."""
    end = pulled(client)
    assert end.get("done"), end
    fake.asked.clear()
    yield end
    client.post(f"/models/{end['id']}/delete", json={"token": end["token"]})


def lines(answer: httpx.Response) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answer.text.splitlines()]


def pulled(client: httpx.Client, repo: str = REPO, **body: Any) -> dict[str, Any]:
    answer = client.post("/hub/pull", json={"repo": repo, "lang": "en", **body})
    return lines(answer)[-1] | {"status": answer.status_code}


def pushed(client: httpx.Client, model: str, **body: Any) -> dict[str, Any]:
    answer = client.post(f"/models/{model}/push", json={"repo": "digits", "lang": "en", **body})
    return lines(answer)[-1] | {"status": answer.status_code}


def test_a_model_is_pulled_checked_and_noted_with_its_commit(
    client: httpx.Client, fake: FakeHub, mine: dict[str, Any], studio: Studio
) -> None:
    about = read_about(studio.imports.folder / mine["id"])
    assert (about.repo, about.revision, about.commit) == (
        REPO,
        "main",
        fake.heads[REPO] == mine["commit"] and mine["commit"],
    )
    assert about.owner and mine["token"] and not mine["duplicate"]
    listed = next(one for one in client.get("/models").json()["models"] if one["id"] == mine["id"])
    assert (listed["repo"], listed["commit"], listed["kind"]) == (REPO, mine["commit"], "imported")
    again = pulled(client)
    assert (again["id"], again["duplicate"], again["token"]) == (mine["id"], True, "")
    assert {asked.method for asked in fake.asked} == {"HEAD"}  # which commit it is now, and nothing more
    fake.asked.clear()
    pinned = pulled(client, f"{REPO}@{mine['commit']}")
    assert pinned["id"] == mine["id"] and not fake.asked  # it is here


def test_a_pull_without_rights_uses_nobodys(client: httpx.Client, fake: FakeHub, mine: dict[str, Any]) -> None:
    pulled(client)
    assert fake.asked and not any("authorization" in asked.headers for asked in fake.asked)


def test_what_is_wrong_with_what_was_pulled_is_said_and_nothing_stays(
    client: httpx.Client, fake: FakeHub, files: dict[str, bytes], studio: Studio
) -> None:
    before = len(studio.imports.models())
    for harm in ({"config.json": b"{"}, {"generator.safetensors": b"\xff" * 64}, {"README.md": b"\xff\xfe"}):
        fake.models.put_model("bob/bad", files | harm)
        assert next(iter(harm)) in pulled(client, "bob/bad")["error"]
    assert len(studio.imports.models()) == before
    assert "no name of a model" in pulled(client, "../etc")["error"] and pulled(client, "x")["status"] == 400
    fake.asked.clear()
    for body in ({"name": "\n"}, {"name": 3}, {"runs": "x"}, {"hub_token": "a b"}, {"session": []}):
        assert pulled(client, **body)["status"] == 400
    assert not fake.asked  # what cannot be is not asked for


def test_pushing_with_a_typed_token(client: httpx.Client, fake: FakeHub, mine: dict[str, Any]) -> None:
    sizes = client.get(f"/models/{mine['id']}/files").json()["files"]
    assert set(sizes) >= {"config.json", "generator.safetensors"} and all(size > 0 for size in sizes.values())
    assert "token of your own" in pushed(client, mine["id"])["error"] and not fake.asked
    end = pushed(client, mine["id"], hub_token=ADA)
    assert (end["repo"], end["private"], end["changed"]) == ("ada/digits", True, True)
    assert end["url"] == f"{fake.endpoint}/ada/digits" and fake.models.private["ada/digits"]
    assert set(fake.models.content("ada/digits")) == {*sizes, "samples.png", "README.md", ".gitattributes"}
    assert pushed(client, mine["id"], hub_token=ADA, repo="lab/open", private=False)["private"] is False
    for strange in (None, 0, "false", "no"):  # whatever is not plainly false is private
        end = pushed(client, mine["id"], hub_token=ADA, repo="lab/shut", private=strange)
        assert end["private"] is True
    for body in ({"repo": "a b"}, {"repo": 3}, {"hub_token": 5}, {"hub_token": "two words"}, {"session": "gone"}):
        assert pushed(client, mine["id"], **{"hub_token": ADA} | body)["status"] in (400, 409)
    assert "not yours" in pushed(client, "fast", hub_token=ADA)["error"]
    assert pushed(client, "i-" + "0" * 20, hub_token=ADA)["status"] == 404
    assert client.get("/models/fast/push").status_code in (404, 405)


def signed_in(client: httpx.Client, openid: FakeOpenId) -> dict[str, Any]:
    begun = client.post("/hub/sign-in", json={}, headers={"origin": str(client.base_url).rstrip("/")}).json()
    back = openid.agree(begun["url"])
    assert back.startswith(f"{str(client.base_url).rstrip('/')}/login/callback?")
    query = parse_qs(urlsplit(back).query)
    body = {"ticket": begun["ticket"], "handed": f"{query['state'][0]}.{query['code'][0]}"}
    return client.post("/hub/sign-in/finish", json=body).json()


def test_pushing_after_signing_in(
    client: httpx.Client, fake: FakeHub, openid: FakeOpenId, mine: dict[str, Any]
) -> None:
    session = signed_in(client, openid)
    assert session["name"] == "ada" and ADA not in json.dumps(session)
    assert pushed(client, mine["id"], session=session["session"])["repo"] == "ada/digits"
    assert client.post("/hub/sign-out", json={"session": session["session"]}).status_code == 200
    over = pushed(client, mine["id"], session=session["session"])
    assert over["status"] == 409 and "sign in again" in over["error"]


def test_coming_back_does_nothing_and_repeats_nothing(client: httpx.Client, openid: FakeOpenId) -> None:
    answer = client.get(
        "/login/callback?code=<script>alert(1)</script>&state=x&error_description=<b>",
        headers={"accept-language": "zh"},
    )
    assert answer.status_code == 200 and "alert" not in answer.text and "<b>" not in answer.text
    assert "登录 Hugging Face" in answer.text and answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers and not openid.asked
    assert client.get("/hub/sign-in").status_code in (404, 405)
    foreign = client.post("/hub/sign-in", json={}, headers={"origin": "https://elsewhere.example"})
    assert foreign.status_code == 403


def test_a_space_is_come_back_to_by_its_own_name(
    client: httpx.Client, openid: FakeOpenId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPACE_HOST", "ada-demo.hf.space,demo.example")
    begun = client.post("/hub/sign-in", json={}).json()
    assert parse_qs(urlsplit(begun["url"]).query)["redirect_uri"] == ["https://ada-demo.hf.space/login/callback"]


def test_where_nobody_can_sign_in(client: httpx.Client, fake: FakeHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OAUTH_CLIENT_ID", raising=False)
    about = client.get("/hub").json()
    assert about == {"endpoint": fake.endpoint, "pull": True, "megabytes": 128, "sign_in": False}
    assert client.post("/hub/sign-in", json={}).status_code == 409 and not fake.asked


def test_on_a_public_server(
    client: httpx.Client, fake: FakeHub, mine: dict[str, Any], studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio.owner_is_everyone = False
    assert pushed(client, mine["id"], hub_token=ADA)["status"] == 403 and not fake.asked
    assert pushed(client, mine["id"], hub_token=ADA, token=mine["token"])["repo"] == "ada/digits"
    monkeypatch.setattr(studio, "limits", replace(studio.limits, fetch=0))
    refused = pulled(client)
    assert refused["status"] == 409 and "AIGC_DEMO_FETCH=1" in refused["error"]
    assert client.get("/hub").json()["pull"] is False


def test_what_somebody_else_has_pulled_is_nobodys_shortcut(
    client: httpx.Client, fake: FakeHub, files: dict[str, bytes], studio: Studio
) -> None:
    commit = fake.models.put_model("ada/secret", files, private=True)
    hers = pulled(client, f"ada/secret@{commit}", hub_token=ADA)
    studio.owner_is_everyone = False
    try:
        assert "private" in pulled(client, f"ada/secret@{commit}")["error"]
        known = pulled(client, f"ada/secret@{commit}", hub_token=ADA, runs=[hers["id"]])
        assert (known["id"], known["duplicate"]) == (hers["id"], True)
    finally:
        client.post(f"/models/{hers['id']}/delete", json={"token": hers["token"]})


def test_the_token_is_in_no_log_no_answer_and_no_file(
    client: httpx.Client,
    fake: FakeHub,
    openid: FakeOpenId,
    mine: dict[str, Any],
    studio: Studio,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    fake.models.troubles.echo = True
    session = signed_in(client, openid)
    told = [session, pushed(client, mine["id"], hub_token=ADA), pushed(client, mine["id"], session=session["session"])]
    told += [pushed(client, mine["id"], hub_token=ADA, repo="eve/digits"), pulled(client, "eve/x", hub_token=ADA)]
    fake.models.troubles.commit_status = 400
    told.append(pushed(client, mine["id"], hub_token=ADA, repo="another"))
    written = b"".join(path.read_bytes() for path in Path(studio.home).rglob("*") if path.is_file())
    assert sum("error" in one for one in told) == 3
    for secret in (ADA, SECRET, session["session"]):
        assert secret not in caplog.text and secret.encode() not in written
    assert ADA not in json.dumps(told) and SECRET not in json.dumps(told)
