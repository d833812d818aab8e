"""One answer to “can I send it?”: what was built, what is to be done, what each judge said, how it can be built again.

A build writes its record, `report.json`, beside the books; `overprint check` completes it. Its schema is
`report.schema.json`, and `report.html` shows it as one page that needs nothing else.
"""

from overprint.report.judged import Judged, complete
from overprint.report.record import NAME, VERSION, Build
from overprint.report.write import PAGE, discard, of_build

__all__ = ["NAME", "PAGE", "VERSION", "Build", "Judged", "complete", "discard", "of_build"]
