"""Words of the Models tab for the Hugging Face Hub: pushing, pulling, tokens and signing in."""

from __future__ import annotations

from aigc_demo.text import Text

# Those of the window that comes back from the provider.
CALLBACK: dict[str, Text] = {
    "title": Text("登录 Hugging Face", "Sign in with Hugging Face"),
    "handing": Text("正在把登录交给原来的页面…", "Handing your sign-in over to the page that asked for it…"),
    "done": Text("已登录。可以关闭这个窗口。", "You are signed in. You can close this window."),
    "paste": Text(
        "原来的页面没有回应：请把下面的一次性代码粘贴到它的登录框里。不要给任何人。",
        "The page that asked does not answer: paste this one-time code into its sign-in box. Give it to nobody.",
    ),
    "denied": Text(
        "登录没有完成（已取消或被拒绝）。可以关闭这个窗口。",
        "Signing in was not completed: it was cancelled or refused. You can close this window.",
    ),
    "copy": Text("复制", "Copy"),
    "copied": Text("已复制。", "Copied."),
}

JS: dict[str, Text] = {
    "models.act.push": Text("推送到 Hub…", "Push to the Hub…"),
    "models.fromHub": Text("来自 Hub", "From the Hub"),
    "models.fromHubValue": Text("{repo}，提交 {commit}", "{repo} at commit {commit}"),
    "models.pull": Text("从 Hub 拉取…", "Pull from the Hub…"),
    "models.pullTitle": Text("从 Hugging Face Hub 拉取模型", "Pull a model from the Hugging Face Hub"),
    "models.pullAbout": Text(
        "从 {host} 取本软件的一个模型（最大 {most} MB）。按下“拉取”之前什么都不取；文件只当作数据，逐项检查后才留下。",
        "Fetches a model of this program from {host} (up to {most} MB). Nothing is fetched before you press Pull; the files "
        "are data only, and everything is checked before they are kept.",
    ),
    "models.pullRepo": Text("模型", "Model"),
    "models.pullHint": Text(
        "owner/name，可加 @ 与分支、标签或提交，把它固定在那里。",
        "owner/name; an @ and a branch, tag or commit after it pins it there.",
    ),
    "models.pullName": Text("名称（可不填）", "Name (optional)"),
    "models.pullPrivate": Text("它是私有的？", "Is it private?"),
    "models.pullGo": Text("拉取", "Pull"),
    "models.pullRefused": Text(
        "这台服务器不允许访客从 Hub 下载；管理员可以设 AIGC_DEMO_FETCH=1。",
        "On this server visitors may not fetch from the Hub; its owner can set AIGC_DEMO_FETCH=1.",
    ),
    "models.pulled": Text("已拉取“{title}”，提交 {commit}。", "“{title}” is pulled, at commit {commit}."),
    "models.pulledBefore": Text(
        "提交 {commit} 的模型已经在这里了：“{title}”。没有再存一份。",
        "The model of commit {commit} is here already: “{title}”. It was not stored again.",
    ),
    "models.pushTitle": Text("推送“{title}”到 Hugging Face Hub", "Push “{title}” to the Hugging Face Hub"),
    "models.pushAbout": Text(
        "按下“推送”之后才会发送下列文件，用你的令牌，发到下面写明的仓库（没有就新建）。模型卡片会加上 Hub 需要的说明和样本图；"
        "名称、所有者等本机记录不会发送。",
        "Only when you press Push are these files sent, with your token, to the repository named below, which is made if "
        "need be. The card gets what the Hub wants to know and the samples; what this machine notes beside a model stays "
        "here.",
    ),
    "models.pushFiles": Text("要发送的文件", "Files that are sent"),
    "models.pushRepo": Text("仓库", "Repository"),
    "models.pushRepoHint": Text("name 或 owner/name", "name or owner/name"),
    "models.pushPublic": Text("公开：任何人都能看到和下载", "Public: anybody can see and download it"),
    "models.pushTarget": Text("发往 {url} · {visibility}", "Goes to {url} · {visibility}"),
    "models.pushYou": Text("〈你的账户〉", "<your account>"),
    "models.private": Text("私有，只有仓库的主人能看到", "private: only its owner sees it"),
    "models.public": Text("公开", "public"),
    "models.pushGo": Text("推送", "Push"),
    "models.pushAgain": Text("再推一次", "Push again"),
    "models.pushed": Text("已推送（{visibility}），提交 {commit}：", "Pushed ({visibility}), commit {commit}:"),
    "models.pushedSame": Text(
        "仓库里已是同样的文件（{visibility}，提交 {commit}）：",
        "The repository has the same files already ({visibility}, commit {commit}):",
    ),
    "models.pushStopped": Text(
        "已停止。仓库可能已建好，但没有新的提交，除非你在提交时才停；再推一次无害。",
        "Stopped. The repository may be there, without a new commit unless that was under way; pushing again does no harm.",
    ),
    "models.pullStopped": Text("已停止，没有留下什么。", "Stopped; nothing was kept."),
    "models.hubStop": Text("停止", "Stop"),
    "models.hubWaiting": Text("前面还有 {n} 个…", "{n} ahead of this one…"),
    "models.hub.asking": Text("正在询问 Hub…", "Asking the Hub…"),
    "models.hub.download": Text("已取 {at} / {total} MB", "{at} of {total} MB fetched"),
    "models.hub.check": Text("正在检查…", "Checking it…"),
    "models.hub.upload": Text("已发送 {at} / {total} MB", "{at} of {total} MB sent"),
    "models.hub.commit": Text("正在提交…", "Committing…"),
    "models.hubBar": Text("进度", "Progress"),
    "account.needed": Text("请先登录，或填写令牌。", "Sign in first, or give a token."),
    "account.token": Text("你的 Hub 令牌", "Your Hub token"),
    "account.tokenHint": Text(
        "只留在这个页面的内存里，随这一次请求发给服务器；不保存，不写日志。写权限的令牌在 {host}/settings/tokens 创建。",
        "Kept in this page's memory and sent to the server with this request alone; never stored or logged. Tokens that may "
        "write are made at {host}/settings/tokens.",
    ),
    "account.orToken": Text("或者用令牌", "Or use a token"),
    "account.signIn": Text("用 Hugging Face 登录", "Sign in with Hugging Face"),
    "account.signedIn": Text("已登录：{name}", "Signed in as {name}"),
    "account.someone": Text("已登录", "Signed in"),
    "account.signOut": Text("退出登录", "Sign out"),
    "account.window": Text(
        "请在新打开的窗口里同意，然后回到这里。",
        "Agree in the window that has opened, then come back here.",
    ),
    "account.blocked": Text("浏览器拦住了新窗口：", "The browser has blocked the window:"),
    "account.openWindow": Text("打开登录窗口", "Open the sign-in window"),
    "account.code": Text("那个窗口给出的一次性代码", "The one-time code that the window shows"),
    "account.finish": Text("完成登录", "Finish signing in"),
    "account.denied": Text("登录已取消。", "Signing in was cancelled."),
}
