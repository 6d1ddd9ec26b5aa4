"""How long reading a story takes, beside a bare parser on the same bytes."""
