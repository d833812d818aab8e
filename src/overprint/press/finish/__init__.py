"""Make of a laid-out PDF the file that a printer takes.

Colours become the printer's, boxes and marks go where they belong, what is forbidden goes, the file says what it is.
What cannot be mended without changing how a page looks is refused, with its page.
"""

from __future__ import annotations

from pathlib import Path

from overprint.diagnostics import Exit, Made, Place, Stop, error
from overprint.press import icc
from overprint.press.profile import Profile

UNMENDABLE = error(
    "P050",
    "page {page} of the file: {what}; {name} takes no such thing, and without it the page would look otherwise",
    "{cure}",
    "The file for a printer is made of the laid-out pages: colours become inks, fonts and boxes what the printer asks. "
    "What would look otherwise then is not changed but named here. Transparency can be made solid where it stands on "
    "bare paper; a gradient can be turned into inks where it is straight or round; a picture where it can be read.",
)


def finish(
    source: Path,
    target: Path,
    profile: Profile,
    *,
    title: str,
    identifier: str,
    modified: str,
) -> Made[None]:
    """Write to `target` what `profile` asks for of the PDF `source`; its ICC profile is a path, or empty.

    `modified` is ISO 8601 in UTC. The same input gives the same bytes. Where something is refused nothing is written.

    Raises:
        Stop: there are colours to be turned into inks, and the profile has no ICC profile that says how.
    """
    import pikepdf

    from overprint.press.finish import boxes, fonts, identity, links
    from overprint.press.finish.book import Mending
    from overprint.press.finish.colour import NoProfileError

    with pikepdf.open(source) as pdf:
        sheets = [boxes.sheet(*boxes.read(page), profile, right=at % 2 == 0) for at, page in enumerate(pdf.pages)]
        mending = Mending(pdf, source, profile)
        try:
            mending.pages(sheets)
        except NoProfileError:
            raise Stop(icc.missing(profile, Place(target.name)), exit=Exit.CANNOT) from None
        if mending.refused:
            where = Place(target.name)
            return Made(
                None,
                tuple(
                    UNMENDABLE.at(where, page=page + 1, what=what, name=profile.name, cure=_cure(what))
                    for what, page in mending.refused.items()
                ),
            )
        if not profile.fonts_cff:
            fonts.unwrap(pdf)
        identity.strip(pdf, profile)
        links.move(pdf, [sheet.move for sheet in sheets])
        identity.write(pdf, profile, title=title, identifier=identifier, modified=modified)
        pdf.remove_unreferenced_resources()
        old = profile.pdf_version < "1.5"
        streams = pikepdf.ObjectStreamMode.disable if old else pikepdf.ObjectStreamMode.generate
        pdf.save(
            target,
            deterministic_id=True,
            force_version=profile.pdf_version,
            object_stream_mode=streams,
            fix_metadata_version=False,
        )
    return Made(None)


def _cure(what: str) -> str:
    if "show" in what:
        return "make it opaque, or choose a printer who takes PDF/X-4"
    return "save the picture anew as PNG or JPEG in sRGB"
