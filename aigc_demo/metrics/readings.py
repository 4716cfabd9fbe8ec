"""What a player's total means right now, in one short sentence, by what its formula measures.

Every number that is read out follows exactly from the total: e^(-L/2) of a cross-entropy is the (geometric) mean of the
probability that D gives to the truth, the square root of a squared loss the root mean square miss, and so on. None of
them is the quality of the digits.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from aigc_demo.losses import Loss, Player
from aigc_demo.metrics.wording import figure, percent
from aigc_demo.text import Text

_Sentence = Callable[[float], Text]  # of the game's own part of a total

_NOT_A_NUMBER = Text(
    "已不是有限的数：训练在这里坏掉了。", "No longer a finite number: the training broke down at this point."
)
_GAME_ONLY = Text("（不计惩罚与附加项。）", " (Penalties and additions left out.)")


def readings(loss: Loss, recent: Mapping[str, float]) -> dict[Player, Text]:
    """A sentence for each player whose total is in `recent`, the means of the newest steps."""
    sentences = {player: reading(loss, player, recent) for player in ("d", "g")}
    return {player: text for player, text in sentences.items() if text is not None}  # type: ignore[misc]


def reading(loss: Loss, player: Player, recent: Mapping[str, float]) -> Text | None:
    """What this player's total says; None where `recent` lacks it or a term of the game."""
    total = recent.get(f"{player}_total")
    own = [recent.get(term.key) for term in loss.terms(player) if not term.auxiliary]
    if total is None or any(value is None for value in own):
        return None
    if not math.isfinite(total):
        return _NOT_A_NUMBER
    game = math.fsum(value for value in own if value is not None)
    told = _sentence(loss, player)(game)
    if abs(total - game) <= 0.005 * max(1.0, abs(total)):
        return told
    return Text(told.zh + _GAME_ONLY.zh, told.en + _GAME_ONLY.en)


def _sentence(loss: Loss, player: Player) -> _Sentence:
    found = _BY_LOSS.get((loss.key, player)) or _BY_FAMILY.get((loss.family, player))
    return _no_meaning if found is None else found


def _chance(game: float, terms: int) -> float:
    """The mean probability behind the sum of `terms` cross-entropies."""
    return math.exp(min(-game / terms, 0.0))


def _truth(game: float) -> Text:
    return Text(
        "D 平均给真相 {share} 的概率；50%（1.386）等于瞎猜。",
        "On average D gives the truth a probability of {share}; 50 % (1.386) is a coin toss.",
    ).format(share=percent(_chance(game, 2)))


def _fooled(game: float) -> Text:
    return Text(
        "D 平均给假图 {share} 的概率是真的；50%（0.693）为分不清。",
        "On average D gives the fakes a chance of {share} of being real; at 50 % (0.693) it cannot tell.",
    ).format(share=percent(_chance(game, 1)))


def _caught(game: float) -> Text:
    return Text(
        "D 平均给假图 {share} 的概率是真的；越近 0，G 的斜率越平，学不到东西。",
        "D gives the fakes a chance of about {share} of being real; the nearer to 0, the flatter G's slope.",
    ).format(share=percent(-math.expm1(min(game, 0.0))))


def _cooperation(game: float) -> Text:
    return Text(
        "G 的目标写反了：它降低只表示假图越来越好认，与质量无关。",
        "G's target is the wrong way round: it falls as the fakes get easier to spot, not better.",
    )


def _squashed_d(game: float) -> Text:
    return Text(
        "两次 sigmoid 使它只能在 1.006 与 2.006 之间；1.386 并不表示均衡，要看梯度范数。",
        "Sigmoid twice confines it to 1.006–2.006; 1.386 is no sign of balance here: look at the gradient norms.",
    )


def _squashed_g(game: float) -> Text:
    return Text(
        "两次 sigmoid 使它只能在 0.313 与 0.693 之间；停在 0.693 是斜率消失，不是均衡。",
        "Sigmoid twice confines it to 0.313–0.693; resting at 0.693 means a slope of nothing, not balance.",
    )


def _both_up(game: float) -> Text:
    return Text(
        "最低 −2，即把真图和假图都叫作真：它降到底也没学会分辨任何东西。",
        "Its floor, −2, is calling real and fake alike real: at the bottom D has learnt to tell nothing apart.",
    )


def _flees(game: float) -> Text:
    return Text("它降低，表示 G 让自己的图显得更假。", "Its fall means that G makes its images look more fake.")


def _joins(game: float) -> Text:
    return Text(
        "G 与 D 想要同一件事；它降低不代表图更好。", "G wants just what D wants: its fall says nothing of the images."
    )


def _difference(game: float) -> Text:
    return Text(
        "真图比假图平均多得 {gap} 的概率；0 为分不清，1 为全看穿，此时斜率也没了。",
        "Real digits get {gap} more probability than fakes; 0: cannot tell, 1: sees through all, and no slope is left.",
    ).format(gap=figure(-game))


def _fooled_share(game: float) -> Text:
    return Text(
        "D 平均给假图 {share} 的概率是真的；两端的斜率都趋于 0。",
        "On average D gives the fakes a chance of {share} of being real; the slope dies at either end.",
    ).format(share=percent(-game))


def _misses(worst: str) -> _Sentence:
    def sentence(game: float) -> Text:
        return Text(
            "得分平均偏离目标 {miss}；{worst} 为分不清真假，0 为全看穿。",
            "Scores miss their targets by {miss}; {worst} means D cannot tell, 0 that it sees through everything.",
        ).format(miss=figure(math.sqrt(max(game, 0.0))), worst=worst)

    return sentence


def _from_goal(rest: str) -> _Sentence:
    def sentence(game: float) -> Text:
        return Text(
            "假图得分平均离 G 的目标 {miss}；分不清时为 {rest}。",
            "The fakes' scores are {miss} from what G aims at; {rest} when D cannot tell.",
        ).format(miss=figure(math.sqrt(max(2 * game, 0.0))), rest=rest)

    return sentence


def _minus_gap(game: float) -> Text:
    return Text(
        "就是负的得分差：真图比假图高 {gap}。差先张大，再缩小才是进步。",
        "Minus the gap: real digits score {gap} above fakes. It opens first; its shrinking is the progress.",
    ).format(gap=figure(-game))


def _level_only(game: float) -> Text:
    return Text(
        "高低没有意义，得分可以整体平移；请看真假得分之差。",
        "Its level means nothing, since all scores may shift together: read the gap between the scores.",
    )


def _margin(game: float) -> Text:
    return Text(
        "离越过间隔还差多少：2 为分不清，0 为全部越过，D 不再学习。",
        "How far images are from clearing the margin: 2 is not telling at all, at 0 all have, and D learns no more.",
    )


def _minus_score(game: float) -> Text:
    return Text(
        "假图平均得 {score} 分：低于 −1 是明显的假，高于 1 当真。G 的损失本身没有好坏的刻度。",
        "The fakes score {score}: below −1 is plainly fake to D, above 1 real. The level has no good or bad of its own.",
    ).format(score=figure(-game))


def _ranked(pairs: int) -> _Sentence:
    def sentence(game: float) -> Text:
        return Text(
            "D 平均以 {share} 的概率把真图排在假图之上；50%（{rest}）为排不出。只有差距算数。",
            "D ranks real above fake with a probability of {share}; at 50 % ({rest}) it cannot. Only the gap counts.",
        ).format(share=percent(_chance(game, pairs)), rest=figure(pairs * math.log(2)))

    return sentence


def _outranked(pairs: int) -> _Sentence:
    def sentence(game: float) -> Text:
        return Text(
            "假图平均以 {share} 的概率胜过真图；50%（{rest}）为均衡。",
            "Fakes win against real digits with a probability of {share}; 50 % ({rest}) is the balance.",
        ).format(share=percent(_chance(game, pairs)), rest=figure(pairs * math.log(2)))

    return sentence


def _no_meaning(game: float) -> Text:
    return Text("单看它说明不了质量。", "By itself it says nothing about quality.")


_BY_LOSS: dict[tuple[str, Player], _Sentence] = {
    ("minimax", "g"): _caught,
    ("double_sigmoid", "d"): _squashed_d,
    ("double_sigmoid", "g"): _squashed_g,
    ("g_target_zero", "d"): _truth,
    ("g_target_zero", "g"): _cooperation,
    ("doc_literal", "d"): _both_up,
    ("doc_literal", "g"): _flees,
    ("doc_literal_words", "d"): _both_up,
    ("doc_literal_words", "g"): _joins,
    ("doc_sign_fixed", "d"): _difference,
    ("doc_sign_fixed", "g"): _fooled_share,
    ("lsgan_chi2", "d"): _misses("1"),
    ("lsgan_chi2", "g"): _from_goal("0"),
    ("rasgan", "d"): _ranked(2),
    ("rasgan", "g"): _outranked(2),
}

_BY_FAMILY: dict[tuple[str, Player], _Sentence] = {
    ("jensen_shannon", "d"): _truth,
    ("jensen_shannon", "g"): _fooled,
    ("least_squares", "d"): _misses("0.5"),
    ("least_squares", "g"): _from_goal("0.5"),
    ("wasserstein", "d"): _minus_gap,
    ("wasserstein", "g"): _level_only,
    ("hinge", "d"): _margin,
    ("hinge", "g"): _minus_score,
    ("relativistic", "d"): _ranked(1),
    ("relativistic", "g"): _outranked(1),
}
