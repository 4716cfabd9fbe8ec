"""Plans that between them use everything an exported script must repeat."""

from __future__ import annotations

from dataclasses import replace

from aigc_demo.recipes import Optimiser, Plan, make_plan


def _with_rmsprop(plan: Plan) -> Plan:
    optimiser = Optimiser(5e-4, beta_2=0.9, name="rmsprop")
    return replace(plan, recipe=replace(plan.recipe, g_optimiser=optimiser, d_optimiser=optimiser))


# Small batches: a step must be quick, and its sums short enough that rounding does not grow.
PLANS: dict[str, Plan] = {
    "conditional": make_plan("fast", seed=3, settings={"batch_size": 8}),
    "relativistic": make_plan(
        "fast",
        "r3gan",
        settings={
            "batch_size": 8,
            "weight.d_drift": 0.01,
            "weight.g_feature_match": 0.5,
            "discriminator_steps": 2,
            "lr.d": 5e-4,  # at the recipe's rate rounding has grown to 0.3 % by the tenth step
            "lr.g": 5e-4,
        },
    ),
    "clipped": _with_rmsprop(
        make_plan(
            "tutorial_4_3_repaired",
            "wgan",
            settings={"clip": 0.02, "discriminator_steps": 3, "batch_size": 16, "rate_halving_steps": 3},
        )
    ),
    "packed": make_plan("tutorial_cnn", settings={"pac": 3, "batch_size": 16, "weight.d_smooth": 0.2, "augment": 1}),
    "penalised": make_plan(
        "fast",
        "wgan_gp",
        settings={
            "generator": "fast_no_norm",
            "discriminator_steps": 2,
            "batch_size": 8,
            "updates": "simultaneous",
            "weight.d_r1": 0.1,
            "weight.d_r2": 0.2,
        },
    ),
    "as written": make_plan("tutorial_5_2", "doc_literal_words", settings={"batch_size": 16, "freeze_d": 1}),
    "sorted by itself": make_plan("infogan", settings={"batch_size": 8, "freeze_d": 2, "lr.g": 5e-4}),
    "plain weights": make_plan(
        "fast", "dragan", settings={"batch_size": 8, "weight.d_gp_one_sided": 1, "ema_decay": 0}
    ),
    "normalised D": make_plan(
        "fast_long",
        "rasgan",
        settings={"batch_size": 8, "discriminator": "fast_bn", "updates": "simultaneous", "discriminator_steps": 2},
    ),
    "dropout": make_plan(
        "tutorial_4_3",
        "minimax",
        settings={
            "batch_size": 16,
            "weight.g_recon_x": 0.02,
            "dropout": 0.2,
            "augment": 2,
            "lr.g": 1e-3,
            "beta_1.d": 0.3,
            "weight.d_dragan": 1,
            "discriminator_steps": 2,
        },
    ),
    "growing": make_plan(  # ten steps see both later stages begin, fade in and train
        "progressive", "non_saturating", settings={"growth_steps": 2, "batch_size": 8, "lr.g": 5e-4, "lr.d": 5e-4}
    ),
}
