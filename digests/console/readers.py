"""The pages of a subscription: ask, confirm, choose, stop, take that back. Each is a function of what it is asked.

GET changes nothing, ever: link scanners of mail services open every address in a mail. What somebody asks on the web
begins with the confirmation only; the page says the same whether or not an address is known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from digests import subscribers as domain
from digests.addresses import check_address
from digests.console.answers import Answer, Asked
from digests.console.drawing import Entered, Form, Frame, Link, Said, draw
from digests.console.forms import Read, entered_of, read
from digests.console.gate import Gate
from digests.console.words import page_words
from digests.letterbox import by_key
from digests.phrases import LANGUAGES, Phrases
from pipeline.config import Settings
from pipeline.errors import SettingsError
from pipeline.store import Store, Subscriber, SubscriberState

ACTOR = "reader"
CONFIRM_WITHIN = timedelta(days=7)


@dataclass
class Readers:
    """The pages, over one store. For several threads."""

    store: Store
    settings: Settings
    watches: tuple[tuple[str, str], ...]  # (id, title)
    clock: Callable[[], datetime]
    asked: Callable[[], None] = lambda: None  # somebody waits for a mail
    gate: Gate = field(default_factory=Gate)

    def home(self, asked: Asked) -> Answer:
        """What this is, and the way to the form and the editions."""
        words = self._words(asked)
        links = []
        if self.settings.web.subscribe:
            links.append(Link(f"subscribe?language={words.language}", words.text("home_subscribe"), strong=True))
        if self.settings.web.editions == "public":
            links.append(Link(f"editions?language={words.language}", words.text("home_editions")))
        page = Said(words.text("home_title"), (words.text("home_text"),), links=tuple(links))
        return draw(page, self._frame(words, switches=True))

    def subscribe(self, asked: Asked) -> Answer:
        """The form; posted, the promise of a mail."""
        words = self._words(asked)
        if not self.settings.web.subscribe:
            return self.failed(404, words)
        if not asked.posts:
            return self._form(words, Entered(language=words.language))
        if not asked.readable:
            return self.failed(415, words)
        done = read(asked, self._known, words)
        try:
            address = check_address(done.entered.address)
        except SettingsError:
            done = Read(None, done.entered, (words.text("wrong_address"), *done.wrong))
        if done.choice is None:
            return self._form(words, done.entered, done.wrong, status=422)
        now = self.clock()
        if not self.gate.passes(asked.client, now):
            return self.failed(429, words)
        self.store.subscribers.ask(address, self.settings.digest.list, done.choice.wishes, ACTOR, now)
        self.asked()
        page = Said(words.text("asked_title"), (words.text("asked_text"),), soft=words.text("asked_help"))
        return draw(page, self._frame(words))

    def confirm(self, asked: Asked) -> Answer:
        """A button; pressed, the subscription begins."""
        found = self._of(asked)
        if found is None:
            return self.failed(404, self._words(asked))
        words = self._words(asked, found)
        since = self.clock() - CONFIRM_WITHIN
        if found.asked is None or found.asked_at is None or found.asked_at < since:
            return self._too_late(found, words)
        if not asked.posts:
            lines = (self._about("confirm_text", found, words),)
            return draw(
                Said(words.text("confirm_title"), lines, button=words.text("confirm_button")), self._frame(words)
            )
        confirmed = self.store.subscribers.confirm(found.id, actor=ACTOR, now=self.clock(), since=since)
        return self._confirmed(confirmed, words) if confirmed else self._too_late(found, words)

    def unsubscribe(self, asked: Asked) -> Answer:
        """A button; pressed, or posted by a mail program (RFC 8058), no further mail comes. Again: the same answer."""
        found = self._of(asked)
        if found is None:
            return self.failed(404, self._words(asked))
        words = self._words(asked, found)
        if asked.posts:
            found = self.store.subscribers.move(
                found.id, SubscriberState.UNSUBSCRIBED, reason="unsubscribed by the link", actor=ACTOR, now=self.clock()
            )
        if found.state is not SubscriberState.ACTIVE:
            return self._unsubscribed(found, words, self._key(asked))
        lines = (self._about("unsubscribe_text", found, words),)
        links = (Link(f"../preferences/{self._key(asked)}", words.text("preferences_link")),)
        page = Said(words.text("unsubscribe_title"), lines, button=words.text("unsubscribe_button"), links=links)
        return draw(page, self._frame(words))

    def undo(self, asked: Asked) -> Answer:
        """Take the farewell back; only of who had a subscription and stopped it himself."""
        found = self._of(asked)
        if found is None or not asked.posts:
            return self.failed(404 if found is None else 405, self._words(asked, found))
        words = self._words(asked, found)
        if found.state is SubscriberState.UNSUBSCRIBED:
            found = self.store.subscribers.move(
                found.id, SubscriberState.ACTIVE, reason="taken back by the reader", actor=ACTOR, now=self.clock()
            )
        if found.state is not SubscriberState.ACTIVE:
            return self._too_late(found, words)
        return self._confirmed(found, words)

    def preferences(self, asked: Asked) -> Answer:
        """The form with what he has; posted, what he has from now on."""
        found = self._of(asked)
        if found is None or found.state is SubscriberState.PENDING:
            return self.failed(404, self._words(asked))
        words = self._words(asked, found)
        key = self._key(asked)
        if not asked.posts:
            return self._preferences(found, entered_of(domain.as_choice(found)), words, key)
        if not asked.readable:
            return self.failed(415, words)
        done = read(asked, self._known, words)
        if done.choice is None:
            return self._preferences(found, done.entered, words, key, wrong=done.wrong, status=422)
        changed = self.store.subscribers.change(found.id, done.choice.wishes, actor=ACTOR, now=self.clock())
        words = page_words(changed.language, self.settings.timezone)
        entered = entered_of(domain.as_choice(changed))
        return self._preferences(changed, entered, words, key, good=words.text("preferences_saved"))

    def failed(self, status: int, words: Phrases) -> Answer:
        """An error as a page: what is wrong and what to do."""
        page = Said(words.text(f"error_{status}_title"), (words.text(f"error_{status}_text"),))
        answer = draw(page, self._frame(words), status)
        if status in (429, 503):
            return replace(answer, headers={**answer.headers, "Retry-After": "3600" if status == 429 else "60"})
        return answer

    def _form(self, words: Phrases, entered: Entered, wrong: tuple[str, ...] = (), status: int = 200) -> Answer:
        form = Form(
            heading=words.text("subscribe_title"),
            button=words.text("subscribe_button"),
            entered=entered,
            watches=self.watches,
            languages=self._languages(),
            with_address=True,
            lines=(words.text("subscribe_text"),),
            wrong=wrong,
        )
        return draw(form, self._frame(words, switches=status == 200), status)

    def _preferences(
        self,
        found: Subscriber,
        entered: Entered,
        words: Phrases,
        key: str,
        *,
        wrong: tuple[str, ...] = (),
        good: str | None = None,
        status: int = 200,
    ) -> Answer:
        lines = [self._about("preferences_text", found, words)]
        if found.state is not SubscriberState.ACTIVE:
            lines.append(words.text("preferences_inactive"))
        form = Form(
            heading=words.text("preferences_title"),
            button=words.text("preferences_button"),
            entered=entered,
            watches=self.watches,
            languages=self._languages(),
            lines=tuple(lines),
            wrong=wrong,
            good=good,
            links=(Link(f"../unsubscribe/{key}", words.text("unsubscribe_link")),),
        )
        return draw(form, self._frame(words), status)

    def _confirmed(self, found: Subscriber, words: Phrases) -> Answer:
        link = Link(f"../preferences/{found.id}.{found.token}", words.text("mail_change_button"))
        lines = (self._about("confirmed_text", found, words),)
        return draw(Said(words.text("confirmed_title"), lines, links=(link,)), self._frame(words))

    def _unsubscribed(self, found: Subscriber, words: Phrases, key: str) -> Answer:
        undo = words.text("undo_button") if found.state is SubscriberState.UNSUBSCRIBED else None
        lines = (self._about("unsubscribed_text", found, words),)
        page = Said(words.text("unsubscribed_title"), lines, button=undo, action=f"../resume/{key}", quiet=True)
        return draw(page, self._frame(words))

    def _too_late(self, found: Subscriber, words: Phrases) -> Answer:
        if found.state is SubscriberState.ACTIVE:
            return self._confirmed(found, words)  # a second click is no mistake
        links = (Link("../subscribe", words.text("home_subscribe")),) if self.settings.web.subscribe else ()
        page = Said(words.text("late_title"), (words.text("late_text"),), links=links)
        return draw(page, self._frame(words), 410)

    @property
    def _known(self) -> frozenset[str]:
        return frozenset(name for name, _ in self.watches)

    def _languages(self) -> tuple[tuple[str, str], ...]:
        return tuple((code, page_words(code, self.settings.timezone).text("language_name")) for code in LANGUAGES)

    def _of(self, asked: Asked) -> Subscriber | None:
        return by_key(self.store, self._key(asked))

    def _key(self, asked: Asked) -> str:
        return asked.parts[0] if len(asked.parts) == 1 else ""

    def _about(self, key: str, found: Subscriber, words: Phrases) -> str:
        title = self.settings.digest.title if found.list == self.settings.digest.list else found.list
        return words.text(key, address=found.address, list=title)

    def _words(self, asked: Asked, found: Subscriber | None = None) -> Phrases:
        """In the language the page is asked in; else the subscriber's; else the browser's."""
        chosen = asked.query.get("language", "")
        if chosen in LANGUAGES:
            return page_words(chosen, self.settings.timezone)
        wished = _wished(found) if found else asked.language
        return page_words(wished, self.settings.timezone)

    def _frame(self, words: Phrases, *, switches: bool = False) -> Frame:
        return Frame(self.settings.digest.title, words, switches=switches)


def _wished(found: Subscriber) -> str:
    asked = str((found.asked or {}).get("language", ""))
    return asked if asked in LANGUAGES else found.language
