"""Writes a story in a partner's format. Pure: no look-ups while rendering, stable bytes."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from services.publish.formats import article, iptc7901, newsml_g2, ninjs_3_1, nitf
from services.publish.formats.profiles import Profile, Rendered, profile_for
from services.publish.partners import Format
from shared.events import Labels, Revision
from shared.story import Story

__all__ = ["RENDERERS", "Profile", "Rendered", "content_type_of", "profile_for", "render"]

RENDERERS: Mapping[str, Callable[[Story, Revision, Labels, Profile], Rendered]] = MappingProxyType(
    {
        Format.ARTICLE: article.render,
        Format.NINJS_3_1: ninjs_3_1.render,
        Format.NEWSML_G2: newsml_g2.render,
        Format.NITF: nitf.render,
        Format.IPTC7901: iptc7901.render,
    }
)
_SHARED_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        Format.NINJS_3_1: ninjs_3_1.CONTENT_TYPE,
        Format.NEWSML_G2: newsml_g2.CONTENT_TYPE,
        Format.NITF: nitf.CONTENT_TYPE,
        Format.IPTC7901: iptc7901.CONTENT_TYPE,
    }
)
"""Of the formats that are the same for all partners: there the profile's key is the format."""


def render(story: Story, revision: Revision, tags: Labels, profile: Profile) -> Rendered:
    """Return a story in a profile's format; what it may not show (notes, recalls) is left out."""
    return RENDERERS[profile.format](story, revision, tags, profile)


def content_type_of(copy_field: str) -> str:
    """Return the content type of formatted copy by its field, `VERSION:PROFILE KEY`."""
    key = copy_field.partition(":")[2]
    return _SHARED_TYPES.get(key, article.CONTENT_TYPE)
