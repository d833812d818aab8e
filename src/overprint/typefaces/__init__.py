"""The typefaces of the themes, as static files that both books can use."""

from overprint.typefaces.cuts import called, faces, features, licence, names
from overprint.typefaces.fallbacks import StandIns, stand_ins
from overprint.typefaces.own import families as own_families
from overprint.typefaces.own import missing

__all__ = ["StandIns", "called", "faces", "features", "licence", "missing", "names", "own_families", "stand_ins"]
