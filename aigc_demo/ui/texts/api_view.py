"""Words of the API's view: what frames the descriptions, which are the endpoints' own."""

from __future__ import annotations

from aigc_demo.text import Text

FOOTER = Text("API：用程序或 AI 助手使用", "API: use it from programs and assistants")

JS: dict[str, Text] = {
    "api.title": Text("API", "API"),
    "api.intro": Text(
        "网页能训练、能画、能讲解的，程序也能。下面的例子可以照抄运行，地址就是这台服务器；测试逐个运行它们。",
        "What the page trains, draws and explains, programs can have as well. The examples below run as they stand, against "
        "this very server; the tests run each of them.",
    ),
    "api.install": Text("Python 先装一个包：", "Python needs one package first:"),
    "api.telemetry": Text(
        "这个包每次启动会向 Hugging Face 报告一声；不想这样，就设环境变量 HF_HUB_DISABLE_TELEMETRY=1。",
        "That package tells Hugging Face of each start, unless the environment says HF_HUB_DISABLE_TELEMETRY=1.",
    ),
    "api.schema": Text("机器可读的描述", "For machines"),
    "api.list": Text("跳到", "Go to"),
    "api.takes": Text("参数", "What it takes"),
    "api.answers": Text("回答", "What it answers"),
    "api.stream": Text("回答（一条条传来，直到结束）", "What it answers, again and again until the end"),
    "api.refuses": Text("拒绝与须知", "What it refuses, and good to know"),
    "api.name": Text("名称", "Name"),
    "api.range": Text("类型与范围", "Type and range"),
    "api.default": Text("默认", "Default"),
    "api.meaning": Text("含义", "Meaning"),
    "api.needed": Text("必填", "required"),
    "api.choices": Text("{n} 个名称之一", "one of {n} names"),
    "api.null": Text("或 null", "or null"),
    "api.copy": Text("复制", "Copy"),
    "api.copied": Text("已复制", "Copied"),
    "api.example": Text("{language} 例子：{name}", "{language} example of {name}"),
    "api.limits": Text("限制", "Limits"),
    "api.wrong": Text(
        "参数不对、太多或太久时，回答是一句说明怎么办的话：在 Python 里是 AppError 的文字，在 curl 里是 event: error 的内容；根本进不了队列的请求（太大、排队已满、data 的个数不对）以状态 4xx 或 503 回答，句子在 error 里。",
        "A wrong argument, or too much of something, is answered by one sentence that says what to do: in Python the text of an "
        "AppError, in curl what follows event: error. A request that is not let into the queue (too large, the queue full, another "
        "number of values in data) has a status of 4xx or 503, and its sentence in error.",
    ),
    "api.atOnce": Text(
        "同时处理 {n} 个，其余排队；每次算 {cost} 次调用。",
        "{n} of them are worked on at once, others wait; each counts as {cost} of a visitor's calls.",
    ),
    "api.perVisitor": Text("每人每分钟 {n} 次调用。", "{n} calls a minute for a visitor."),
    "api.perMinute": Text("所有人一共每分钟 {n} 次调用。", "{n} calls a minute for all visitors together."),
    "api.unlimited": Text("在自己的机器上，调用次数不限。", "On one's own machine calls are not counted."),
    "api.runs": Text("每人同时最多 {n} 次训练在进行或排队。", "A visitor may have {n} runs training or waiting."),
    "api.seconds": Text(
        "一次训练总共最多 {n} 秒；最多 {queue} 次训练排队。",
        "A run may train for {n} seconds in all; {queue} runs may wait.",
    ),
    "api.waiting": Text("最多 {n} 个调用排队，再多的立刻被拒绝。", "{n} calls may wait; any more are refused at once."),
    "api.bytes": Text("一次请求最多 {n} MB。", "A request may have {n} MB."),
    "api.mcp": Text("AI 助手（MCP）", "Assistants (MCP)"),
    "api.mcpAbout": Text(
        "支持 MCP 的 AI 助手可以直接用这台服务器画数字、讲解损失、测量模型。把下面这段加进助手的 MCP 设置即可；什么都不会离开这台机器，"
        "除了助手自己问到的答案。",
        "An assistant that speaks MCP can draw, explain and measure with this server. Put this into its MCP settings; nothing "
        "leaves this machine but the answers that the assistant asks for.",
    ),
    "api.mcpOff": Text(
        "这台服务器关闭了 MCP（AIGC_DEMO_MCP=0）。", "MCP is switched off on this server (AIGC_DEMO_MCP=0)."
    ),
    "api.mcpTrain": Text(
        "助手不能训练；在自己的机器上启动前设 AIGC_DEMO_MCP_TRAIN=1 才可以。",
        "Assistants may not train; on your own machine they may, if it is started with AIGC_DEMO_MCP_TRAIN=1.",
    ),
    "api.tool": Text("工具", "Tool"),
}
