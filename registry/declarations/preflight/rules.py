"""Checks of what a document says it follows: standard, method, PCR, background data, licence, original."""

import re
from collections.abc import Iterator

from registry.declarations.comparable import Generation, generation
from registry.declarations.dataset import Reference
from registry.declarations.preflight.conditions import A1, A2, DECLARED_EPD, EPD, ISO21930, MODULAR
from registry.declarations.preflight.model import Family, Fault, Severity, at
from registry.declarations.preflight.view import View

checks = Family()
COMPLIANCE = {
    "b00f9ec0-7874-11e3-981f-0800200c9a66": Generation.EN15804_A1,
    "c0016b33-8cf7-415c-ac6e-deba0d21440d": Generation.EN15804_A2,
    "d4aa3ec7-b1d7-4a4a-a6cb-37af88dcc902": Generation.EN15804_A2,
}
EN = frozenset({Generation.EN15804_A1, Generation.EN15804_A2})
_EF = re.compile(r"\bef ?[23]\b|\bef ?3\.[01]|environmental footprint", re.IGNORECASE)
_CML = re.compile(r"\bcml\b", re.IGNORECASE)
_TRACI = re.compile(r"\btraci\b", re.IGNORECASE)
_LOCAL = re.compile(r"^(?:file:|[a-z]:[\\/]|\\\\|/(?:home|users)/)", re.IGNORECASE)
_CLOSED = re.compile(
    r"no re-?use|not for commercial|confidential|internal use|restricted|forbidden|保密|禁止|仅限内部",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
GABI, ECOINVENT = ("gabi", "sphera", "managed lca"), ("ecoinvent",)

checks.ask(
    "rules-unknown",
    Severity.WARNING,
    lambda view: view.dataset.generation is Generation.OTHER,
    place="generation",
)
checks.ask(
    "rules-guessed",
    Severity.NOTE,
    lambda view: view.dataset.generation_by == "indicators",
    place="generation",
)
checks.ask(
    "compliance-missing",
    Severity.NOTE,
    lambda view: not view.dataset.compliance and view.dataset.generation is not Generation.OTHER,
    place="compliance",
)


def _text(reference: Reference | None) -> str:
    return " ".join(reference.names.values()) if reference else ""


def _claimed(view: View) -> frozenset[Generation]:
    """The sets of EN 15804 that the compliance list names, by UUID, else by text with its amendment."""
    found = set()
    for one in view.dataset.compliance:
        known = COMPLIANCE.get(str(one.uuid))
        by_text = generation(_text(one)) if known is None else known
        found.add(by_text)
    return frozenset(found & EN)


@checks.check("compliance-contradicts", Severity.ERROR, source="UUIDs of compliance systems, InDataWG (high)")
def compliance_contradicts(view: View) -> Iterator[Fault]:
    claimed, own = _claimed(view), view.dataset.generation
    if len(claimed) == 1 and own in EN and own not in claimed:
        yield at("compliance", claimed=next(iter(claimed)).value, rules=own.value)


@checks.check("compliance-both", Severity.WARNING)
def compliance_both(view: View) -> Iterator[Fault]:
    if len(_claimed(view)) > 1:
        yield at("compliance")


@checks.check("method-not-of-a2", Severity.WARNING, when=A2, source="EN 15804+A2: factors of EF 3.x (high)")
def method_not_of_a2(view: View) -> Iterator[Fault]:
    method = _text(view.dataset.method)
    if _CML.search(method) or _TRACI.search(method):
        yield at("method", method=method)


@checks.check("method-not-of-a1", Severity.WARNING, when=A1, source="EN 15804+A1: factors of CML (high)")
def method_not_of_a1(view: View) -> Iterator[Fault]:
    method = _text(view.dataset.method)
    if _EF.search(method) or _TRACI.search(method):
        yield at("method", method=method)


@checks.check(
    "method-not-of-iso-21930", Severity.WARNING, when=ISO21930, source="ISO 21930: TRACI or CML (low)"
)
def method_not_of_iso_21930(view: View) -> Iterator[Fault]:
    method = _text(view.dataset.method)
    if _EF.search(method):
        yield at("method", method=method)


checks.ask(
    "pcr-missing", Severity.NOTE, lambda view: view.dataset.pcr is None, place="pcr", when=DECLARED_EPD
)


@checks.check("pcr-edition-missing", Severity.NOTE, when=DECLARED_EPD)
def pcr_edition_missing(view: View) -> Iterator[Fault]:
    pcr = view.dataset.pcr
    if pcr and not pcr.version and pcr.uuid is None and not _YEAR.search(_text(pcr)):
        yield at("pcr", pcr=_text(pcr))


@checks.check("pcr-of-other-rules", Severity.WARNING, when=MODULAR)
def pcr_of_other_rules(view: View) -> Iterator[Fault]:
    """A PCR whose own name cites another amendment than the document's."""
    cited = generation(_text(view.dataset.pcr))
    if cited in EN and view.dataset.generation in EN and cited is not view.dataset.generation:
        yield at("pcr", pcr=_text(view.dataset.pcr), rules=view.dataset.generation.value)


@checks.check("pcr-younger-than-document", Severity.WARNING, when=EPD)
def pcr_younger_than_document(view: View) -> Iterator[Fault]:
    issued, text = view.issued(), _text(view.dataset.pcr)
    years = [int(year) for year in _YEAR.findall(text)]
    if issued and years and min(years) > issued.day.year:
        yield at("pcr", pcr=text, day=issued.day)


checks.ask(
    "background-missing",
    Severity.NOTE,
    lambda view: not view.dataset.background,
    place="background",
    when=DECLARED_EPD,
)


@checks.check("background-mixed", Severity.NOTE)
def background_mixed(view: View) -> Iterator[Fault]:
    texts = [_text(one).casefold() for one in view.dataset.background]
    families = [any(name in text for name in names for text in texts) for names in (GABI, ECOINVENT)]
    if all(families):
        yield at("background")


@checks.check("background-younger-than-document", Severity.WARNING)
def background_younger_than_document(view: View) -> Iterator[Fault]:
    """A database release of a year after the document was issued."""
    issued = view.issued()
    for one in view.dataset.background:
        text = _text(one)
        named = any(name in text.casefold() for name in (*GABI, *ECOINVENT))
        years = [int(year) for year in _YEAR.findall(text)]
        if issued and named and years and min(years) > issued.last_day().year:
            yield at("background", background=text, day=issued.day)


@checks.check("licence-missing", Severity.NOTE)
def licence_missing(view: View) -> Iterator[Fault]:
    licence = view.dataset.licence
    if licence is None or not (licence.type or any(licence.words.values()) or any(licence.access.values())):
        yield at("licence")


@checks.check("licence-closed", Severity.WARNING)
def licence_closed(view: View) -> Iterator[Fault]:
    licence = view.dataset.licence
    if licence:
        text = " ".join((licence.type or "", *licence.words.values(), *licence.access.values()))
        if _CLOSED.search(text):
            yield at("licence", terms=text.strip()[:120])


checks.ask(
    "original-missing",
    Severity.NOTE,
    lambda view: view.dataset.original is None,
    place="original",
    when=DECLARED_EPD,
)


def _addresses(view: View) -> Iterator[tuple[str, str]]:
    data = view.dataset
    for field, one in (("original", data.original), ("pcr", data.pcr), ("replaces", data.replaces)):
        if one and one.uri:
            yield field, one.uri


@checks.check("address-of-own-machine", Severity.WARNING)
def address_of_own_machine(view: View) -> Iterator[Fault]:
    for field, uri in _addresses(view):
        if _LOCAL.match(uri):
            yield at(field, uri=uri)


@checks.check("address-unsafe", Severity.WARNING)
def address_unsafe(view: View) -> Iterator[Fault]:
    for field, uri in _addresses(view):
        scheme = uri.split(":", 1)[0].casefold() if ":" in uri[:12] else ""
        if scheme in {"javascript", "data", "vbscript", "ftp"}:
            yield at(field, uri=uri[:80])
