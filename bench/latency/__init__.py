"""How long a story takes from a desk's POST to a partner's webhook handler."""
