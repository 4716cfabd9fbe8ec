"""A process of its own that runs the command line on networks which compile in a moment, without batch normalisation.

They are an InfoGAN's that grow: what several replicas share out has a category, codes and two stages.

With `HALT_AT` in the environment it saves after that many steps, says so, and waits for a line before it goes on.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import pytest

from aigc_demo import recipes
from aigc_demo.commands import main
from aigc_demo.runs import Session, session
from tests import tiny_growing

PLAN = tiny_growing.plan_with_q(batch_size=8)
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
    with tiny_growing.known(), pytest.MonkeyPatch.context() as patch:
        patch.setitem(recipes.RECIPES, "tiny", PLAN.recipe)
        patch.setattr(session, "run_figures", lambda *given: None)  # how good the digits are takes longer than all else
        if os.environ.get("HALT_AT"):
            patch.setattr(Session, "advance", _halting(int(os.environ["HALT_AT"])))
        sys.exit(main(sys.argv[1:]))
