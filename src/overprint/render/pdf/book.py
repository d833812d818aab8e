"""One call for the whole: a book in pieces → a PDF in its place."""

from __future__ import annotations

import json
import tempfile
from concurrent.futures import Executor
from pathlib import Path

from overprint.diagnostics import Diagnostic, Exit, Made, Stop, in_order
from overprint.render.pdf import messages, tasks
from overprint.render.pdf.cache import Cache, NoCache
from overprint.render.pdf.engine import Engine, First, LostBodyError, OneDocumentError, Watch, start_of
from overprint.render.pdf.job import Layout, Limits, PdfJob, Piece, Sheet, said_from_json
from overprint.render.pdf.workers import Workers


def render(
    job: PdfJob,
    target: Path,
    *,
    limits: Limits | None = None,
    jobs: int = 1,
    cache: Cache | None = None,
    executor: Executor | None = None,
    watch: Watch | None = None,
    first: First | None = None,
) -> Made[Layout]:
    """Lay out a book and write its PDF to `target`, a temporary file of the caller's.

    Errors among the diagnostics mean a PDF that must not be published: letters, pictures or links are missing.

    Args:
        job: the book.
        target: where the PDF goes.
        limits: what each worker may use.
        jobs: how many workers.
        cache: where laid-out pieces are kept; without one, nothing is kept.
        executor: workers of another kind than this machine's processes.
        watch: is told how far it is.
        first: is shown what a few pieces have become, before the book is whole.

    Raises:
        Stop: there is no PDF. Exit CONTENT when the document cannot be laid out as it is, CANNOT when a limit, a
            library or a crash is the reason; the cause then holds the traceback, if there is one.
    """
    try:
        # Beside the target, so that what a killed build leaves is swept with it.
        with tempfile.TemporaryDirectory(prefix="layout-", dir=target.absolute().parent) as folder:
            private = job.style.private_fonts
            own = Workers(
                jobs, folder=Path(folder), limits=limits or _limits(job), private_fonts=private, warm="weasyprint"
            )
            workers = executor or own
            try:
                made = _laid_out(job, target, workers, cache, Path(folder), watch, first)
            except BaseException:
                workers.shutdown(wait=True, cancel_futures=True)
                raise
            workers.shutdown(wait=True)
    except OSError as failed:
        raise Stop(messages.UNWRITABLE.at(reason=failed.strerror), exit=Exit.CANNOT) from failed
    return made


def _limits(job: PdfJob) -> Limits:
    """Return what each worker may use: text takes far less than a GiB, and a large photograph more."""
    shown = (each.media_type for piece in job.pieces for each in piece.resources)
    return Limits(memory=2 << 30 if any(kind.startswith("image/") for kind in shown) else 1 << 30)


def _laid_out(
    job: PdfJob,
    target: Path,
    workers: Executor,
    cache: Cache | None,
    folder: Path,
    watch: Watch | None,
    first: First | None,
) -> Made[Layout]:
    for kept in (cache, None):
        store = kept or NoCache(folder)
        engine = Engine(job, workers, store, watch or (lambda *_: None), getattr(workers, "start", lambda: None), first)
        try:
            layout = engine.pdf(target)
        except LostBodyError:
            continue
        except OneDocumentError as reason:
            data, layout, said = _whole(job, workers)
            target.write_bytes(data)
            # A book of one piece loses nothing.
            told = (messages.WHOLE.at(reason=reason),) if len(job.pieces) > 1 else ()
            return Made(layout, in_order((*told, *said)))
        store.trim()
        return Made(layout, in_order(tuple(dict.fromkeys(engine.said))))
    raise Stop(messages.UNWRITABLE.at(reason="what was laid out cannot be read again"), exit=Exit.CANNOT)


def _whole(job: PdfJob, workers: Executor) -> tuple[bytes, Layout, tuple[Diagnostic, ...]]:
    order = tasks.WholeOrder(job.style, job.document(), job.resources, job.places)
    result = workers.submit(tasks.lay_out_whole, order).result()
    size = int.from_bytes(result[:4], "big")
    head = json.loads(result[4 : 4 + size])
    # In the whole document the chapters of all pieces follow each other.
    whole = Piece("", "", chapters=tuple(name for piece in job.pieces for name in piece.chapters or (piece.name,)))
    sheets = (Sheet(label, start_of(whole, start)) for label, start in zip(head["labels"], head["starts"], strict=True))
    notes = ((ident, call, body) for ident, call, body in head["notes"])
    return result[4 + size :], Layout(tuple(sheets), tuple(notes)), said_from_json(head["said"])
