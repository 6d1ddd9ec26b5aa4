"""Tells at a glance which lines cannot begin with a sign, so that most are never searched for one."""

from typing import Final

# Whatever a sign in `signs.py` can begin with, its first three letters, or two where it has no more.
_OPENINGS_WORDS: Final = (
    "ach act adv agg akt ale am ann ap att bc ber bij bit bul can cor dis ed edi eds eil eli erg err "
    "gen ges gje her hfr hol ing int kil kor ld ldc ldw lea man mel met mis neu new nic not oik opd opp "
    "pho pic pm pow rec ref rem rep ret ric rip rpt spe sto syn toi upd upp urg ver wie wit wra wri zur zus"
)
_OPENINGS: Final = frozenset(_OPENINGS_WORDS.split())


def may_open_with_sign(line: str) -> bool:
    """Tell whether a line may; marks, digits and letters beyond ASCII are not judged here."""
    opening = line[:3].rstrip().lower()
    return opening in _OPENINGS or not (opening.isascii() and opening.isalpha())
