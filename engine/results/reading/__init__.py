"""Reading ledgers as hospitals produce them: XLSX and CSV in many shapes, refused as a whole where identities stand in them."""

from engine.results.reading.file import LedgerFile, guess_kind, open_ledger

__all__ = ["LedgerFile", "guess_kind", "open_ledger"]
