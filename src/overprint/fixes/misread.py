"""Signs that are not what they seem: text read in the wrong encoding, and signs that nobody sees."""

from __future__ import annotations

import re

INVISIBLE = "\u00ad\u180e\u200b\u200c\u200d\u2060\ufeff"

_MISREAD = {bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0x100)}
_TAIL = "[" + re.escape("".join(sign for sign, byte in _MISREAD.items() if byte < 0xC0)) + "]"
_RUN = re.compile(f"(?:â[€„]{_TAIL}|[ÃÂ]{_TAIL}|ï»¿|ðŸ{_TAIL}{{2}})+")


def repaired(words: str) -> str:
    """Return text that was taken for Windows text as it was meant; what was not stays.

    >>> repaired("itâ€™s naïve, cafÃ©s É…")
    'it’s naïve, cafés É…'
    """
    return _RUN.sub(lambda found: _meant(found[0]) or found[0], words)


def _meant(misread: str) -> str:
    """Return what was meant, or nothing: nobody means a control character, and an Â may stand before a quote."""
    meant = bytes(_MISREAD[sign] for sign in misread).decode("utf-8", "ignore")
    return "" if any("\x80" <= sign <= "\x9f" for sign in meant) else meant
