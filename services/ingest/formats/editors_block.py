"""Cuts what agencies append for editors from the end of a text: contacts never leave (wire-rules 10.1)."""

import re
from typing import Final

_BLOCK: Final = re.compile(
    r"^[ \t]{0,4}(?:#{1,2} ?(?:Notizblock|Notebook|Bloc-notes|Bloc de notas)\b"
    r"|(?:[* ]{5,20}\n+)?(?:Die folgenden Informationen sind nicht zur Veröffentlichung"
    r"|The following information is not intended for publication"
    r"|(?:Pressekontakte?|Rückfragehinweise?|Medienkontakt|Kontakt für Medien|Media contacts?|Original-Content von|epd-Service) ?:"
    r"|(?:Les informations suivantes|Ces informations) ne sont pas destinées))",
    re.IGNORECASE | re.MULTILINE,
)
_MOST_SIGNATURES: Final = 8
_SIGNERS: Final = (
    "aap|afp|ansa|anp|ap|apa|ats|awp|belga|cp|dapd|dpa|efe|epd|kna|kyodo|ntb|pa|reuters|ritzau|sda"
    "|sid|stt|tt|xinhua"
)
# `dpa koe yyno n1 sck`, `afp/cha/rl`, `(Schluss) abc/def`, `bur-dar-gl/fz`, `ends`.
_SIGNATURE: Final = re.compile(
    rf"(?:\((?i:{_SIGNERS})(?:\\?/[a-z]{{1,6}}(?:[ /][a-z]{{1,6}}){{0,5}})?\)|[/(]?(?:{_SIGNERS})(?:[- /][a-zäöüß0-9]{{1,8}}){{1,12}}[/)]?"
    r"|(?i:afp|apa|dpa|epd|kna|sda|sid)(?:/[a-zäöüß0-9]{1,8}){1,5}"
    r"|(?:AFP|APA|DPA|KNA|SDA|SID)(?: [a-z]{2,3}){1,4}"
    r"|\((?:Schluss|Ende|Fin|Slut|Forts|Fortsetzung folgt|More|Suite|Loppu)\)(?:[ ]?[a-zäöü/ -]{1,40})?"
    r"|[a-zäöü]{2,5}(?:[-/][a-zäöü0-9]{1,6}){1,8}"
    r"|/[a-z]{2,4}/[a-z/]{2,20}"
    r"|ends?|ENDS?|ENDE|FIN|MORE|Slut|SLUT|[A-Z]{3}\d{4} \d{4}-\d\d-\d\d[/ ]\d\d:\d\d|=?\(END\)|-{1,2}END-{1,2}|-30-|___|\*{3,10}|/ritzau/)"
)


def without_block(text: str) -> tuple[str, str | None]:
    """Part a text at the notes to editors that end it; the notes are None if there are none."""
    found = _BLOCK.search(text)
    if found is None:
        return text, None
    return text[: found.start()].rstrip(), text[found.start() :].strip() or None


def without_signature(text: str) -> tuple[str, str | None]:
    """Take away the last lines if they only sign: who wrote, who edited, that this is the end."""
    lines = text.rstrip().split("\n")
    signed: list[str] = []
    while (
        len(lines) > 1
        and len(signed) < _MOST_SIGNATURES
        and (not lines[-1].strip() or _SIGNATURE.fullmatch(lines[-1].strip()))
    ):
        if last := lines.pop().strip():
            signed.insert(0, last)
    return "\n".join(lines), "\n".join(signed) or None
