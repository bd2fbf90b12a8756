"""The demonstration register as the tests see it: built once per process."""

from functools import cache

from seeds import load
from seeds.demo.register import Register, build
from seeds.demo.workshop import Reference


@cache
def reference() -> Reference:
    return load.reference()


@cache
def register() -> Register:
    return build(reference())
