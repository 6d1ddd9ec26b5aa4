"""Wire copy comes in over HTTP, accepted revisions go out; it never tags and never delivers."""
