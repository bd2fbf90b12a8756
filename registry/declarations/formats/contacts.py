"""How mail addresses and telephone numbers are written, and a quick look that knows a text without any."""

import re

_LATIN = "A-Za-z0-9\u00c0-\u024f"
# Every repetition has an end, so that no text takes long to look through.
MAIL = re.compile(
    rf"[{_LATIN}._%+'-]{{1,64}}\s?(?:[@＠]|[\[(]\s?(?:at|ät)\s?[\])])\s?"
    rf"(?:[{_LATIN}-]{{1,63}}\.){{1,6}}[A-Za-z\u00c0-\u024f]{{2,24}}"
)
# Addresses of other letters: all of the run they stand in.
MAIL_ANY = re.compile(
    r"[^\s@＠<>()（）\[\],，;；:：]{1,64}[@＠][^\s@＠<>()（）\[\],，;；:：]{1,64}\.[^\W\d_]{2,24}"
)
PHONE = re.compile(
    r"(?<![\w.+-])\+[1-9]\d{0,2}[\s()./–-]{0,3}\d[\d\s()./–-]{5,24}\d"
    r"|(?<![\w.+-])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\w-])"
    r"|(?<![\w.,+-])0\d{2,3}[-－–]\d{7,8}(?!\d)"
    r"|(?<![\w.,+-])0\d{2,5}\s?/\s?\d{4,12}(?:[ -]\d{1,6}){0,3}"
)
# What a word announces is a number however it is written.
ANNOUNCED = re.compile(
    r"((?:\b(?:tele(?:f|ph)on[eo]?|téléphone|tel|fon|phone|(?:tele)?fax|mobile?|mobil|handy|cell)|电话|手机|传真|座机|热线)"
    r"\s?(?:no|nr|number)?[.:：]{0,2}\s{0,3})(\+?[(\d][\d\s()./–-]{4,24}\d)",
    re.IGNORECASE,
)
# What every address has in it, and what every address or number.
AT = re.compile(r"[@＠]|[\[(]\s?(?:at|ät)\s?[\])]")
ANY = re.compile(AT.pattern + r"|[(\d][\d\s()./–-]{4,24}\d")
SHORTEST = 6  # characters
# Each sign begins with letters of its own, which are found ten times as quickly as one pattern of them all.
_AT_SIGNS = tuple(re.compile(one) for one in (r"\(\s?[aä]t\s?[\])]", r"\[\s?[aä]t\s?[\])]"))
_NUMBERS = (r"\+[1-9][\d\s()./–-]{6}", r"1[3-9]\d[ -]?\d{4}[ -]?\d{4}", r"0\d{2,5}\s?[-－–/]\s?\d{4}")
_WORDS = ("tel", "fon", "phon", "fax", "mob", "handy", "cell", "电话", "手机", "传真", "座机", "热线")
_AFTER = r"\S{0,12}\s?(?:no|nr|number)?[.:：]{0,2}\s{0,3}\+?[(\d][\d\s()./–-]{4}"
_SIGNS = tuple(re.compile(one) for one in (*_NUMBERS, *(word + _AFTER for word in _WORDS)))


def address_may_be_in(text: str) -> bool:
    """Whether a mail address can be found in a text; more may be thought to be there than is, never less."""
    return "@" in text or "＠" in text or any(sign.search(text) for sign in _AT_SIGNS)


def may_be_in(text: str) -> bool:
    """The same for an address or a number."""
    folded = text.casefold()
    return address_may_be_in(text) or any(sign.search(folded) for sign in _SIGNS)
