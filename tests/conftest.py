"""Settings of all tests."""

from __future__ import annotations

from hypothesis import settings

# A property holds however slow the machine is; timing is the business of benchmarks/.
settings.register_profile("overprint", parent=settings(), deadline=None)
settings.load_profile("overprint")
