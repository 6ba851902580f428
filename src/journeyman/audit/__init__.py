r"""What a strict reader finds in a table and in the code and predictions made from it.

>>> import journeyman.audit as reader
>>> [one.kind for one in reader.review_code({"a.py": "import numpy as np\nnp.random.rand(3)"})]
['not-reproducible']
"""

from journeyman.audit.bundle.bundle import Bundle
from journeyman.audit.bundle.discover import bundle_from, parts_in
from journeyman.audit.bundle.folder import code_in
from journeyman.audit.bundle.review import review
from journeyman.audit.code.review import review_code
from journeyman.audit.finding import Finding, Place, text_of
from journeyman.audit.table.report import Report, audit, open_table
from journeyman.audit.table.table import Table

__all__ = [
    "Bundle",
    "Finding",
    "Place",
    "Report",
    "Table",
    "audit",
    "bundle_from",
    "code_in",
    "open_table",
    "parts_in",
    "review",
    "review_code",
    "text_of",
]
