"""One contender a file: each carries stories through three stages in its own way."""
