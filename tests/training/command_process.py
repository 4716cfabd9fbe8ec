"""A process of its own that runs the command line on networks which compile in a moment, without batch normalisation.

With `HALT_AT` in the environment it saves after that many steps, says so, and waits for a line before it goes on.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import pytest

from aigc_demo import networks, recipes
from aigc_demo.commands import main
from aigc_demo.runs import Session, session
from tests import tiny

PLAN = tiny.plan(generator="tiny_plain", discriminator="tiny_plain", auxiliaries=("r1",), batch_size=8)
HALTED = "halted"


def _halting(at: int) -> Any:
    advance = Session.advance

    def halting(self: Session, most: int | None = None) -> Any:
        if self.step == at:
            self.save()
            print(HALTED, flush=True)
            sys.stdin.readline()
        return advance(self, 1)

    return halting


if __name__ == "__main__":
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(networks.GENERATORS, "tiny_plain", tiny.PLAIN_GENERATOR)
        patch.setitem(networks.DISCRIMINATORS, "tiny_plain", tiny.PLAIN_DISCRIMINATOR)
        patch.setitem(recipes.RECIPES, "tiny", PLAN.recipe)
        patch.setattr(session, "run_figures", lambda *given: None)  # how good the digits are takes longer than all else
        if os.environ.get("HALT_AT"):
            patch.setattr(Session, "advance", _halting(int(os.environ["HALT_AT"])))
        sys.exit(main(sys.argv[1:]))
