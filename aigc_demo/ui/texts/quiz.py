"""Words of the quiz."""

from __future__ import annotations

from aigc_demo.text import Text

TITLE = Text("十道题，运行见分晓", "Ten questions, settled by running them")
ABOUT = Text(
    "先选一个答案，再运行。对错不由我们说，由跑出来的数说。",
    "Choose an answer, then run it. It is not we who say whether you are right, but what is measured.",
)
WHY = Text("为什么：", "Why: ")
MORE = Text("去看这一条勘误", "Read the whole erratum")

JS: dict[str, Text] = {
    "quiz.score": Text("答对 {right} 题，已答 {done} / {all}", "{right} right, {done} of {all} answered"),
    "quiz.choose": Text("先选一个答案。", "Choose an answer first."),
    "quiz.all": Text("十题答完：答对 {right} 题。", "All ten answered: {right} right."),
    "quiz.surprise": Text(
        "这次测得的数和说法不符，这一题不算分。换个种子再试。",
        "What was measured contradicts the claim this time, so the question does not count. Try another seed.",
    ),
}
