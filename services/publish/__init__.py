"""Classified revisions come in, each partner's log grows and is pushed; it never edits a story."""
