"""The server: what the page asks for, on this machine only."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import os
import re
import secrets
import shlex
import signal
import socket
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from overprint import files
from overprint.diagnostics import Exit, Place, Stop, error
from overprint.preview.book_parts import SIZES
from overprint.preview.guard import BOOK_POLICY, Guard
from overprint.preview.letters import Letters, RefusedError
from overprint.preview.live import Live, sweep
from overprint.preview.watch import saved

STATIC = Path(__file__).with_name("static")
LONGEST = 64 << 10
"""Bytes that a change may have."""
EDITABLE = ("manuscript", "styles", "themes")

NO_PORT = error(
    "B150",
    "port {port} of this machine cannot be used ({why})",
    "leave `--port` out, and one that is free is taken",
    "Another program, perhaps another preview, listens there already.",
)


class BadRequestError(Exception):
    """What was sent makes no sense."""


class Pressroom:
    """Answers the requests of the page."""

    def __init__(self, live: Live, editor: str) -> None:
        """Answer for a book; `editor` is the command that opens a place, or empty."""
        self.live, self._editor = live, editor
        self.letters = Letters(live.root)

    def routes(self) -> list[Route]:
        """Return what is answered."""
        return [
            Route("/", self._page),
            Route("/static/{name}", self._static),
            Route("/state", self._state),
            Route("/events", self._events),
            Route("/page/{index:int}.png", self._picture),
            Route("/book/{path:path}", self._book),
            Route("/cover.png", self._cover),
            Route("/wrap.png", self._wrap),
            Route("/comments/{slug}", self._comments, methods=["GET"]),
            Route("/comments/{slug}", self._change, methods=["POST"]),
            Route("/comments/{slug}/order", self._order, methods=["POST"]),
            Route("/comments/{slug}/trim", self._trim, methods=["POST"]),
            Route("/undo", self._undo, methods=["POST"]),
            Route("/open", self._open, methods=["POST"]),
        ]

    async def _page(self, _: Request) -> Response:
        return FileResponse(STATIC / "index.html")

    async def _static(self, request: Request) -> Response:
        name = request.path_params["name"]
        known = {each.name: each for each in STATIC.iterdir() if each.suffix in {".js", ".css"}}
        return FileResponse(known[name]) if name in known else Response(status_code=404)

    async def _state(self, _: Request) -> Response:
        return JSONResponse(self.live.state)

    async def _events(self, _: Request) -> Response:
        async def told() -> AsyncIterator[str]:
            async for version in self.live.versions():
                yield f"event: state\ndata: {version}\n\n" if version else ": still here\n\n"

        return StreamingResponse(told(), media_type="text/event-stream")

    async def _picture(self, request: Request) -> Response:
        index, width = request.path_params["index"], _number(request, "width", 800)
        name = request.query_params.get("v", "")
        made = await asyncio.to_thread(self.live.gallery.picture, index, name, width)
        return Response(made, media_type="image/png") if made else Response(status_code=404)

    async def _book(self, request: Request) -> Response:
        size = _number(request, "size", 100)
        dark = request.query_params.get("dark") == "1"
        path = request.path_params["path"]
        found = self.live.epub.read(path, dark=dark, size=size if size in SIZES else 100) if self.live.epub else None
        headers = {"Content-Security-Policy": BOOK_POLICY}
        if found is None:
            return Response(status_code=404, headers=headers)
        return Response(found[0], media_type=found[1], headers=headers)

    async def _cover(self, _: Request) -> Response:
        path = self.live.cover()
        return Response(path.read_bytes(), media_type="image/jpeg") if path else Response(status_code=404)

    async def _wrap(self, _: Request) -> Response:
        path = self.live.wrap()
        return Response(path.read_bytes(), media_type="image/png") if path else Response(status_code=404)

    async def _comments(self, request: Request) -> Response:
        try:
            return JSONResponse(await asyncio.to_thread(self.letters.listed, request.path_params["slug"]))
        except RefusedError:
            return Response(status_code=404)

    async def _change(self, request: Request) -> Response:
        sent = await _sent(request, numbers=list, changes=dict)
        numbers, changes = sent["numbers"], sent["changes"]
        keys = {"include", "consent", "consent_note"}
        if not all(type(each) is int for each in numbers) or not numbers or not changes.keys() <= keys or not changes:
            raise BadRequestError
        if not all(isinstance(each, str) for each in changes.values()):
            raise BadRequestError
        return await self._done(self.letters.change, request.path_params["slug"], tuple(numbers), changes)

    async def _order(self, request: Request) -> Response:
        sent = await _sent(request, number=int, before=(int, type(None)))
        return await self._done(self.letters.put, request.path_params["slug"], sent["number"], sent["before"])

    async def _trim(self, request: Request) -> Response:
        sent = await _sent(request, **{"number": int, "from": int, "to": int})
        slug = request.path_params["slug"]
        return await self._done(self.letters.trim, slug, sent["number"], sent["from"], sent["to"])

    async def _undo(self, request: Request) -> Response:
        await _sent(request)
        return await self._done(self.letters.undo)

    async def _open(self, request: Request) -> Response:
        """Open a place of the manuscript in the editor that was named on the command line."""
        sent = await _sent(request, path=str, line=(int, type(None)), column=(int, type(None)))
        root = self.live.root.resolve()
        path = (root / sent["path"]).resolve()
        inside = path.is_relative_to(root) and path.relative_to(root).parts[:1] in {(each,) for each in EDITABLE}
        if not self._editor or not inside or not path.is_file():
            raise RefusedError("this place cannot be opened", "name an editor with `--editor COMMAND`")
        facts = {"path": str(path), "line": sent["line"] or 1, "column": sent["column"] or 1}
        words = shlex.split(self._editor)
        if not any("{path}" in word for word in words):
            words.append("{path}")
        command = [re.sub(r"\{(path|line|column)\}", lambda found: str(facts[found[1]]), word) for word in words]
        try:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603
        except OSError as failed:
            raise RefusedError(
                f"the editor does not start ({failed.strerror})", "check what follows --editor"
            ) from None
        asyncio.get_running_loop().run_in_executor(None, process.wait)
        return Response(status_code=204)

    async def _done(self, deed: Callable[..., None], *facts: Any) -> Response:
        await asyncio.to_thread(deed, *facts)
        return JSONResponse({"version": self.live.state["version"]})


def application(live: Live, editor: str, token: str, port: int) -> Guard:
    """Return what answers for a book to the page that knows the token."""

    async def refused(_: Request, why: Exception) -> Response:
        return JSONResponse({"message": str(why), "hint": getattr(why, "hint", "")}, status_code=409)

    async def senseless(_: Request, __: Exception) -> Response:
        said = {"message": "this is not what the page sends", "hint": "load the page again"}
        return JSONResponse(said, status_code=400)

    handlers: dict[Any, Any] = {RefusedError: refused, BadRequestError: senseless}
    app = Starlette(routes=Pressroom(live, editor).routes(), exception_handlers=handlers)
    app.router.redirect_slashes = False
    return Guard(app, token, port)


async def _sent(request: Request, **keys: Any) -> dict[str, Any]:
    """Return the JSON object that was sent, with these keys of these types."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise BadRequestError
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST:
            raise BadRequestError
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequestError from None
    if not isinstance(sent, dict):
        raise BadRequestError
    for key, kind in keys.items():
        value = sent.setdefault(key, None)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise BadRequestError
    return sent


def _number(request: Request, key: str, usual: int) -> int:
    found = request.query_params.get(key, "")
    return int(found) if re.fullmatch(r"[0-9]{1,5}", found) else usual


class _Server(uvicorn.Server):
    """Ends without raising the signal again: what is temporary has to be swept first."""

    ending: Callable[[], object] = staticmethod(lambda: None)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Let Ctrl-C and SIGTERM end the server."""
        before = {each: signal.signal(each, self.handle_exit) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)

    def handle_exit(self, sig: int, frame: Any) -> None:
        """End; streams too."""
        super().handle_exit(sig, frame)
        self.ending()


def serve(root: Path, port: int, editor: str, ready: Callable[[str], None]) -> None:
    """Serve the page until Ctrl-C or SIGTERM; `ready` is given its address.

    Raises:
        Stop: the port is taken.
    """
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(("127.0.0.1", port))
            listening.listen(128)  # now: who reads the address may ask at once
        except OSError as failed:
            raise Stop(NO_PORT.at(Place("--port"), port=port, why=failed.strerror), exit=Exit.CANNOT) from None
        asyncio.run(_serve(root, listening, editor, ready))


async def _serve(root: Path, listening: socket.socket, editor: str, ready: Callable[[str], None]) -> None:
    port = listening.getsockname()[1]
    home = files.own_cache() / "preview" / hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:16]
    token = _token(home)
    sweep(home)
    live = Live(root, home / str(port), editor=bool(editor))
    app: Any = application(live, editor, token, port)
    server = _Server(uvicorn.Config(app, log_level="critical", lifespan="off", timeout_graceful_shutdown=1))
    loop = asyncio.get_running_loop()

    def end() -> None:
        live.ended.set()
        live.wake()

    server.ending = partial(loop.call_soon_threadsafe, end)
    building = asyncio.create_task(_follow(live))
    try:
        ready(f"http://127.0.0.1:{port}/{token}/")
        await server.serve(sockets=[listening])
    finally:
        end()
        building.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await building
        await asyncio.to_thread(live.end)


async def _follow(live: Live) -> None:
    """Build now, and again whenever files were saved, be it during a build."""
    due = asyncio.Event()
    due.set()

    async def watch() -> None:
        async for _ in saved(live.root, live.ended):
            due.set()

    watching = asyncio.create_task(watch())
    try:
        while not live.ended.is_set():
            await due.wait()
            due.clear()
            await asyncio.to_thread(live.build)
    finally:
        watching.cancel()


def _token(home: Path) -> str:
    """Return the project's secret, the same each time so that a page finds a server that was started again."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    home.chmod(0o700)
    path = home / "token"
    with contextlib.suppress(OSError):
        if re.fullmatch(r"[\w-]{32,64}", kept := path.read_text("ascii")):
            return kept
    token = secrets.token_urlsafe(32)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(token)
    return token
