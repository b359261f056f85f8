"""The check over the archive: no text holds another headline of its outlet.

Every new text is compared with the headlines that are known, and every newly known headline with the texts that were
stored before, however old: both are found by the same short keys (`pipeline.foreign`), so the cost is that of what is
new. A hit makes a new extraction of the same version: the outlet published nothing new. What was taken out is
recorded, and is taken out of every later reading of that article, until a person says that it belongs there.

It is the assembler's work and holds the assembler's lease. Texts are read and compared outside any transaction; what
came of a batch is written in one, which the store refuses when a person was faster. Killed anywhere, the next check
goes on with what still waits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from time import monotonic

from pipeline.assemble import LEASE
from pipeline.foreign import Headline, cut, headline_key, openings
from pipeline.store.headline_records import CheckedText, KnownHeadline, StoredText
from pipeline.store.holders import new_holder
from pipeline.store.records import CommitArticle, Lease, StaleError
from pipeline.store.retelling import retold
from pipeline.store.store import Store
from pipeline.watches import Watches

TEXTS = 100  # compared, and written, at a time
HEADLINES = 500  # the same of headlines that were not known before
_TTL = timedelta(minutes=10)
_ATTEMPTS = 5  # at writing what nobody has changed meanwhile

Openings = Mapping[int, frozenset[str]]  # article → the keys of its text
Suspects = Mapping[int, Sequence[KnownHeadline]]  # article → headlines that may stand in its text


@dataclass(frozen=True, slots=True)
class Checked:
    """What one check did."""

    texts: int = 0  # compared with the known headlines
    headlines: int = 0  # newly known ones, compared with the stored texts
    rewritten: int = 0  # texts that are others now


@dataclass
class _Work:
    store: Store
    watches: Watches
    now: datetime
    lease: Lease
    tell: Callable[[int], None]  # how many texts and headlines are done
    begun: float = field(default_factory=monotonic)
    done: Checked = field(default_factory=Checked)

    def renew(self) -> None:
        """A first check of a large archive takes minutes. Raises `LeasedError` when it took too long all the same."""
        self.lease = self.store.leases.renew(self.lease, _TTL, self.now + timedelta(seconds=monotonic() - self.begun))
        self.tell(self.done.texts + self.done.headlines)


def check(store: Store, watches: Watches, now: datetime, tell: Callable[[int], None] = lambda _: None) -> Checked:
    """Compare all that waits. Raises `LeasedError` while another process assembles or checks, `StoreError`."""
    lease = store.leases.claim(LEASE, new_holder(), _TTL, now)
    work = _Work(store, watches, now, lease, tell)
    try:
        while waiting := store.headlines.waiting(TEXTS):
            _again(partial(_check_texts, work, waiting))
            work.renew()
        while new := store.headlines.new(HEADLINES):
            _again(partial(_check_headlines, work, new))
            work.renew()
    finally:
        store.leases.release(work.lease)
    return work.done


def _again(step: Callable[[], None]) -> None:
    """Until nobody changed meanwhile what the step read."""
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            step()
        except StaleError:
            if attempt == _ATTEMPTS:
                raise
        else:
            return


def _check_texts(work: _Work, waiting: Mapping[int, int]) -> None:
    """New texts: make them known, then compare them with what is."""
    store = work.store
    generation = store.headlines.generation()
    texts = {text.article_id: text for text in store.headlines.texts(waiting)}
    keys = {number: openings(text.article.article_body) for number, text in texts.items()}
    store.headlines.learn({number: (text, keys[number]) for number, text in texts.items()})
    suspects = _suspects(store, texts, keys)
    checked = [_compare(text, suspects[number], work.watches) for number, text in texts.items()]
    rewritten = store.headlines.settle(checked, waiting=waiting, generation=generation, now=work.now)
    done = work.done
    work.done = replace(done, texts=done.texts + len(waiting), rewritten=done.rewritten + rewritten)


def _check_headlines(work: _Work, new: Sequence[KnownHeadline]) -> None:
    """New headlines: compare the texts that may hold them, as many at a time as a short transaction takes."""
    store = work.store
    holding = store.headlines.holding(new)
    portions = list(_portions(sorted(holding)))
    rewritten = 0
    for place, portion in enumerate(portions):
        generation = store.headlines.generation()
        texts = store.headlines.texts(portion)
        checked = [_compare(text, holding[text.article_id], work.watches) for text in texts]
        seen = new if place == len(portions) - 1 else ()
        rewritten += store.headlines.settle(checked, waiting={}, new=seen, generation=generation, now=work.now)
    done = work.done
    work.done = replace(done, headlines=done.headlines + len(new), rewritten=done.rewritten + rewritten)


def _portions(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """One at least."""
    return (numbers[start : start + TEXTS] for start in range(0, max(len(numbers), 1), TEXTS))


def _suspects(store: Store, texts: Mapping[int, StoredText], keys: Openings) -> Suspects:
    """The known headlines of other articles that begin as some place of a text does."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for number, text in texts.items():
        wanted[text.scope] |= keys[number]
    known: defaultdict[tuple[str, str], list[KnownHeadline]] = defaultdict(list)
    for scope in sorted(wanted):
        for one in store.headlines.known(scope, wanted[scope]):
            known[scope, one.opening].append(one)
    return {
        number: [one for key in sorted(keys[number]) for one in known[text.scope, key] if one.page != text.page]
        for number, text in texts.items()
    }


def _compare(text: StoredText, suspects: Sequence[KnownHeadline], watches: Watches) -> CheckedText:
    """The text without what was taken out of it before, and without what is found in it now. Pure."""
    settled = {*text.own, headline_key(text.article.headline or ""), *(removal.key for removal in text.removals)}
    old = [Headline(one.text, one.url) for one in text.removals if one.stands]
    candidates: dict[str, KnownHeadline] = {}
    for one in suspects:
        if one.key not in settled:
            candidates.setdefault(one.key, one)
    new = {key: Headline(one.text, one.url) for key, one in candidates.items()}
    taken = [one.key for one in cut(text.article.article_body, [*old, *new.values()]).removed if one.key in new]
    lines = [*old, *(new[key] for key in taken)]
    return CheckedText(text, tuple(candidates[key] for key in taken), _shown(text, lines, watches))


def _shown(text: StoredText, lines: Sequence[Headline], watches: Watches) -> CommitArticle | None:
    """What is to be stored; `None`: what is."""
    if not lines and text.shown_digest == text.code_digest:
        return None
    from pipeline.fingerprint import keys  # noqa: PLC0415 (heavy, and few texts hold a foreign headline)
    from pipeline.process import verdict  # noqa: PLC0415 (likewise)

    article = text.article
    as_read = CommitArticle(
        article.canonical_url, article, verdict(article), "", text.code_digest, keys(article), watches=watches
    )
    return retold(as_read, lines, watches) or as_read
