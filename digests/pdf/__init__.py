"""The kliping file: an edition as A4 pages, one sheet for each placement, as press offices file them."""

from digests.pdf.kliping import as_pdf

__all__ = ["as_pdf"]
