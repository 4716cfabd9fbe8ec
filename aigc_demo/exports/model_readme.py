"""What an exported model says of itself: how it is loaded, what it takes, and its card."""

from __future__ import annotations

from aigc_demo.exports.model_subject import Subject
from aigc_demo.text import LANGUAGES, Text

_ABOUT = Text(
    "这是 AIGC Demo 训练的一个生成器。下面的模型卡片说明它怎样得来、测得怎样、可以怎样使用。",
    "A generator trained with AIGC Demo. The card below says how it was made, what it measured and how it may be used.",
)
_INPUTS = Text(
    "输入：`z`，float32 [n, {size}]，从 N(0, 1) 抽取{label}。输出：float32 [n, 28, 28, 1]，−1 是黑，1 是白。",
    "Input: `z`, float32 [n, {size}], drawn from N(0, 1){label}. Output: float32 [n, 28, 28, 1]; −1 is black, 1 is white.",
)
_LABEL = Text(
    "；`label`，float32 [n, {n}]，每行是所要类别的独热向量，依次为 {names}",
    "; `label`, float32 [n, {n}], a one-hot row for the class wanted, in the order {names}",
)
_TRUNCATION = Text(
    "截断不在模型里：先把 `z` 乘以 ψ（小于 1 更典型）。",
    "Truncation is not in the model: multiply `z` by ψ first (below 1: more typical).",
)
_STYLES = Text(
    "噪声是固定的；截断与风格混合不在模型里。", "Its noise is fixed; truncation and mixed styles are not in the model."
)
_CODE = {
    "savedmodel": """import tensorflow as tf
model = tf.saved_model.load("savedmodel")
z = tf.random.normal([16, {size}])
{label}images = model.serve({inputs})""",
    "onnx": """import numpy as np, onnxruntime
session = onnxruntime.InferenceSession("{file}")
z = np.random.standard_normal((16, {size})).astype(np.float32)
{label}(images,) = session.run(None, {inputs})""",
}
_LABELS = {
    "savedmodel": "label = tf.one_hot(tf.range(16) % {n}, {n})\n",
    "onnx": "label = np.eye({n}, dtype=np.float32)[np.arange(16) % {n}]\n",
}
_GIVEN = {"savedmodel": ("z", "[z, label]"), "onnx": ('{"z": z}', '{"z": z, "label": label}')}


def readme(subject: Subject, kind: str) -> str:
    """Markdown in both languages; `kind` is "savedmodel" or "onnx"."""
    info, n = subject.info, len(subject.info.class_names)
    label = _LABELS[kind].format(n=n) if info.conditional else ""
    inputs, file = _GIVEN[kind][info.conditional], f"{subject.name}.onnx"
    code = _CODE[kind].format(size=info.latent_size, label=label, inputs=inputs, file=file)
    parts = [f"# {info.title.en} · {info.title.zh}", f"```python\n{code}\n```"]
    for lang in LANGUAGES[::-1]:
        asked = _LABEL.format(n=n, names=", ".join(info.class_names))(lang) if info.conditional else ""
        takes = _INPUTS.format(size=info.latent_size, label=asked)(lang)
        parts += [_ABOUT(lang), f"{takes} {(_STYLES if info.styles else _TRUNCATION)(lang)}"]
    cards = dict.fromkeys(subject.cards[lang] for lang in LANGUAGES[::-1])  # a card of another kind is one for both
    return "\n\n".join([*parts, *filter(None, cards)]) + "\n"
