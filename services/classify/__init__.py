"""Received revisions come in, tagged ones go out; it never drops or holds a story."""
