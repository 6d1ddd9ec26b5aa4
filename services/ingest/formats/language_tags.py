"""Gives a language its tag as BCP 47 writes it: the first part in lower case, the rest as given."""


def language_tag(text: str | None) -> str | None:
    """Tidy a language: `DE` is `de`, `pt_BR` is `pt-BR`; blank is none."""
    if not text or not text.strip():
        return None
    primary, mark, rest = text.strip().replace("_", "-").partition("-")
    return f"{primary.lower()}{mark}{rest}"
