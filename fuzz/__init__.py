"""Hostile input: atheris over every format's parser, guided by what code each input reaches."""
