"""The life of runs: queue, controls, owners, followers."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from aigc_demo.runs import NotOwner, Run, Studio
from aigc_demo.runs.feed import decode
from aigc_demo.runs.limits import LOCAL
from aigc_demo.text import NotFound, Refused, VisitorError
from tests.runs.conftest import plan, wait_for, wait_until_over
from tests.runs.fake_trainer import FakeTrainer

LONG = {"seconds": 60}
ALL_STATES = ["queued", "compiling", "training", "finished"]


def started(studio: Studio, **choices: object) -> tuple[Run, str]:
    run, token = studio.start(plan(**choices))
    return run, token


def training(studio: Studio, **choices: object) -> tuple[Run, str]:
    run, token = started(studio, **(choices or LONG))
    wait_for(lambda: run.state == "training" and run.step > 0)
    return run, token


def steps_in(messages: list[dict]) -> list[int]:
    points = [message for message in messages if message["type"] == "points"]
    return [message["first"] + i for message in points for i in range(len(message["rows"]))]


def test_a_run_from_start_to_figures(studio: Studio) -> None:
    run, _ = started(studio, steps=30)
    messages = list(run.follow())
    assert messages[0]["type"] == "snapshot"
    states = list(dict.fromkeys(message["state"] for message in messages))
    assert states in (ALL_STATES, ALL_STATES[1:], ALL_STATES[2:]), "it may have left the queue before it was looked at"
    assert steps_in(messages) == list(range(messages[0]["curves"]["last"] + 1, 31))
    first_end, last = messages[-2:]
    assert (first_end["state"], first_end["measuring"], first_end["metrics"]) == ("finished", True, None)
    assert (last["state"], last["measuring"], last["metrics"]) == ("finished", False, {"digit_fd": 1.5})
    assert last["checkpoint"] == run.id
    assert last["device"]["name"] == "CPU · 2 cores"


def test_the_untrained_frame_comes_before_any_step(studio: Studio) -> None:
    run, _ = started(studio, steps=30)
    messages = list(run.follow())
    first = next(message for message in messages if message.get("frame"))
    assert first["frame"]["step"] == 0
    assert run.frames.listing()[0] == {"index": 0, "step": 0}
    assert run.frames.listing()[-1]["step"] == 30


def test_messages_come_often_and_calls_stay_short(studio: Studio, trainer: type[FakeTrainer]) -> None:
    run, _ = started(studio, seconds=1.5)
    arrivals = [time.monotonic() for message in run.follow() if message["type"] == "points" and message["rows"]]
    gaps = np.diff(arrivals)
    assert len(gaps) >= 10
    assert np.median(gaps) < 0.125


def test_points_carry_five_digits_and_the_log_the_exact_value(studio: Studio) -> None:
    run, _ = started(studio, steps=20)
    rows = {}
    for message in run.follow():
        if message["type"] == "points":
            rows |= {message["first"] + i: row for i, row in enumerate(message["rows"])}
    exact = run.rows(1, 20)
    for step, row in rows.items():
        np.testing.assert_allclose(row, exact[step - 1], rtol=6e-5)


def test_pause_single_step_and_resume(studio: Studio) -> None:
    run, token = training(studio)
    studio.control(run.id, "pause", token)
    assert run.state == "paused"
    step = run.step
    time.sleep(0.1)
    assert run.step == step, "nothing moves while it is paused"
    for more in (1, 2, 3):
        studio.step(run.id, "both", token)
        assert (run.state, run.step) == ("paused", step + more)
    assert run.frames.listing()[-1]["step"] == step + 3
    studio.control(run.id, "resume", token)
    wait_for(lambda: run.step > step + 4)
    studio.control(run.id, "stop", token)
    assert run.state == "stopped"
    assert len(run.rows()) == run.step


def test_controls_act_within_a_call(studio: Studio) -> None:
    run, token = training(studio)
    began = time.monotonic()
    studio.control(run.id, "pause", token)
    assert time.monotonic() - began < 0.5


def test_a_single_step_needs_a_pause(studio: Studio) -> None:
    run, token = training(studio)
    with pytest.raises(Refused):
        studio.step(run.id, "both", token)


def test_stop_from_paused_still_brings_figures(studio: Studio) -> None:
    run, token = training(studio)
    studio.control(run.id, "pause", token)
    studio.control(run.id, "stop", token)
    wait_until_over(run)
    assert (run.state, run.metrics) == ("stopped", {"digit_fd": 1.5})
    with pytest.raises(Refused):
        studio.control(run.id, "resume", token)


def test_train_some_more_after_the_end(studio: Studio, trainer: type[FakeTrainer]) -> None:
    run, token = started(studio, steps=10)
    wait_until_over(run)
    studio.control(run.id, "extend", token, seconds=1)
    assert not run.feed.ended
    wait_until_over(run)
    assert run.step > 100
    assert run.seconds == pytest.approx(10 * trainer.step_seconds + 1, abs=0.02)
    assert len(trainer.built) == 1
    assert len(run.rows()) == run.step


def test_train_some_more_while_it_trains(studio: Studio) -> None:
    run, token = training(studio)
    studio.control(run.id, "extend", token, seconds=30)
    assert run.budget.seconds == 90
    assert run.state == "training"


@pytest.mark.parametrize("seconds", [0, -1, 1e9, float("nan")])
def test_train_some_more_within_bounds(studio: Studio, seconds: float) -> None:
    run, token = training(studio)
    with pytest.raises(VisitorError):
        studio.control(run.id, "extend", token, seconds=seconds)


def test_an_extended_run_goes_on_where_it_was_though_its_trainer_served_another(studio: Studio) -> None:
    run, token = started(studio, steps=10, seed=1)
    wait_until_over(run)
    other, _ = started(studio, steps=10, seed=2)
    wait_until_over(other)
    before = run.rows()
    studio.control(run.id, "extend", token, seconds=1)
    wait_until_over(run)
    rows = run.rows(1, 12)
    np.testing.assert_array_equal(rows[:10], before)
    column = run.keys.index("d_total")
    total = rows[:, column].astype(float) - column
    assert total[10] == pytest.approx(total[9] * 0.9 + 11, rel=1e-5)


def test_one_trains_and_the_others_wait_in_order(studio: Studio) -> None:
    first, token = training(studio)
    second, _ = started(studio, steps=3)
    third, _ = started(studio, steps=3)
    assert [run.snapshot()["queue"] for run in (first, second, third)] == [0, 1, 2]
    assert (second.state, third.state) == ("queued", "queued")
    studio.control(first.id, "stop", token)
    wait_until_over(second)
    wait_until_over(third)
    assert second.folder.path.joinpath("metrics.jsonl").stat().st_mtime_ns < (
        third.folder.path.joinpath("metrics.jsonl").stat().st_mtime_ns
    )


def test_leaving_the_queue_moves_the_others_up(studio: Studio) -> None:
    training(studio)
    second, token = started(studio, steps=3)
    third, _ = started(studio, steps=3)
    studio.control(second.id, "stop", token)
    assert second.state == "stopped"
    assert second.feed.ended
    assert third.queue == 1
    assert decode(third.feed.since(third.feed.last - 1)[0][1])["queue"] == 1


def test_a_paused_run_lets_the_next_one_train(studio: Studio) -> None:
    first, token = training(studio, seed=5, seconds=60)
    studio.control(first.id, "pause", token)
    step = first.step
    second, _ = started(studio, steps=5)
    wait_until_over(second)
    studio.control(first.id, "resume", token)
    wait_for(lambda: first.step > step)
    assert len(first.rows()) >= first.step


def test_a_full_queue_is_a_clear_refusal(studio: Studio, tmp_path: Path) -> None:
    training(studio)
    for _ in range(LOCAL.queue):
        started(studio, steps=3)
    folders = set((tmp_path / "runs").iterdir())
    with pytest.raises(Refused, match="waiting"):
        started(studio, steps=3)
    assert set((tmp_path / "runs").iterdir()) == folders, "a refused run leaves nothing behind"


def test_a_second_start_reuses_the_compiled_trainer(studio: Studio, trainer: type[FakeTrainer]) -> None:
    trainer.build_seconds = 0.3
    wait_until_over(started(studio, steps=3)[0])
    began = time.monotonic()
    run, _ = started(studio, steps=3, seed=9)
    next(message for message in run.follow() if message.get("frame"))
    assert time.monotonic() - began < 0.3
    assert len(trainer.built) == 1


def test_at_most_four_trainers_are_kept(studio: Studio, trainer: type[FakeTrainer]) -> None:
    losses = ("non_saturating", "minimax", "lsgan", "hinge", "wgan")
    for loss in losses:
        wait_until_over(started(studio, steps=2, loss=loss)[0])
    wait_until_over(started(studio, steps=2, loss="wgan")[0])
    assert len(trainer.built) == 5
    wait_until_over(started(studio, steps=2, loss="non_saturating")[0])
    assert len(trainer.built) == 6, "the least recently used one had made room"


def test_a_start_while_the_default_recipe_compiles_waits_for_it(
    studio_at: Callable[..., Studio], tmp_path: Path, trainer: type[FakeTrainer]
) -> None:
    trainer.build_seconds = 0.3
    studio = studio_at(tmp_path, warm=True)
    run, _ = started(studio, steps=3)
    assert run.state == "compiling"
    wait_until_over(run)
    assert len(trainer.built) == 1


def test_two_followers_get_the_same(studio: Studio) -> None:
    training(studio)
    run, token = started(studio, steps=40)
    followers = [run.follow(), run.follow()]
    snapshots = [next(follower) for follower in followers]
    assert snapshots[0] == snapshots[1]
    studio.control(studio.current.id, "stop", token)
    first, second = (list(follower) for follower in followers)
    assert first == second
    assert sum(len(message.get("rows", ())) for message in first) == 40


def test_a_follower_that_comes_back_gets_what_it_missed(studio: Studio) -> None:
    run, token = training(studio)
    cursor, snapshot = run.snapshot_event()
    seen = decode(snapshot)["curves"]["last"]
    wait_for(lambda: run.step > seen + 20)
    studio.control(run.id, "pause", token)
    messages = [decode(event) for _, event in run.messages_since(cursor)]
    assert steps_in(messages) == list(range(seen + 1, run.step + 1))
    assert decode(run.messages_since(12345)[0][1])["type"] == "snapshot"


def test_only_the_token_controls_where_strangers_are(studio_at: Callable[..., Studio], tmp_path: Path) -> None:
    studio = studio_at(tmp_path, owner_is_everyone=False)
    run, token = training(studio)
    for wrong in ("", "0" * 32, token[:-1]):
        with pytest.raises(NotOwner):
            studio.control(run.id, "stop", wrong)
    assert run.state == "training"
    studio.control(run.id, "stop", token)
    assert run.state == "stopped"
    assert len(token) == 32
    assert token not in (run.folder.path / "run.json").read_text()


def test_a_stranger_may_not_fill_the_queue(studio_at: Callable[..., Studio], tmp_path: Path) -> None:
    studio = studio_at(tmp_path, owner_is_everyone=False)
    for _ in range(2):
        studio.start(plan(seconds=60), "10.0.0.1")
    with pytest.raises(Refused):
        studio.start(plan(seconds=60), "10.0.0.1")
    studio.start(plan(seconds=60), "10.0.0.2")


@pytest.mark.parametrize("run_id", ["nothing", "0" * 20, "../../etc", "", ".", "a" * 5000, "0" * 19 + "/"])
def test_unknown_runs_are_not_found(studio: Studio, run_id: str) -> None:
    with pytest.raises(NotFound):
        studio.run(run_id)


def test_an_unknown_action_is_refused(studio: Studio) -> None:
    run, token = training(studio)
    with pytest.raises(NotFound):
        studio.control(run.id, "delete", token)


def test_the_list_of_models_has_runs_and_the_live_one(studio: Studio) -> None:
    done, _ = started(studio, steps=5)
    wait_until_over(done)
    live, _ = training(studio)
    kinds = {model.id: model.kind for model in studio.models()}
    assert kinds[done.id] == "run"
    assert kinds[live.id] == "live"
    figures = {model.id: model.figures for model in studio.models()}
    assert figures[done.id] == {"digit_fd": 1.5}


def test_a_queued_run_has_no_generator_yet(studio: Studio) -> None:
    training(studio)
    waiting, _ = started(studio, steps=5)
    with pytest.raises(Refused):
        studio.generator(waiting.id)
    with pytest.raises(NotFound):
        studio.generator("nothing")
