"""`overprint comments`: list the comments of the essays, and change which are printed."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from overprint import show
from overprint.cli.frame import command, ended, root


class ListByDefault(TyperGroup):
    """`overprint comments ESSAY` lists that essay's comments."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Read a word that is no sub-command as the name of an essay."""
        named = args and args[0] not in self.commands and not args[0].startswith("-")
        return super().resolve_command(ctx, ["list", *args] if named else args)


comments_app = typer.Typer(
    cls=ListByDefault,
    help="List the comments of the essays, or change which are printed.",
    rich_markup_mode=None,
    invoke_without_command=True,
)


class Answer(StrEnum):
    """What the writer of a comment said."""

    GRANTED = "granted"
    PENDING = "pending"
    REFUSED = "refused"
    NOT_NEEDED = "not-needed"


@comments_app.callback()
def comments(context: typer.Context) -> None:
    """List the comments, or change which are printed."""
    if context.invoked_subcommand is None:
        with ended():
            _list_comments("")


def _list_comments(slug: str) -> None:
    from overprint import pipeline

    manuscript, _ = pipeline.validate(root()).value
    essays = [pipeline.essay(manuscript, slug)] if slug else list(manuscript.essays)
    for essay in essays:
        show.comments(essay, manuscript)


Essay = Annotated[str, typer.Argument(metavar="ESSAY", help="The essay's short name.")]
Numbers = Annotated[list[str], typer.Argument(metavar="NUMBERS...", help="Such as 1 3 5-9.", show_default=False)]


@command(comments_app, "list")
def list_(essay: Annotated[str, typer.Argument(metavar="[ESSAY]", help="The essay's short name.")] = "") -> None:
    """List the comments of one essay, or of all."""
    _list_comments(essay)


@command(comments_app)
def include(essay: Essay, numbers: Numbers) -> None:
    """Print these comments in the book."""
    _change(essay, numbers, {"include": "yes"})


@command(comments_app)
def exclude(essay: Essay, numbers: Numbers) -> None:
    """Leave these comments out of the book."""
    _change(essay, numbers, {"include": "no"})


@command(comments_app)
def consent(
    essay: Essay,
    numbers: Annotated[list[str], typer.Argument(metavar="NUMBERS... ANSWER", show_default=False)],
    note: Annotated[str, typer.Option("--note", help="How and when: “e-mail, 3 March”.")] = "",
) -> None:
    """Record whether the writers of these comments let you print them: granted, pending, refused, not-needed."""
    answer = numbers[-1]
    if answer not in set(Answer) or len(numbers) < 2:
        choices = ", ".join(Answer)
        raise typer.BadParameter(f"end with one of {choices}: overprint comments consent {essay} 2 granted")
    from overprint.manuscript.write import scalar

    _change(essay, numbers[:-1], {"consent": answer} | ({"consent_note": scalar(note)} if note else {}))


@command(comments_app)
def pick(essay: Essay) -> None:
    """Go through the comments of an essay one at a time and choose with keys: y prints one, n leaves it out."""
    from overprint import pipeline
    from overprint.picking import KEYS, Picking

    place = root()
    found = pipeline.essay(pipeline.validate(place).value[0], essay)
    state = Picking(tuple(comment.number for comment in found.comments))
    keys = ", ".join(f"{'space' if key == ' ' else key} {what}" for key, what in KEYS.items())
    while not state.done:
        manuscript = pipeline.validate(place).value[0]
        comment = next(each for each in pipeline.essay(manuscript, essay).comments if each.number == state.number)
        show.comment(comment, manuscript, f"{state.place + 1} of {len(state.numbers)}")
        show.line(keys)
        number = state.number
        state, include = state.press(typer.getchar())
        if include:
            pipeline.change_comments(place, found.slug, (number,), {"include": include})
    _list_comments(essay)


def _change(slug: str, numbers: list[str], changes: dict[str, str]) -> None:
    from overprint import pipeline

    wanted = _numbers(numbers)
    pipeline.change_comments(root(), slug, wanted, changes)
    what = ", ".join(f"{key}: {value}" for key, value in changes.items())
    show.line(f"{slug}: {what} for comment{'s' if len(wanted) > 1 else ''} {', '.join(map(str, wanted))}")


def _numbers(words: list[str]) -> tuple[int, ...]:
    """Return the numbers that `1 3 5-9` names.

    >>> _numbers(["1", "3", "5-7,9"])
    (1, 3, 5, 6, 7, 9)
    """
    numbers: list[int] = []
    for word in " ".join(words).replace(",", " ").split():
        first, dash, last = word.partition("-")
        if (
            not first.isdecimal()
            or (dash and not last.isdecimal())
            or int(last or first) - int(first) not in range(10_000)
        ):
            raise typer.BadParameter(f"“{word}” is not a number, nor a range such as 5-9")
        numbers += range(int(first), int(last or first) + 1)
    return tuple(dict.fromkeys(numbers))
