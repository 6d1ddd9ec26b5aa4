"""The term language of the taxonomy: what one written term matches. It weighs nothing."""

import re
from dataclasses import dataclass

# -n, -en, -es, -ern …, feminine -in/-innen, and the genitive of names (Petersens, Klub's).
_REST = re.compile(r"[^\W_]*").match
_ENDING = re.compile(r"(?:e[nmrs]?|ern|s|n|in|innen)(?![^\W_])").match
# What may stand right before a word, or between the parts of one; all count as a blank.
_BREAKS = "-\u2010\u2011\u2012\u2013\u2014/\"'„“”‚‘’«»‹›([{#@&*_|•·:…\n\r\t\u00a0\u202f\u2009"
_LEAST_OPEN = 3


@dataclass(frozen=True, slots=True)
class Term:
    """A term as it is looked up: `needle` in lower case, words parted by one blank.

    `inside` may begin within a word, `prefix` may go on after it; `exact` is the needle in
    the only case that counts, or None when case does not matter.
    """

    needle: str
    inside: bool
    prefix: bool
    exact: str | None


def parse_term(written: str) -> Term:
    """Read one term of the taxonomy, e.g. `*bundesligist*`; raises ValueError with the reason.

    Plain: a whole word, in any case, with German endings. `x*`: a word that begins so. `*x`:
    a word that ends so. `*x*`: within a word. `=X`: as written, in this case, no endings.
    """
    exact = written.startswith("=")
    core = written.removeprefix("=").strip()
    inside, prefix = core.startswith("*"), core.endswith("*") and len(core) > 1
    core = core.strip("*")
    words = ready(" ".join(core.split())).strip()
    if not any(map(str.isalnum, words)):
        raise ValueError(f"term `{written}` has no letter or digit")
    if "*" in core:
        raise ValueError(f"term `{written}` may have `*` only at its ends")
    if (inside or prefix) and len(words) < _LEAST_OPEN:
        raise ValueError(f"term `{written}` is too short for `*`: it would match anything")
    return Term(lower(words), inside, prefix, words if exact else None)


def spellings(term: Term) -> tuple[Term, ...]:
    """Give the term itself and, for words with ß, the Swiss spelling with ss."""
    if "ß" not in term.needle:
        return (term,)
    exact = None if term.exact is None else term.exact.replace("ß", "ss")
    return (term, Term(term.needle.replace("ß", "ss"), term.inside, term.prefix, exact))


def ready(text: str) -> str:
    """Part the words of a text by blanks, for hyphens and quotes too; offsets stay as they are."""
    for mark in _BREAKS:
        text = text.replace(mark, " ")
    return text


def lower(text: str) -> str:
    """Lower case, as long as the text: a letter that would grow (İ) stays as it is."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := each.lower()) == 1 else each for each in text)


def ends_word(text: str, end: int) -> bool:
    """Whether what goes on at `end` is but a German ending, after which the word is over."""
    return text[end] in "ensi" and _ENDING(text, end) is not None


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span to the whole words it lies in."""
    while text[start - 1].isalnum():
        start -= 1
    if text[end].isalnum() and (rest := _REST(text, end)):
        end = rest.end()
    return start, end
