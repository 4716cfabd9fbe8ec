"""What a model on the Hub may be called, and what a token may look like."""

from __future__ import annotations

import pytest

from aigc_demo.hub.client import OFFICIAL
from aigc_demo.hub.names import HubName, hub_name, is_hub_name, target_name
from aigc_demo.hub.tokens import check_token, hub_for, hub_of_this_machine
from aigc_demo.text import VisitorError
from tests.hub.fake_models import ADA, EVE

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def test_a_name_with_and_without_a_revision() -> None:
    assert hub_name("hub:ada/digits") == hub_name(" ada/digits ") == HubName("ada/digits", "main")
    assert hub_name("hub:ada/digits@v1.0") == HubName("ada/digits", "v1.0") and not hub_name("ada/x@v1").is_pinned
    assert hub_name(f"ada/digits@{COMMIT}").is_pinned
    assert (str(hub_name("ada/digits")), str(hub_name("ada/d@refs/pr/1"))) == ("ada/digits", "ada/d@refs/pr/1")
    assert hub_name("https://huggingface.co/ada/digits/") == hub_name("ada/digits")
    assert hub_name("https://hf.co/ada/digits/tree/v1") == hub_name("ada/digits@v1")
    assert is_hub_name("hub:anything") and not is_hub_name("hubris") and not is_hub_name("fast")


@pytest.mark.parametrize(
    "given",
    [
        "",
        "ada",
        "ada/",
        "/digits",
        "ada/digits/x",
        "../etc",
        "ada/..",
        "ada/a b",
        "ada/x@",
        "ada/x@../y",
        "ada/x@a b",
        "ada/x?y=1",
        "ada/x#y",
        "https://elsewhere.example/ada/x",
        "ada/x.git",
        "ada/a--b",
        "ada/-x",
        "a" * 200 + "/b",
        "ada/é",
    ],
)
def test_other_names_are_refused(given: str) -> None:
    with pytest.raises(VisitorError):
        hub_name(given)


def test_where_to_push_to() -> None:
    assert (target_name("digits"), target_name("lab/digits")) == ("digits", "lab/digits")
    for given in ("", "a/b/c", "..", "a b", "lab/", "digits@v1"):
        with pytest.raises(VisitorError):
            target_name(given)


@pytest.mark.parametrize("given", ["hf_two words", "hf_line\nbreak", "hf_é", "x" * 5000, "hf_\x00", "abc"])
def test_what_no_header_can_hold_is_refused_without_its_words(given: str) -> None:
    with pytest.raises(VisitorError) as refused:
        check_token(given)
    assert given not in str(refused.value) and given.split()[0] not in str(refused.value.text)
    assert check_token(f" {ADA}\n") == ADA and check_token("  ") == ""


def test_whose_token_goes_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.get_token", lambda: EVE)
    monkeypatch.delenv("HF_TOKEN", raising=False)
    monkeypatch.delenv("HF_ENDPOINT", raising=False)
    assert (hub_of_this_machine().endpoint, hub_of_this_machine().token) == (OFFICIAL, EVE)
    monkeypatch.setenv("HF_ENDPOINT", "http://mirror.example")
    assert hub_of_this_machine().token == ""  # a login was with huggingface.co, not with a mirror
    monkeypatch.setenv("HF_TOKEN", ADA)
    assert hub_of_this_machine().token == ADA
    assert hub_for("").token == "" and hub_for(EVE).token == EVE  # the page never uses this machine's
    assert ADA not in repr(hub_of_this_machine())
