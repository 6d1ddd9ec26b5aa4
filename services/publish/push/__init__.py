"""Pushing: each open entry of a partner's log becomes a webhook call, until it is settled."""
