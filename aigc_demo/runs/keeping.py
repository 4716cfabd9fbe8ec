"""What an owner may do to a model: give it a name, delete it, have it back. Shipped models are nobody's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from aigc_demo import checkpoints
from aigc_demo.checkpoints.about import check_name, note_about, read_about
from aigc_demo.runs import record as records
from aigc_demo.runs.shelf import Shelf
from aigc_demo.runs.trash import Trash
from aigc_demo.text import Refused, Text

SHIPPED = Text(
    "随软件附带的模型不能改名或删除。", "Models that ship with the program can be neither renamed nor deleted."
)

MayAct = Callable[[bool, bool | None], None]


class Keeper:
    """For any thread. `check_owner(is_owner, everyone)` raises `NotOwner` for whoever may not act."""

    def __init__(self, shelf: Shelf, trash: Trash, check_owner: MayAct) -> None:
        self._shelf = shelf
        self._trash = trash
        self._check_owner = check_owner

    def owned(self, model_id: str, token: str, everyone: bool | None) -> Path:
        """The folder of a model that whoever has `token` may change. Raises `NotFound`, `Refused`, `NotOwner`."""
        if model_id in checkpoints.shipped():
            raise Refused(SHIPPED)
        run = self._shelf.find(model_id)
        folder = run.folder.path if run is not None else checkpoints.find_named(model_id, self._shelf.folder)
        if checkpoints.is_imported(model_id):
            owner = read_about(folder).owner
        else:
            run_id = model_id.removesuffix(checkpoints.BEST_SUFFIX)
            held = self._shelf.find(run_id)  # what a full disk has not taken is known in memory alone
            owner = (held.folder.record if held else records.read(self._shelf.folder / run_id)).owner
        self._check_owner(records.is_token_of(owner, token), everyone)
        return folder

    def rename(self, model_id: str, name: object, token: str = "", everyone: bool | None = None) -> str:
        """Give a model a name, which is returned as it is kept; '' takes it away. Raises as `owned`, `VisitorError`."""
        kept = "" if name == "" else check_name(name)
        note_about(self.owned(model_id, token, everyone), name=kept)
        return kept

    def delete(self, model_id: str, token: str = "", everyone: bool | None = None) -> str:
        """Put a model away, a run with all that belongs to it; returns the secret that `undo` takes.

        Raises as `owned`, and `Refused` while it is being trained or measured, here or by another server.
        """
        folder = self.owned(model_id, token, everyone)
        if checkpoints.is_imported(model_id):
            return self._trash.put(folder)
        return self._shelf.take_away(model_id.removesuffix(checkpoints.BEST_SUFFIX), lambda: self._trash.put(folder))

    def undo(self, key: str) -> str:
        """Have back what `delete` gave `key` for; returns the model's id. Raises `Refused` where its time is over."""
        return id_at(self._trash.restore(key))


def id_at(folder: Path) -> str:
    """What the model in this folder of the data folder is called."""
    return f"{folder.parent.name}{checkpoints.BEST_SUFFIX}" if folder.name == checkpoints.BEST else folder.name
