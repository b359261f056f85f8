"""The forms of a word's family: what "kritik~" or "praise~" in a word list stands for."""

from __future__ import annotations

import re
from itertools import product

_VOWELS = "aeiou"
_NASAL = (  # by how a Malay or Indonesian root begins: what me- and pe- add, and how much of the root they take away
    (re.compile(r"[aeiouhg]"), "ng", 0),
    (re.compile(r"k[aeiou]"), "ng", 1),
    (re.compile(r"k"), "ng", 0),
    (re.compile(r"p[aeiou]"), "m", 1),
    (re.compile(r"[bfvp]"), "m", 0),
    (re.compile(r"t[aeiou]"), "n", 1),
    (re.compile(r"[cdjzt]"), "n", 0),
    (re.compile(r"s[aeiou]"), "ny", 1),
    (re.compile(r"s"), "n", 0),
    (re.compile(r""), "", 0),
)


def expand(term: str, language: str) -> tuple[str, ...]:
    """Every wording of a term; of one without "~" just itself."""
    if "~" not in term:
        return (term,)
    family = _english if language in {"en", "tl"} else _malay
    parts = [family(word[:-1]) if word.endswith("~") else (word,) for word in term.split()]
    return tuple(" ".join(words) for words in product(*parts))


def _english(word: str) -> tuple[str, ...]:
    """Verb forms, of a stem cut short too ("criticis~"): rather one that nobody writes than one too few."""
    if word.endswith("e"):
        return word, f"{word}s", f"{word}d", f"{word[:-1]}ing"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word, f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing"
    plural = f"{word}es" if word.endswith(("s", "sh", "ch", "x", "z", "o")) else f"{word}s"
    forms = [word, plural, f"{word}ed", f"{word}ing", f"{word}es", f"{word}e", f"{word}ion"]
    if re.search(r"[^aeiou][aeiou][^aeiouwxy]$", word):
        forms += [f"{word}{word[-1]}ed", f"{word}{word[-1]}ing"]
    return tuple(dict.fromkeys(forms))


def _malay(root: str) -> tuple[str, ...]:
    """Active, passive, agent and noun forms with -kan, -i, -an and -nya."""
    nasal, cut = next((add, cut) for pattern, add, cut in _NASAL if pattern.match(root))
    stem = f"{nasal}{root[cut:]}"
    heads = [root, f"me{stem}", f"di{root}", f"ter{root}", f"ber{root}"]
    forms = [f"{head}{tail}" for head in heads for tail in ("", "kan", "i")]
    nouns = [root, f"{root}an", f"pe{stem}", f"pe{stem}an", f"ke{root}an", f"{root}nya"]
    return tuple(dict.fromkeys([*forms, *nouns, *(f"{noun}nya" for noun in nouns[1:5]), f"ber{root}an"]))
