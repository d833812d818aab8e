"""The typefaces of the themes, as static files that both books can use."""

from overprint.typefaces.cuts import faces, features, licence

__all__ = ["faces", "features", "licence"]
