"""Writes a story in a partner's format. Pure: no look-ups while rendering, stable bytes."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from services.publish.formats import article, html5, iptc7901, newsml_g2, ninjs, nitf
from services.publish.formats.profiles import Profile, Rendered, profile_for
from services.publish.partners import Format
from shared.events import Labels, Revision
from shared.story import Story

__all__ = [
    "CONTENT_TYPES",
    "RENDERERS",
    "Profile",
    "Rendered",
    "content_type_of",
    "profile_for",
    "render",
]

RENDERERS: Mapping[str, Callable[[Story, Revision, Labels, Profile], Rendered]] = MappingProxyType(
    {
        Format.ARTICLE: article.render,
        Format.HTML: html5.render,
        Format.NINJS_3_1: ninjs.v3_1.render,
        Format.NINJS_2_2: ninjs.v2_2.render,
        Format.NINJS_1_6: ninjs.v1_6.render,
        Format.NEWSML_G2: newsml_g2.render,
        Format.NITF: nitf.render,
        Format.IPTC7901: iptc7901.render,
    }
)

CONTENT_TYPES: Mapping[str, str] = MappingProxyType(
    {
        Format.ARTICLE: article.CONTENT_TYPE,
        Format.HTML: html5.CONTENT_TYPE,
        Format.NINJS_3_1: ninjs.CONTENT_TYPE,
        Format.NINJS_2_2: ninjs.CONTENT_TYPE,
        Format.NINJS_1_6: ninjs.CONTENT_TYPE,
        Format.NEWSML_G2: newsml_g2.CONTENT_TYPE,
        Format.NITF: nitf.CONTENT_TYPE,
        Format.IPTC7901: iptc7901.CONTENT_TYPE,
    }
)


def render(story: Story, revision: Revision, tags: Labels, profile: Profile) -> Rendered:
    """Return a story in a profile's format; what it may not show (notes, recalls) is left out."""
    return RENDERERS[profile.format](story, revision, tags, profile)


def content_type_of(copy_field: str) -> str:
    """Return the content type of formatted copy by its field, `VERSION:PROFILE KEY`."""
    key = copy_field.partition(":")[2]
    told = (media for name, media in CONTENT_TYPES.items() if key.startswith(name))
    return next(told, "application/octet-stream")
