"""The mail that asks for confirmation (double opt-in): to whoever stands in the form, and to nobody twice soon.

Who waits stands in the store, so that a mail server that is away, or a restart, loses none. Who gets the list already
is told so, in a mail of the same kind: the page must not show whether an address is known.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from html import escape

from digests.console.words import page_words
from digests.letterbox import letterbox
from digests.mail import Sender, sender_of
from digests.notices import Letter, Notice, compose, way
from digests.phrases import LANGUAGES, Phrases
from digests.smtp import Result
from pipeline.config import Settings
from pipeline.errors import DeliveryError
from pipeline.store import Store, Subscriber, SubscriberState

_EXPIRES = timedelta(days=1)  # a mail that could not leave for so long is waited for by nobody
_BUTTON = (
    "display:inline-block;background:#14505c;color:#ffffff;padding:12px 20px;border-radius:6px;text-decoration:none"
)


def send(store: Store, settings: Settings, base_url: str, *, now: datetime) -> int:
    """Send what is waited for; how many left. Raises `SettingsError` for a wrong sender or key.

    A mail is marked before the server has it: a kill in between loses that one, and its reader asks again.
    """
    sender = sender_of(settings)
    waiting = store.subscribers.take_unmailed(now)
    left = 0
    with way(settings) as hand_over:
        for number, reader in enumerate(waiting):
            if reader.asked_at is None or now - reader.asked_at > _EXPIRES:
                continue
            made = letter(reader, sender, settings, base_url, now)
            try:
                outcome = hand_over(made.recipient, made.message_id, made.message)
            except DeliveryError:  # the server cannot be used at all: all wait
                for later in waiting[number:]:
                    store.subscribers.give_back(later.id)
                raise
            if outcome.result is Result.DEFERRED:
                store.subscribers.give_back(reader.id)
            left += outcome.result is Result.SENT
    return left


def letter(reader: Subscriber, sender: Sender, settings: Settings, base_url: str, now: datetime) -> Letter:
    """The mail to one who asked."""
    language = str((reader.asked or {}).get("language", reader.language))
    words = page_words(language if language in LANGUAGES else "id", settings.timezone)
    there = reader.state is SubscriberState.ACTIVE
    box = letterbox(reader, base_url)
    link = (box.preferences if there else box.confirm) or base_url
    title = settings.digest.title
    lines = _lines(words, title, there=there)
    button = words.text("mail_change_button" if there else "mail_button")
    notice = Notice(
        list=reader.list,
        key=f"confirm-{reader.id}-{int((reader.asked_at or now).timestamp())}",
        subject=words.text("mail_there_subject" if there else "mail_subject", title=title),
        text=f"{lines[0]}\n\n{lines[1]}\n\n{link}\n\n{lines[2]}\n",
        html=_html(words, lines, link, button),
        language=words.language,
    )
    return compose(notice, replace(reader, name=None), sender, settings, now)


def _lines(words: Phrases, title: str, *, there: bool) -> tuple[str, str, str]:
    first = words.text("mail_there" if there else "mail_asked", list=title)
    return first, words.text("mail_change" if there else "mail_confirm"), words.text("mail_ignore")


def _html(words: Phrases, lines: tuple[str, str, str], link: str, button: str) -> str:
    first, second, last = map(escape, lines)
    return (
        f'<!doctype html><html lang="{words.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
        f"<title>{escape(button)}</title></head>"
        '<body style="margin:0;padding:24px;font:16px/1.5 sans-serif"><div style="max-width:560px;margin:0 auto">'
        f"<p>{first}</p><p>{second}</p>"
        f'<p><a href="{escape(link)}" style="{_BUTTON}">{escape(button)}</a></p>'
        f'<p style="font-size:14px">{escape(link)}</p><p>{last}</p></div></body></html>\n'
    )
