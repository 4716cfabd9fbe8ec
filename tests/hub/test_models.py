"""Models go to a Hub on this machine and come from there by the real client, with all that a Hub and people can do wrong."""

from __future__ import annotations

import json
import logging
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from aigc_demo.checkpoints.parcel import FILES, gather
from aigc_demo.home import SHIPPED
from aigc_demo.hub import HubName, Progress, Pulled, Pushed, client, hub_name, pull, push
from aigc_demo.hub.client import Hub
from aigc_demo.hub.model_card import front_matter
from aigc_demo.hub.outgoing import UNPUBLISHED, outgoing
from aigc_demo.recipes import Plan, make_plan
from aigc_demo.text import VisitorError
from tests.hub.fake_hub import FakeHub
from tests.hub.fake_models import ADA, EVE

PNG = b"\x89PNG drawn"
CARD = b"---\nlicense: mit\ntags: [gan]\npipeline_tag: unconditional-image-generation\n---\n# Mine\n"
FILES_SENT = {"config.json": b"{}", "generator.safetensors": b"g" * 200_000, "README.md": CARD}


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client waits between its own tries."""
    monkeypatch.setattr(time, "sleep", lambda seconds: None)


@pytest.fixture
def ada(fake: FakeHub) -> Hub:
    return Hub(fake.endpoint, ADA)


def pushed(hub: Hub, target: str = "digits", files: Any = FILES_SENT, **options: Any) -> Pushed:
    *_, last = push(target, hub, lambda repo: files, threading.Event(), **options)
    assert isinstance(last, Pushed)
    return last


def pulled(hub: Hub, name: str, megabytes: float = 10) -> Pulled:
    *_, last = pull(hub_name(name), hub, megabytes, threading.Event())
    assert isinstance(last, Pulled)
    return last


def refusal(act: Any) -> str:
    with pytest.raises(VisitorError) as refused:
        act()
    return refused.value.text.en


# ---- all goes well ----


def test_what_was_pushed_can_be_pulled_at_any_of_its_commits(fake: FakeHub, ada: Hub) -> None:
    news = list(push("digits", ada, lambda repo: FILES_SENT | {"README.md": CARD + repo.encode()}, threading.Event()))
    first = news[-1]
    assert isinstance(first, Pushed) and (first.repo, first.is_private, first.is_changed) == ("ada/digits", True, True)
    assert fake.models.private["ada/digits"] and fake.models.content("ada/digits")["README.md"].endswith(b"ada/digits")
    assert [entry["summary"] for entry in fake.models.log["ada/digits"]] == [
        "initial commit",
        "Add a model of AIGC Demo",
    ]
    stages = [(one.stage, one.done <= one.total) for one in news[:-1] if isinstance(one, Progress)]
    assert {stage for stage, _ in stages} == {"asking", "upload", "commit"} and all(right for _, right in stages[1:])
    second = pushed(ada, files=FILES_SENT | {"config.json": b'{"a": 1}'})
    assert second.commit != first.commit and second.is_changed
    assert pulled(ada, "ada/digits").files["config.json"] == b'{"a": 1}'
    old = pulled(ada, f"ada/digits@{first.commit}")
    assert (old.commit, old.files["config.json"]) == (first.commit, b"{}")
    assert old.files["generator.safetensors"] == FILES_SENT["generator.safetensors"]


def test_the_token_goes_to_the_hub_and_not_to_its_storage(fake: FakeHub, ada: Hub) -> None:
    pushed(ada)
    pulled(ada, "ada/digits")
    assert all(asked.headers["authorization"] == f"Bearer {ADA}" for asked in fake.of("hub"))
    assert {asked.method for asked in fake.of("storage")} == {"PUT", "GET"}
    assert not any("authorization" in asked.headers for asked in fake.of("storage"))
    assert not any(ADA in asked.path for asked in fake.asked)


def test_pushing_again_sends_nothing_twice_and_makes_no_commit(fake: FakeHub, ada: Hub) -> None:
    first = pushed(ada)
    puts = len(fake.of("storage"))
    again = pushed(ada)
    assert (again.commit, again.is_changed, len(fake.of("storage"))) == (first.commit, False, puts)
    assert len(fake.models.log["ada/digits"]) == 2


def test_to_an_organisation_and_in_public(fake: FakeHub, ada: Hub) -> None:
    told = pushed(ada, "lab/digits", private=False)
    assert (told.repo, told.is_private, told.url) == ("lab/digits", False, f"{fake.endpoint}/lab/digits")
    assert pulled(Hub(fake.endpoint), "lab/digits").commit == told.commit  # anybody may


# ---- what is left alone ----


def test_a_public_repository_is_not_pushed_to_where_a_private_one_was_asked_for(fake: FakeHub, ada: Hub) -> None:
    fake.models.put_model("ada/digits", {"config.json": b"old"})
    assert "exists and is public" in refusal(lambda: pushed(ada))
    assert fake.models.content("ada/digits") == {"config.json": b"old"} and not fake.of("storage")


def test_a_repository_with_other_things_is_left_as_it_is(fake: FakeHub, ada: Hub) -> None:
    fake.models.put_model("ada/thesis", {"thesis.tex": b"x", "README.md": b"y"}, private=True)
    assert "thesis.tex" in refusal(lambda: pushed(ada, "thesis"))
    assert fake.models.content("ada/thesis")["README.md"] == b"y"


def test_who_may_not_is_told(fake: FakeHub, ada: Hub) -> None:
    assert "sign in first" in refusal(lambda: pushed(Hub(fake.endpoint)))
    assert not fake.asked
    for target in ("digits", "ada/digits"):
        assert "does not accept this token" in refusal(
            lambda target=target: pushed(Hub(fake.endpoint, "hf_nobody"), target)
        )
    assert "may not write to eve/digits" in refusal(lambda: pushed(ada, "eve/digits"))
    pushed(ada)
    assert "may not write to ada/digits" in refusal(lambda: pushed(Hub(fake.endpoint, EVE), "ada/digits"))
    for hub in (Hub(fake.endpoint), Hub(fake.endpoint, EVE)):
        assert "it is private and wants a token" in refusal(lambda hub=hub: pulled(hub, "ada/digits"))


# ---- what goes wrong on the way ----


@pytest.mark.parametrize("status", [400, 403, 500])
def test_a_push_that_broke_off_is_repeated_without_harm(fake: FakeHub, ada: Hub, status: int) -> None:
    files = FILES_SENT | {"discriminator.safetensors": b"d" * 1000}
    fake.models.troubles.put_status = [status] * 10
    assert refusal(lambda: pushed(ada, files=files))
    assert len(fake.models.log["ada/digits"]) == 1  # no commit
    fake.models.troubles.put_status = []
    assert pushed(ada, files=files).is_changed
    assert {name: fake.models.content("ada/digits")[name] for name in files} == files


def test_a_storage_that_is_busy_for_a_moment_is_asked_again(fake: FakeHub, ada: Hub) -> None:
    fake.models.troubles.put_status = [503, 503]
    assert pushed(ada).is_changed


@pytest.mark.parametrize(
    ("status", "words"), [(412, "changed by somebody else"), (429, "too often"), (507, "cannot serve")]
)
def test_a_commit_that_is_refused_is_told(fake: FakeHub, ada: Hub, status: int, words: str) -> None:
    fake.models.troubles.commit_status = status
    assert words in refusal(lambda: pushed(ada))
    fake.models.troubles.commit_status = 200
    puts = len(fake.of("storage"))
    assert pushed(ada).is_changed and len(fake.of("storage")) == puts  # what had arrived is not sent again


def test_a_push_that_is_stopped_ends_at_once_and_commits_nothing(fake: FakeHub, ada: Hub) -> None:
    fake.models.troubles.hold_put, stop = threading.Event(), threading.Event()
    seen = []
    for news in push("digits", ada, lambda repo: FILES_SENT, stop):
        seen.append(news)
        if isinstance(news, Progress) and news.done > 0:
            stop.set()
    assert not any(isinstance(news, Pushed) for news in seen) and len(fake.models.log["ada/digits"]) == 1
    fake.models.troubles.hold_put.set()


def test_a_hub_that_does_not_answer_is_not_waited_for(fake: FakeHub, ada: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    fake.models.troubles.hold_create, stop = threading.Event(), threading.Event()
    for news in push("digits", ada, lambda repo: FILES_SENT, stop):
        assert isinstance(news, Progress)
        stop.set()  # whoever has enough need not wait for the Hub
    monkeypatch.setattr(client, "PATIENCE", 0.3)
    assert "push is not complete" in refusal(lambda: pushed(ada))
    fake.models.troubles.hold_create.set()


def test_no_hub_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    nowhere = Hub("http://127.0.0.1:9", ADA)
    for act in (lambda: pushed(nowhere), lambda: pulled(nowhere, "ada/digits")):
        assert "http://127.0.0.1:9 cannot be reached" in refusal(act)
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    assert "HF_HUB_OFFLINE" in refusal(lambda: pulled(nowhere, "ada/digits"))


# ---- what is pulled is a stranger's ----


def test_only_a_models_files_are_fetched_and_none_by_a_name_of_theirs(fake: FakeHub) -> None:
    others = {"samples.png": PNG, "../up.safetensors": b"x", "pytorch_model.bin": b"x", "sub/config.json": b"x"}
    fake.models.put_model("bob/digits", FILES_SENT | others)
    assert pulled(Hub(fake.endpoint), "bob/digits").files == FILES_SENT
    assert not any("samples" in asked.path or "bin" in asked.path for asked in fake.asked)


@pytest.mark.parametrize(
    ("sizes", "words"),
    [
        ({"generator.safetensors": 129_000_000}, "more than a model may have"),
        ({"config.json": FILES["config.json"] + 1}, "more than a model may have"),
        ({"generator.safetensors": 11_000_000}, "models of up to 10 MB"),
        ({"generator.safetensors": 0}, "states no checksum or size"),
        ({"generator.safetensors": -5}, "states no checksum or size"),
    ],
)
def test_sizes_are_looked_at_before_anything_is_fetched(fake: FakeHub, sizes: dict[str, int], words: str) -> None:
    fake.models.put_model("bob/digits", FILES_SENT)
    fake.models.troubles.sizes = sizes
    assert words in refusal(lambda: pulled(Hub(fake.endpoint), "bob/digits"))
    assert not fake.of("storage") and all(asked.method == "HEAD" for asked in fake.asked)


def test_a_file_that_is_longer_than_was_said_or_other_than_was_said_is_refused(fake: FakeHub) -> None:
    fake.models.put_model("bob/digits", FILES_SENT)
    for instead in (b"g" * 200_001, b"h" * 200_000):
        fake.faults.instead = instead
        assert "does not have the checksum" in refusal(lambda: pulled(Hub(fake.endpoint), "bob/digits"))


@pytest.mark.parametrize("lacks", ["config.json", "generator.safetensors"])
def test_what_is_no_model_of_ours_is_told(fake: FakeHub, lacks: str) -> None:
    fake.models.put_model("bob/digits", {name: value for name, value in FILES_SENT.items() if name != lacks})
    assert lacks in refusal(lambda: pulled(Hub(fake.endpoint), "bob/digits"))
    assert "no such model as bob/digits@v9" in refusal(lambda: pulled(Hub(fake.endpoint), "bob/digits@v9"))


# ---- the token ----


def test_the_token_is_in_no_log_no_sentence_and_no_file(
    fake: FakeHub,
    ada: Hub,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Even where the Hub repeats it in what it answers, and everything that can be logged is logged."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    caplog.set_level(logging.DEBUG)
    client._library()  # which makes the client's own log quiet
    logging.getLogger("huggingface_hub").setLevel(logging.DEBUG)
    fake.models.troubles.echo = True
    told: list[str] = []

    def hear(act: Any) -> None:
        with pytest.raises(VisitorError) as refused:
            act()
        error: BaseException | None = refused.value
        while error is not None:
            told.append(f"{error!r} {error}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)

    pushed(ada)
    fake.models.troubles.commit_status = 400
    hear(lambda: pushed(ada, files=FILES_SENT | {"config.json": b"other"}))
    hear(lambda: pushed(ada, "eve/digits"))
    hear(lambda: pulled(ada, "eve/digits"))
    hear(lambda: pulled(ada, "ada/digits@v9"))
    out, err = capfd.readouterr()
    everything = "\n".join(
        [caplog.text, out, err, *told, *(path.read_text() for path in tmp_path.rglob("*") if path.is_file())]
    )
    assert "HTTP Request" in everything and ADA not in everything
    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)


# ---- what is sent ----


@pytest.fixture(scope="module")
def shipped_files() -> dict[str, bytes]:
    return outgoing(SHIPPED / "fast", "ada/digits", lambda: PNG)


def test_the_card_on_the_hub(shipped_files: dict[str, bytes], fake: FakeHub, ada: Hub) -> None:
    _, front, body = shipped_files["README.md"].decode().split("---\n", 2)
    facts = yaml.safe_load(front)
    assert (facts["license"], facts["datasets"], facts["library_name"]) == ("cc-by-sa-3.0", ["ylecun/mnist"], "keras")
    assert {"gan", "aigc-demo", "r3gan"} <= set(facts["tags"])
    (entry,) = facts["model-index"]
    figures = json.loads(shipped_files["config.json"])["figures"]
    measured = {one["type"]: one["value"] for one in entry["results"][0]["metrics"]}
    assert measured["digit_fd"] == pytest.approx(figures["digit_fd"]) and entry["name"] == "digits"
    assert "](samples.png)" in body and "--checkpoint hub:ada/digits" in body and "CC BY-SA 3.0" in body
    assert body.count("\n# ") == 1 and "怎样得到的" in body
    assert pushed(ada, files=shipped_files).is_changed  # the Hub's own check of it passes


def test_a_card_of_an_imported_model_says_what_was_measured_here_and_not_what_its_maker_said(tmp_path: Path) -> None:
    folder = tmp_path / "i-0123456789abcdef0123"
    folder.mkdir()
    for name, content in gather(SHIPPED / "fast").files.items():
        (folder / name).write_bytes(content)
    config = json.loads((folder / "config.json").read_text())
    config["plan"]["dataset"] = "digits5k"
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "README.md").write_text("---\nlicense: mit\n---\n# The best model of all\n")
    card = outgoing(folder, "ada/x", lambda: PNG)["README.md"].decode()
    assert "best model" not in card and "license: mit" not in card and "model-index" not in card
    assert "Not measured yet." in card
    (folder / "about.json").write_text(json.dumps({"measured": {"digit_fd": 1.25, "n": 200}}))
    card = outgoing(folder, "ada/x", lambda: PNG)["README.md"].decode()
    assert "1.25" in card and "200 images" in card and "model-index" in card


def test_where_a_file_lay_and_which_run_it_began_with_stay_here(tmp_path: Path) -> None:
    for name, content in gather(SHIPPED / "fast").files.items():
        (tmp_path / name).write_bytes(content)
    config = json.loads((tmp_path / "config.json").read_text())
    config["plan"] |= {"dataset": "digits5k+/home/ada/private/pictures.npz", "base": "ab" * 10}
    (tmp_path / "config.json").write_text(json.dumps(config))
    (tmp_path / "about.json").write_text(json.dumps({"owner": "secret", "name": "mine"}))
    (tmp_path / "samples.png").unlink(missing_ok=True)
    files = outgoing(tmp_path, "ada/x", lambda: PNG)
    assert set(files) == set(FILES) and files["samples.png"] == PNG
    plan = json.loads(files["config.json"])["plan"]
    assert (plan["dataset"], plan["base"]) == ("digits5k+pictures.npz", UNPUBLISHED)
    assert b"/home/ada" not in b"".join(files.values()) and Plan.from_json(plan).base == UNPUBLISHED


@pytest.mark.parametrize(
    ("dataset", "licence", "datasets"),
    [
        ("digits5k", "cc-by-sa-3.0", ["ylecun/mnist"]),
        ("fashion_mnist", "mit", ["zalando-datasets/fashion_mnist"]),
        ("kmnist", "cc-by-sa-4.0", ["tanganke/kmnist"]),
        ("emnist_letters", "other", ["tanganke/emnist_letters"]),
        ("pictures.npz", "other", None),
    ],
)
def test_the_licence_is_that_of_what_it_has_learnt(dataset: str, licence: str, datasets: list[str] | None) -> None:
    facts = yaml.safe_load(front_matter(make_plan("fast"), {"digit_fd": 1.0}, "ada/x", (dataset,)))
    assert (facts["license"], facts.get("datasets")) == (licence, datasets)


def test_a_name_says_where_it_points() -> None:
    assert str(HubName("ada/x", "v1")) == "ada/x@v1"
