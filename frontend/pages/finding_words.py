"""What the checks of an application found, in words; of its document with how to mend it."""

from collections.abc import Mapping

from frontend.pages.words import Words
from registry.declarations.preflight.model import PREFIX


def finding_said(words: Words, key: str, facts: Mapping[str, str]) -> str:
    """A hint about the document behind the form says so: the form may be filled where the document is not."""
    said = words.say(key, **facts)
    if not key.startswith(PREFIX):
        return said
    mend = words.say(f"{key.removesuffix('.says')}.mend", **facts)
    return words.say("finding.of-document", said=words.joined(said, mend))
