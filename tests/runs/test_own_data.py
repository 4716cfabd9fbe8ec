"""What visitors send to a server: drafts that stay small and go away, one conversion at a time, sets with owners."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aigc_demo.data.conversion import Converted, Progress
from aigc_demo.data.pictures import Choices
from aigc_demo.runs import drafts as module
from aigc_demo.runs.desk import Failed
from aigc_demo.runs.drafts import Draft, Drafts
from aigc_demo.runs.limits import LOCAL, PUBLIC, limits_from
from aigc_demo.runs.own_data import OwnData, Previewed, Ticket
from aigc_demo.text import NotFound, Refused, VisitorError
from tests.data.pictured import drawings, zipped


@pytest.fixture
def own(tmp_path: Path) -> Iterator[OwnData]:
    data = OwnData(tmp_path / "datasets", replace(LOCAL, upload_megabytes=1, kept_datasets=2))
    yield data
    data.close()


def filled(drafts: Drafts, count: int = 4, visitor: str = "ann") -> Draft:
    draft = drafts.begin("pictures", "my pictures", visitor)
    for name, content in drawings(count, "a/"):
        draft.add_picture(name, content)
    return draft


def heard(own: OwnData, draft: Draft, choices: Choices | None = None) -> list[Any]:
    """All that the desk says of the conversion of a draft, which must end."""
    news: list[Any] = []
    over = threading.Event()

    def hear(line: Any) -> None:
        news.append(line)
        if isinstance(line, Converted | Failed):
            over.set()

    own.conversions.ask(Ticket(draft, choices or Choices(), hear=hear))
    assert over.wait(60)
    return news


def test_pictures_are_converted_kept_and_their_draft_is_gone(own: OwnData) -> None:
    draft = filled(own.drafts)
    with pytest.raises(Refused):
        own.keep(draft.id, "", False)
    assert isinstance(heard(own, draft)[-1], Converted)
    info, token = own.keep(draft.id, "", False)
    assert (info.name, info.kind, info.images) == ("my pictures", "pictures", 4)
    with pytest.raises(NotFound):
        own.drafts.get(draft.id)
    assert own.check_owner(info.id, token, everyone=False) == info
    assert own.check_owner(info.id, "", everyone=True) == info
    with pytest.raises(Refused):
        own.check_owner(info.id, "x", everyone=False)


def test_more_pictures_need_another_conversion(own: OwnData) -> None:
    draft = filled(own.drafts)
    heard(own, draft)
    draft.add_picture("a/0.png", drawings(6)[5][1])  # a name that is there already
    with pytest.raises(Refused):
        own.keep(draft.id, "", False)
    assert len(heard(own, draft)[-1].images) == 5


def test_an_archive_comes_in_pieces(own: OwnData, tmp_path: Path) -> None:
    content = zipped(tmp_path / "x.zip", drawings(4)).read_bytes()
    draft = own.drafts.begin("file", "mine", "ann")
    for start in range(0, len(content), 100):
        draft.append(content[start : start + 100])
    assert len(heard(own, draft)[-1].images) == 4
    assert own.keep(draft.id, "renamed", False)[0].name == "renamed"


def test_what_is_no_archive_is_refused_by_a_sentence(own: OwnData) -> None:
    draft = own.drafts.begin("file", "mine", "ann")
    draft.append(b"hello")
    last = heard(own, draft)[-1]
    assert isinstance(last, Failed) and "no zip" in last.error.en


def test_a_preview_is_given_at_another_desk(own: OwnData) -> None:
    news: list[Any] = []
    come = threading.Event()
    own.previews.ask(Ticket(filled(own.drafts), Choices(), hear=lambda line: (news.append(line), come.set())))
    assert come.wait(60)
    assert isinstance(news[0], Previewed) and news[0].total == 4 and len(news[0].pairs) == 4


def test_whoever_leaves_ends_the_conversion(own: OwnData, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = filled(own.drafts)
    ticket = Ticket(draft, Choices(), hear=lambda line: isinstance(line, Progress) and ticket.left.set())
    own.conversions.ask(ticket)
    other = heard(own, filled(own.drafts, visitor="ben"))
    assert isinstance(other[-1], Converted)
    assert draft.result is None


def test_uploads_have_a_size(own: OwnData, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = own.drafts.begin("file", "", "ann")
    draft.append(bytes(900_000))
    with pytest.raises(VisitorError) as refused:
        draft.append(bytes(200_000))
    assert "1 MB" in refused.value.text.en
    monkeypatch.setattr(module, "MOST_PICTURES", 2)
    with pytest.raises(VisitorError):
        filled(own.drafts, 3)
    for wrong in (lambda: draft.add_picture("a", b""), lambda: filled(own.drafts, 1).append(b"")):
        with pytest.raises(VisitorError):
            wrong()


def test_a_visitor_has_a_few_drafts_and_all_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    drafts = Drafts(1_000_000)
    mine = [filled(drafts, 1) for _ in range(4)]
    with pytest.raises(NotFound):
        drafts.get(mine[0].id)  # the oldest gave way
    folder = Path(drafts._folder.name)  # type: ignore[union-attr]
    assert len(list(folder.iterdir())) == 3
    monkeypatch.setattr(module, "MOST_DRAFTS", 3)
    with pytest.raises(Refused):
        drafts.begin("file", "", "ben")
    for draft in mine[1:3]:
        draft.touched -= module.EXPIRE_SECONDS + 1
    assert drafts.begin("file", "", "ben")
    with pytest.raises(NotFound):
        drafts.get(mine[1].id)
    drafts.close()
    drafts.close()
    assert not folder.exists()


def test_only_so_many_sets_are_kept(own: OwnData) -> None:
    for number in range(3):
        draft = filled(own.drafts, 3 + number)
        heard(own, draft)
        own.keep(draft.id, str(number), False)
    assert len(own.store.listing()) == 2


def test_strangers_may_send_less() -> None:
    assert PUBLIC.upload_megabytes < LOCAL.upload_megabytes and PUBLIC.dataset_images < LOCAL.dataset_images
    given = {"AIGC_DEMO_UPLOAD_MEGABYTES": "7", "AIGC_DEMO_DATASET_IMAGES": "500", "AIGC_DEMO_KEPT_DATASETS": "9"}
    found = limits_from(given, is_public=True)
    assert (found.upload_megabytes, found.dataset_images, found.kept_datasets) == (7, 500, 9)
