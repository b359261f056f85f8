"""What stands at the end of an edition that is no mail: when it was frozen, where its figures come from. Pure."""

from __future__ import annotations

from digests.model import Content
from digests.phrases import Phrases


def imprint(words: Phrases, content: Content) -> tuple[str, ...]:
    """Nothing about mail, which does not carry this form."""
    if content.kind == "report":
        return words.text("quality"), words.text("footer_report")
    frozen = words.text("frozen", time=words.moment(content.until, "moment"))
    return (f"{frozen} {words.text('quality')}",)
