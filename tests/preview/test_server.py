"""The server of the preview: what it answers, and whom."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

import books
from overprint.diagnostics import NOWHERE
from overprint.preview import live as live_book
from overprint.preview import server
from overprint.preview.live import Live, sweep

TOKEN, PORT = "a" * 43, 4711
OURS = {"origin": f"http://127.0.0.1:{PORT}"}
ESSAY = "manuscript/essays/01-bees/essay.md"
COMMENTS = "manuscript/essays/01-bees/comments.md"


@dataclass
class Answer:
    """What the server answers."""

    status_code: int
    headers: dict[str, str]
    content: bytes

    def json(self) -> Any:
        return json.loads(self.content)


def asked(app: Any, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> Answer:
    """Ask an application without a socket; `path` is as it comes over the wire."""
    sent: list[dict[str, Any]] = []
    bare, _, query = path.partition("?")
    headers = {"host": f"127.0.0.1:{PORT}"} | headers
    scope = {
        "type": "http",
        "method": method,
        "path": unquote(bare),
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    heads = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], heads, b"".join(each.get("body", b"") for each in sent[1:]))


class Served:
    """A book that is served without a socket; `get` and `post` ask as the page does."""

    def __init__(self, root: Path, folder: Path) -> None:
        async def live() -> Live:
            return Live(root, folder, editor=False)

        self.root = root
        self.live = asyncio.run(live())
        self.app = server.application(self.live, "", TOKEN, PORT)

    def get(self, path: str, **headers: str) -> Any:
        return asked(self.app, "GET", f"/{TOKEN}/{path}", headers)

    def post(self, path: str, sent: Any, headers: dict[str, str] = OURS) -> Any:
        kind = {"content-type": "application/json"}
        return asked(self.app, "POST", f"/{TOKEN}/{path}", kind | headers, json.dumps(sent).encode())


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The small book, built once."""
    root = books.write(tmp_path_factory.mktemp("served"))
    made = Served(root, tmp_path_factory.mktemp("kept") / "books")
    made.live.build()
    yield made
    made.live.end()
    assert not made.live.books.parent.exists()


@pytest.fixture
def comments(served: Served) -> Iterator[Path]:
    """The comments of the small book's essay, as they were again afterwards."""
    path = served.root / COMMENTS
    before = path.read_bytes()
    yield path
    path.write_bytes(before)


def test_the_state_tells_of_both_books(served: Served) -> None:
    state = served.get("state").json()
    assert (state["title"], state["stale"], state["building"]) == ("Small Book", False, False)
    assert [each["side"] for each in state["pages"][:2]] == ["recto", "verso"]
    assert state["words"] > 10
    assert state["essays"][0]["slug"] == "bees"
    assert not (served.root / "build").exists()


def test_a_page_is_a_picture_of_the_width_asked_for_and_only_while_it_is_so(served: Served) -> None:
    page = served.get("state").json()["pages"][0]["picture"]
    data = served.get(f"page/0.png?width=300&v={page}").content
    assert data[:4] == b"\x89PNG"
    assert int.from_bytes(data[16:20], "big") == 300
    huge = served.get(f"page/0.png?width=99999&v={page}").content
    assert int.from_bytes(huge[16:20], "big") == 2400
    assert served.get("page/0.png?v=0").status_code == 404
    assert served.get(f"page/999.png?v={page}").status_code == 404


def test_the_book_is_served_without_scripts_and_nothing_beside_it(served: Served) -> None:
    chapter = served.get("state").json()["chapters"][0]["path"]
    answer = served.get(f"book/{chapter}?dark=1&size=150")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox allow-same-origin; default-src 'none'")
    assert "script" not in policy
    assert b"font-size:150% !important" in answer.content
    assert served.get("book/../state").headers.get("content-security-policy")
    for path in ("book/EPUB/none.css", "book/%2e%2e/%2e%2e/etc/passwd", "static/..%2fserver.py", "static/none.js"):
        assert served.get(path).status_code == 404, path


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/", {}, 404),
        (f"/{TOKEN}", {}, 404),
        (f"/{TOKEN[1:]}/state", {}, 404),
        (f"/{TOKEN}b/state", {}, 404),
        (f"/{TOKEN}/state", {"host": "book.example"}, 403),
        (f"/{TOKEN}/state", {"host": f"localhost:{PORT}"}, 403),
        (f"/{TOKEN}/state", {"origin": "https://book.example"}, 403),
        (f"/{TOKEN}/state", {"origin": "null"}, 403),
        (f"/{TOKEN}/state", {"sec-fetch-site": "cross-site"}, 403),
        (f"/{TOKEN}/state", {"sec-fetch-site": "same-site"}, 403),
    ],
)
def test_others_are_told_nothing(served: Served, path: str, headers: dict[str, str], status: int) -> None:
    answer = asked(served.app, "GET", path, headers)
    assert (answer.status_code, answer.content) == (status, b"")
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_a_change_needs_our_own_origin_and_json(served: Served, comments: Path) -> None:
    before, sent = comments.read_bytes(), {"numbers": [1], "changes": {"include": "no"}}
    assert served.post("comments/bees", sent, {}).status_code == 403
    assert served.post("comments/bees", sent, {"origin": "https://book.example"}).status_code == 403
    plain = served.post("comments/bees", sent, OURS | {"content-type": "text/plain"})
    assert plain.status_code == 400
    senseless: list[Any] = [{}, [], {"numbers": ["1"], "changes": {}}, {"numbers": [1], "changes": {"author": "Me"}}]
    for wrong in senseless:
        assert served.post("comments/bees", wrong).status_code == 400
    assert comments.read_bytes() == before


def test_a_change_touches_its_line_and_is_undone(served: Served, comments: Path) -> None:
    before = comments.read_bytes()
    said = served.get("comments/bees").json()
    number, chosen = said["comments"][0]["number"], said["comments"][0]["include"]
    assert served.post("comments/bees", {"numbers": [number], "changes": {"include": "no" if chosen else "yes"}}).json()
    assert served.get("comments/bees").json()["comments"][0]["include"] is not chosen
    old, new = before.splitlines(), comments.read_bytes().splitlines()
    assert len([line for line in new if line not in old]) <= 1
    assert served.post("undo", {}).status_code == 200
    assert comments.read_bytes() == before


def test_words_are_cut_where_they_stand(served: Served, comments: Path) -> None:
    comments.write_bytes(comments.read_bytes().replace(b"\n", b"\r\n"))
    first = served.get("comments/bees").json()["comments"][0]
    assert served.post("comments/bees/trim", {"number": first["number"], "from": 0, "to": 3}).status_code == 200
    assert served.get("comments/bees").json()["comments"][0]["source"] == "[…]" + first["source"][3:]
    assert b"\n" not in comments.read_bytes().replace(b"\r\n", b"")
    served.post("undo", {})


def test_an_undo_never_takes_back_what_somebody_else_wrote(served: Served, comments: Path) -> None:
    said = served.get("comments/bees").json()["comments"][0]
    served.post("comments/bees", {"numbers": [said["number"]], "changes": {"consent": "refused"}})
    changed = comments.read_bytes() + b"\n"
    comments.write_bytes(changed)
    answer = served.post("undo", {})
    assert answer.status_code == 409
    assert "was changed since" in answer.json()["message"]
    assert comments.read_bytes() == changed


def test_a_refused_comment_cannot_be_chosen(served: Served, comments: Path) -> None:
    number = served.get("comments/bees").json()["comments"][0]["number"]
    served.post("comments/bees", {"numbers": [number], "changes": {"consent": "refused", "include": "no"}})
    answer = served.post("comments/bees", {"numbers": [number], "changes": {"include": "yes"}})
    assert (answer.status_code, answer.json()["hint"]) == (409, "its writer refused")


def test_a_broken_manuscript_keeps_the_last_book(served: Served) -> None:
    essay = served.root / ESSAY
    good, before = essay.read_text("utf-8"), served.get("state").json()
    essay.write_text("no keys at all", "utf-8")
    served.live.build()
    broken = served.get("state").json()
    essay.write_text(good, "utf-8")
    served.live.build()
    assert broken["stale"]
    assert broken["pages"] == before["pages"]
    assert "error" in {each["severity"] for each in broken["findings"]}
    assert not served.get("state").json()["stale"]


def test_nothing_is_opened_without_an_editor(served: Served) -> None:
    assert served.post("open", {"path": ESSAY, "line": 1, "column": 1}).status_code == 409


def test_what_a_killed_preview_left_is_swept_and_a_living_one_is_left_alone(served: Served, tmp_path: Path) -> None:
    async def live() -> Live:
        return Live(served.root, tmp_path / "1", editor=False)

    living = asyncio.run(live())
    (tmp_path / "2" / "books").mkdir(parents=True)
    sweep(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["1"]
    living.end()
    assert list(tmp_path.iterdir()) == []


def test_a_saved_essay_among_many_is_shown_before_the_book_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = books.write(tmp_path / "book")
    for number in range(2, 6):
        shutil.copytree(root / "manuscript/essays/01-bees", root / f"manuscript/essays/0{number}-bees-{number}")
    monkeypatch.setattr(live_book, "LARGE", 1)
    served = Served(root, tmp_path / "kept")
    told: list[dict[str, Any]] = []
    try:
        served.live.build()
        before = [page["picture"] for page in served.live.state["pages"]]
        path = root / "manuscript/essays/03-bees-3/essay.md"
        path.write_text(path.read_text("utf-8").replace("It is sweet.", "It is golden."), "utf-8")

        def tell(**news: Any) -> None:
            told.append(news)
            Live._tell(served.live, **news)

        monkeypatch.setattr(served.live, "_tell", tell)
        served.live.build()
    finally:
        served.live.end()
    first, whole = ([page["picture"] for page in news["pages"]] for news in told if "pages" in news)
    changed = [at for at, (old, new) in enumerate(zip(before, first, strict=True)) if old != new]
    # What is shown first is what the whole book then has there, and nothing else is touched.
    assert changed
    assert len(changed) < len(before) / 2
    assert [first[at] for at in changed] == [whole[at] for at in changed]
    # A finding may be of no file at all.
    assert served.live._page(NOWHERE) is None


def test_a_saved_mistake_is_not_shown_among_the_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = books.write(tmp_path / "book")
    for number in range(2, 6):
        shutil.copytree(root / "manuscript/essays/01-bees", root / f"manuscript/essays/0{number}-bees-{number}")
    monkeypatch.setattr(live_book, "LARGE", 1)
    served = Served(root, tmp_path / "kept")
    try:
        served.live.build()
        before = [page["picture"] for page in served.live.state["pages"]]
        path = root / "manuscript/essays/03-bees-3/comments.md"
        path.write_text(path.read_text("utf-8").replace("consent: granted", "consent: refused"), "utf-8")
        served.live.build()
        assert served.live.state["stale"]
        assert [page["picture"] for page in served.live.state["pages"]] == before
    finally:
        served.live.end()
