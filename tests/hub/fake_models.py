"""The part of a Hub that has model repositories: accounts, commits, large files by LFS, and what can go wrong with them."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import yaml

if TYPE_CHECKING:
    from tests.hub.fake_hub import FakeHub

ADA = "hf_AdasSecretTokenWithPermission"  # may write to ada/… and to lab/…
EVE = "hf_EvesSecretTokenWithPermission"
LICENCES = {"mit", "cc-by-sa-3.0", "cc-by-sa-4.0", "other"}


@dataclass
class Answer:
    """What is sent back."""

    body: Any = field(default_factory=dict)
    status: int = 200
    code: str = ""  # of the error, in the header that the client reads
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Troubles:
    """What goes wrong with models. `put_status`: of the next uploads, one after another."""

    put_status: list[int] = field(default_factory=list)
    commit_status: int = 200
    hold_put: threading.Event | None = None
    hold_create: threading.Event | None = None
    echo: bool = False  # every refusal repeats the token, as no Hub should
    sizes: dict[str, int] = field(default_factory=dict)  # stated instead of the real ones


class ModelRepos:
    """Model repositories by name; their files lie with those of the sets, as `hub.files[repo, commit]`."""

    def __init__(self, hub: FakeHub) -> None:
        self.hub = hub
        self.accounts = {ADA: ("ada", ("lab",)), EVE: ("eve", ())}
        self.private: dict[str, bool] = {}
        self.log: dict[str, list[dict[str, Any]]] = {}  # repository -> its commits, the newest last
        self.large: dict[str, bytes] = {}  # sha256 -> content
        self.troubles = Troubles()

    def put_model(self, repo: str, files: dict[str, bytes], private: bool = False) -> str:
        """A repository as somebody else has made it; gives the commit."""
        self.private.setdefault(repo, private)
        return self._commit(repo, files, "put there")

    def content(self, repo: str) -> dict[str, bytes]:
        """What the newest commit holds."""
        return self.hub.files[repo, self.hub.heads[repo]]

    def answer(self, to: BaseHTTPRequestHandler, host: str) -> Answer | None:
        """None where the request is about something else than models."""
        path = unquote(urlsplit(to.path).path)
        body = to.rfile.read(int(to.headers.get("Content-Length") or 0)) if to.command in ("POST", "PUT") else b""
        if to.headers.get("Transfer-Encoding") == "chunked":
            body = _chunks(to)
        if host == "storage":
            return self._store(path, body) if to.command == "PUT" else None
        token = to.headers.get("Authorization", "").removeprefix("Bearer ")
        answer = self._answer(to.command, path, body, token)
        if answer is not None and answer.status >= 400 and self.troubles.echo:
            answer.body = answer.body | {"error": f"refused {to.headers.get('Authorization')}"}
        return answer

    def _answer(self, method: str, path: str, body: bytes, token: str) -> Answer | None:
        if path == "/api/whoami-v2":
            return self._who(token)
        if path == "/api/repos/create":
            if self.troubles.hold_create is not None:
                self.troubles.hold_create.wait(60)
            return self._create(json.loads(body), token)
        if path == "/api/validate-yaml":
            return _validate(json.loads(body)["content"])
        if found := re.fullmatch(r"/api/models/([^/]+/[^/]+)(?:/revision/([^/]+))?", path):
            return self._info(found[1], found[2] or "main", token)
        if found := re.fullmatch(r"/api/models/([^/]+/[^/]+)/preupload/main", path):
            return self._modes(found[1], json.loads(body), token)
        if found := re.fullmatch(r"/([^/]+/[^/]+)\.git/info/lfs/objects/batch", path):
            return self._batch(found[1], json.loads(body), token)
        if found := re.fullmatch(r"/api/models/([^/]+/[^/]+)/commit/main", path):
            return self._take_commit(found[1], body, token)
        if found := re.fullmatch(r"/([^/]+/[^/]+)/resolve/([^/]+)/(.+)", path):
            return self._resolve(*found.groups(), token)
        return None

    def _who(self, token: str) -> Answer:
        if token not in self.accounts:
            return Answer({"error": "Invalid credentials in Authorization header"}, 401)
        name, orgs = self.accounts[token]
        return Answer({"type": "user", "name": name, "orgs": [{"name": org} for org in orgs]})

    def _may_write(self, repo: str, token: str) -> bool:
        name, orgs = self.accounts.get(token, ("", ()))
        return repo.partition("/")[0] in (name, *orgs)

    def _sees(self, repo: str, token: str) -> bool:
        return repo in self.private and (not self.private[repo] or self._may_write(repo, token))

    def _create(self, wish: dict[str, Any], token: str) -> Answer:
        if token not in self.accounts:
            return Answer({"error": "Invalid username or password."}, 401)
        repo = f"{wish['organization'] or self.accounts[token][0]}/{wish['name']}"
        if not self._may_write(repo, token):
            return Answer({"error": "You don't have the rights to create a model under this namespace"}, 403)
        if repo in self.private:
            return Answer({"error": "You already created this model repo", "url": f"{self.hub.endpoint}/{repo}"}, 409)
        self.private[repo] = wish.get("visibility") == "private"
        self._commit(repo, {".gitattributes": b"*.safetensors filter=lfs\n"}, "initial commit")
        return Answer({"url": f"{self.hub.endpoint}/{repo}"})

    def _info(self, repo: str, revision: str, token: str) -> Answer:
        if not self._sees(repo, token):
            return Answer({"error": "Repository not found"}, 401, "RepoNotFound")
        commit = self.hub.heads[repo] if revision == "main" else revision
        if (repo, commit) not in self.hub.files:
            return Answer({"error": "Invalid rev id"}, 404, "RevisionNotFound")
        siblings = [self._entry(path, content) for path, content in self.hub.files[repo, commit].items()]
        return Answer({"id": repo, "sha": commit, "private": self.private[repo], "siblings": siblings})

    def _entry(self, path: str, content: bytes) -> dict[str, Any]:
        size = self.troubles.sizes.get(path, len(content))
        if not _is_large(path):
            return {"rfilename": path, "size": size, "blobId": _git_hash(content)}
        sums = {"sha256": hashlib.sha256(content).hexdigest(), "size": size, "pointerSize": 130}
        return {"rfilename": path, "size": size, "blobId": "0" * 40, "lfs": sums}

    def _modes(self, repo: str, wish: dict[str, Any], token: str) -> Answer:
        if not self._may_write(repo, token):
            return Answer({"error": "Forbidden"}, 403)
        there = self.content(repo)
        files = []
        for file in wish["files"]:
            path = file["path"]
            mode = {"path": path, "uploadMode": "lfs" if _is_large(path) else "regular", "shouldIgnore": False}
            if path in there:
                large = hashlib.sha256(there[path]).hexdigest()
                mode["oid"] = large if _is_large(path) else _git_hash(there[path])
            files.append(mode)
        return Answer({"files": files})

    def _batch(self, repo: str, wish: dict[str, Any], token: str) -> Answer:
        if not self._may_write(repo, token):
            return Answer({"error": "Forbidden"}, 403)
        objects = []
        for item in wish["objects"]:
            known = {"oid": item["oid"], "size": item["size"]}
            if item["oid"] not in self.large:
                known["actions"] = {"upload": {"href": f"{self.hub.storage}/put/{item['oid']}", "header": {}}}
            objects.append(known)
        return Answer({"transfer": "basic", "objects": objects})

    def _store(self, path: str, body: bytes) -> Answer:
        hold = self.troubles.hold_put
        if hold is not None:
            hold.wait(60)
        if self.troubles.put_status:
            return Answer({"error": "storage trouble"}, self.troubles.put_status.pop(0))
        digest = path.removeprefix("/put/")
        if hashlib.sha256(body).hexdigest() != digest:
            return Answer({"error": "wrong checksum"}, 400)
        self.large[digest] = body
        return Answer({})

    def _take_commit(self, repo: str, body: bytes, token: str) -> Answer:
        if self.troubles.commit_status != 200:
            return Answer({"error": "commit trouble"}, self.troubles.commit_status)
        if not self._may_write(repo, token):
            return Answer({"error": "Forbidden"}, 403)
        head, *lines = [json.loads(line) for line in body.splitlines()]
        if head["value"].get("parentCommit", self.hub.heads[repo]) != self.hub.heads[repo]:
            return Answer({"error": "A commit has happened since. Please refresh and try again."}, 412)
        files = {}
        for line in lines:
            value = line["value"]
            if line["key"] == "file":
                files[value["path"]] = base64.b64decode(value["content"])
            else:
                assert line["key"] == "lfsFile", line["key"]
                files[value["path"]] = self.large[value["oid"]]
        commit = self._commit(repo, self.content(repo) | files, head["value"]["summary"])
        return Answer({"commitUrl": f"{self.hub.endpoint}/{repo}/commit/{commit}", "commitOid": commit})

    def _commit(self, repo: str, files: dict[str, bytes], summary: str) -> str:
        log = self.log.setdefault(repo, [])
        commit = hashlib.sha1(repr((repo, len(log), sorted(files.items()))).encode()).hexdigest()
        log.append({"commit": commit, "summary": summary, "files": sorted(files)})
        self.hub.files[repo, commit] = dict(files)
        self.hub.heads[repo] = commit
        return commit

    def _resolve(self, repo: str, commit: str, path: str, token: str) -> Answer | None:
        if repo not in self.private:
            return None
        if not self._sees(repo, token):
            return Answer({"error": "Repository not found"}, 401, "RepoNotFound")
        commit = self.hub.heads[repo] if commit == "main" else commit
        if (repo, commit) not in self.hub.files:
            return Answer({"error": "Invalid rev id"}, 404, "RevisionNotFound")
        content = self.hub.files[repo, commit].get(path)
        if content is None:
            return Answer({"error": "Entry not found"}, 404, "EntryNotFound")
        size, headers = str(self.troubles.sizes.get(path, len(content))), {"X-Repo-Commit": commit}
        if not _is_large(path):
            return Answer(content, headers=headers | {"ETag": f'"{_git_hash(content)}"', "Content-Length": size})
        headers |= {"X-Linked-ETag": f'"{hashlib.sha256(content).hexdigest()}"', "X-Linked-Size": size}
        return Answer(b"", 302, headers=headers | {"Location": f"{self.hub.storage}/{repo}/{commit}/{path}"})


def _is_large(path: str) -> bool:
    return path.endswith((".safetensors", ".png"))


def _git_hash(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


def _validate(card: str) -> Answer:
    """What the Hub says of a card's front matter, of which it checks more than is needed here."""
    found = re.match(r"---\n(.*?)\n---\n", card, re.DOTALL)
    if not found:
        return Answer({"warnings": [{"message": "empty or missing yaml metadata in repo card"}]})
    data = yaml.safe_load(found[1])
    wrong = [
        message
        for message, is_right in (
            ('"license" must be one of the list', data.get("license") in LICENCES),
            ('"tags" must be a list of strings', all(isinstance(tag, str) for tag in data.get("tags", [None]))),
            ('"datasets" must name repositories', all("/" in name for name in data.get("datasets", []))),
            ('"pipeline_tag" is unknown', data.get("pipeline_tag") == "unconditional-image-generation"),
            ('"model-index" lacks its results', all(entry["results"] for entry in data.get("model-index", []))),
        )
        if not is_right
    ]
    return Answer({"errors": [{"message": message} for message in wrong]}, 400) if wrong else Answer({"warnings": []})


def _chunks(to: BaseHTTPRequestHandler) -> bytes:
    parts = []
    while size := int(to.rfile.readline().strip() or b"0", 16):
        parts.append(to.rfile.read(size))
        to.rfile.readline()
    to.rfile.readline()
    return b"".join(parts)
