"""The typefaces of the themes, as static files that both books can use."""

from overprint.typefaces.cuts import faces, features, licence, names
from overprint.typefaces.fallbacks import StandIns, stand_ins

__all__ = ["StandIns", "faces", "features", "licence", "names", "stand_ins"]
