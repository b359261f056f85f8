"""The pages for readers: subscribe, confirm, choose, unsubscribe, read the editions. Server-rendered, without scripts.

No page has a cookie or a login: whoever holds the secret address of a subscription may act on that one, and nothing
else is ever granted. So there is nothing that another site could make a browser do in its reader's name (no CSRF).
"""

from digests.console.server import Address, serving

__all__ = ["Address", "serving"]
