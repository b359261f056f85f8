"""Taking articles out of the archive, with a receipt beside every file.

export(store, folder, Selection(watch="mgmac"), "jsonl", Path("mgmac.jsonl"), outlets=outlets, now=now)
"""

from pipeline.exports.job import export, reprinted
from pipeline.exports.receipt import Receipt, receipt_json
from pipeline.exports.selection import Format, Selection

__all__ = ["Format", "Receipt", "Selection", "export", "receipt_json", "reprinted"]
