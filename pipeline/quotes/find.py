"""Set the quotes of an article."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.joined import of_article
from pipeline.lexicon import fold
from pipeline.model import Article, Quote
from pipeline.quotes.cast import Cast
from pipeline.quotes.cues import BEHIND, cues
from pipeline.quotes.direct import Attribution, before, behind, goes_on, stands_alone
from pipeline.quotes.indirect import Cue, reported
from pipeline.quotes.marks import Quotation, quotations
from pipeline.quotes.stage import NOBODY, Stage
from pipeline.texts import Sentence, body_sentences

_REACH = 220  # characters at the end of a paragraph that may hand over to the next
_LONGEST = 40  # paragraphs of one quotation


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of the body: code points into its text, and the quotations that stand in it."""

    start: int
    end: int
    quotations: tuple[Quotation, ...]


def find_quotes(article: Article) -> Article:
    """Set `quotes`, in the order of the text. `people` is to be set before."""
    return replace(article, quotes=quotes_of(article)) if article.article_body else article


def quotes_of(article: Article) -> tuple[Quote, ...]:
    """What is said in the body, and by whom. Every text is its slice of `article.text`."""
    text = article.text
    passages = list(_passages(article.article_body))
    found = list(_cues(article))
    if not found and not any(passage.quotations for passage in passages):
        return ()
    stage = Stage(text, Cast(article, text, _outside(passages)))
    return tuple(_Reading(stage, passages, found).quotes(body_sentences(article)))


def _passages(body: Sequence[str]) -> Iterator[Passage]:
    text, start = "\n".join(body), 0
    for paragraph in body:
        end = start + len(paragraph)
        yield Passage(start, end, tuple(quotations(text, start, end)))
        start = end + 1


def _outside(passages: Sequence[Passage]) -> Iterator[tuple[int, int]]:
    """The stretches of the text that stand in no quotation of a sentence's length."""
    for passage in passages:
        start = passage.start
        for quotation in passage.quotations:
            if quotation.closed and quotation.end - quotation.start > 20:
                yield start, quotation.first
                start = quotation.last
        yield start, passage.end


def _cues(article: Article) -> Iterator[Cue]:
    joined = of_article(article)
    start = joined.starts[2]  # behind headline and description
    end = start + len(article.text)
    for hit in cues().index.find(fold(joined.text)):
        if start <= hit.start and hit.end <= end:
            yield Cue(hit.start - start, hit.end - start, hit.keys)


class _Reading:
    """One reading of a text, from its first sentence to its last."""

    def __init__(self, stage: Stage, passages: Sequence[Passage], found: Sequence[Cue]) -> None:
        self._stage = stage
        self._passages = passages
        self._cues = sorted(found, key=lambda cue: (cue.start, -cue.end))
        self._cue_starts = [cue.start for cue in self._cues]
        self._chained: dict[int, Attribution] = {}  # by where a quotation begins: told by a later paragraph
        self._ended = 0  # where the quotation before it in its paragraph ended
        self._earlier: tuple[Quotation, Attribution, int] | None = None  # the last one spoken, and its paragraph

    def quotes(self, sentences: Sequence[Sentence]) -> Iterator[Quote]:
        """Direct and indirect ones, in the order of their sentences."""
        waiting = deque(self._passages[0].quotations)
        place, spoken = 0, -1  # paragraph; where the last spoken quotation of it ended
        for sentence in sentences:
            if sentence.paragraph != place:
                place, spoken = sentence.paragraph, -1
                waiting = deque(self._passages[place].quotations)
                self._ended = 0
            while waiting and waiting[0].first < sentence.end:
                quotation = waiting.popleft()
                limit = waiting[0].first if waiting else self._passages[place].end
                if (quote := self._direct(place, quotation, sentence, limit)) is not None:
                    spoken = quotation.last if quotation.closed else quote.end
                    yield quote
                self._ended = quotation.last
            if spoken <= sentence.start and (quote := self._indirect(sentence)) is not None:
                yield quote

    def _indirect(self, sentence: Sentence) -> Quote | None:
        statement = reported(self._stage, sentence.start, sentence.end, self._cues_in(sentence.start, sentence.end))
        if statement is None:
            return None
        self._stage.hear(statement.by.voice, max(statement.end, sentence.end - 1))
        return self._quote("indirect", statement.start, statement.end, statement.by)

    def _cues_in(self, start: int, end: int) -> list[Cue]:
        return self._cues[bisect_left(self._cue_starts, start) : bisect_left(self._cue_starts, end)]

    def _direct(self, place: int, quotation: Quotation, sentence: Sentence, limit: int) -> Quote | None:
        """The quotation as a quote, where it is spoken."""
        if quotation.end - quotation.start < 1:
            return None
        found = self._attributed(place, quotation, sentence, limit)
        if found is None:
            return None
        by, end = found
        self._earlier = (quotation, by, place)
        told = by.cue_span[1] if by.cue_span else quotation.last
        if by.voice.name is not None:
            self._stage.hear(by.voice, max(told, quotation.last))
        return self._quote("direct", quotation.start, end, by)

    def _attributed(
        self, place: int, quotation: Quotation, sentence: Sentence, limit: int
    ) -> tuple[Attribution, int] | None:
        """Who speaks it, and where it ends."""
        if (chained := self._chained.get(quotation.first)) is not None:
            return chained, quotation.end
        if not quotation.closed:
            return self._unclosed(place, quotation, sentence)
        by = self._by_neighbours(place, quotation, sentence, limit)
        return (by, quotation.end) if by is not None else None

    def _by_neighbours(self, place: int, quotation: Quotation, sentence: Sentence, limit: int) -> Attribution | None:
        stage, passage = self._stage, self._passages[place]
        start = max(sentence.start, self._ended)
        by = before(stage, quotation, start) if start < quotation.first else self._introduced(place, quotation)
        by = by or behind(stage, quotation, limit)
        if by is not None:
            return by
        earlier = self._earlier
        if earlier is not None and earlier[2] == place and goes_on(stage.text, quotation, earlier[0]):
            return earlier[1]
        if not quotation.single and stands_alone(stage.text, quotation, passage.start, passage.end):
            near = earlier is not None and place - earlier[2] <= 1
            voice = earlier[1].voice if earlier and near else stage.heard(quotation.first)
            return Attribution(voice or NOBODY, None, None)
        return None

    def _introduced(self, place: int, quotation: Quotation) -> Attribution | None:
        """By the end of the paragraph before, where that hands over: "Kata Menteri Faridah:"."""
        passage, text = self._passages[place], self._stage.text
        if not place or text[passage.start : quotation.first].strip():
            return None
        earlier = self._passages[place - 1]
        lead = text[earlier.start : earlier.end].rstrip()
        return before(self._stage, quotation, max(earlier.start, earlier.end - _REACH)) if lead.endswith(":") else None

    def _unclosed(self, place: int, quotation: Quotation, sentence: Sentence) -> tuple[Attribution, int] | None:
        """A quotation that its paragraph does not close: it goes on in the next one, or its mark was forgotten."""
        chain = self._chain(place, quotation)
        if len(chain) > 1:
            return self._of_chain(place, chain, sentence)
        for cue in self._cues_in(quotation.start, quotation.end):
            lead = self._stage.text[quotation.start : cue.start].rstrip()
            if BEHIND in cue.kinds and lead.endswith((",", ",'", ",’", "?", "!", ".")):
                end = quotation.start + len(lead.rstrip(",'’"))
                cut = replace(quotation, end=end, last=quotation.start + len(lead))
                by = behind(self._stage, cut, self._passages[place].end)
                return (by, end) if by is not None else None
        return None

    def _of_chain(
        self, place: int, chain: list[tuple[int, Quotation]], sentence: Sentence
    ) -> tuple[Attribution, int] | None:
        first = chain[0][1]
        start = max(sentence.start, self._ended)
        by = before(self._stage, first, start) if start < first.first else self._introduced(place, first)
        last_place, last = chain[-1]
        if by is None and last.closed:
            following = self._passages[last_place].quotations[1:2]  # it is the first there
            by = behind(self._stage, last, following[0].first if following else self._passages[last_place].end)
        if by is None:
            voice = self._stage.heard(first.first)
            by = Attribution(voice, None, None) if voice is not None else None
        if by is not None:
            self._chained |= {one.first: by for _, one in chain[1:]}
        return (by, first.end) if by is not None else None

    def _chain(self, place: int, quotation: Quotation) -> list[tuple[int, Quotation]]:
        """The quotation and those that go on with it at the beginnings of the paragraphs behind."""
        chain = [(place, quotation)]
        while not chain[-1][1].closed and len(chain) < _LONGEST:
            place += 1
            if place >= len(self._passages) or not self._passages[place].quotations:
                break
            following = self._passages[place].quotations[0]
            if self._stage.text[self._passages[place].start : following.first].strip() and following.opened:
                break
            chain.append((place, following))
        return chain

    def _quote(self, kind: str, start: int, end: int, by: Attribution) -> Quote:
        return Quote(
            text=self._stage.text[start:end],
            speaker=by.voice.name,
            role=by.voice.role,
            kind=kind,
            start=start,
            end=end,
            cue=by.cue,
            cue_span=by.cue_span,
            speaker_span=by.voice.span,
        )
