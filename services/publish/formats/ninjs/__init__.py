"""Writes ninjs 3.1, 2.2 and 1.6 (IPTC): one JSON document, the same bytes for the same story."""

from services.publish.formats.ninjs import v1_6, v2_2, v3_1
from services.publish.formats.ninjs.facts import CONTENT_TYPE

__all__ = ["CONTENT_TYPE", "v1_6", "v2_2", "v3_1"]
