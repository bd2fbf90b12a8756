"""The columns of the CSV of ÖKOBAUDAT, by what independent readers of published editions name.

A column they do not name is not written and is told when it is read. The file has no units of indicators:
they are those of EN 15804.
"""

from collections.abc import Mapping
from types import MappingProxyType

from registry.declarations.comparable import Generation
from registry.declarations.dataset import Subtype
from registry.declarations.indicators import indicators
from registry.units.convert import FactKind

NEEDED = ("UUID", "Modul", "Bezugsgroesse", "Bezugseinheit")
MOST_ROWS = 200_000
# The umlauts of some headings are written out in newer editions.
ALIASES: Mapping[str, str] = {
    "Konformität": "Konformitaet",
    "UUID des Vorgängers": "UUID des Vorgaengers",
    "Version des Vorgängers": "Version des Vorgaengers",
    "URL des Vorgängers": "URL des Vorgaengers",
}
PROPERTIES: Mapping[str, tuple[str, str]] = {
    "Schuettdichte (kg/m3)": ("bulk density", "kg/m³"),
    "Flaechengewicht (kg/m2)": (FactKind.AREA_MASS, "kg/m²"),
    "Rohdichte (kg/m3)": (FactKind.DENSITY, "kg/m³"),
    "Schichtdicke (m)": ("layer thickness", "m"),
    "Ergiebigkeit (m2)": ("productiveness", "m²"),
    "Laengengewicht (kg/m)": (FactKind.LENGTH_MASS, "kg/m"),
    "Stueckgewicht (kg)": (FactKind.PIECE_MASS, "kg/piece"),
    "Umrechungsfaktor auf 1kg": ("conversion factor to 1 kg", ""),
}
_A1 = ("GWP", "ODP", "POCP", "AP", "EP", "ADPE", "ADPF")
_A2 = ("ODP", "POCP", "AP", "ADPE", "ADPF", "WDP", "PM", "IRP")
COLUMNS: Mapping[str, tuple[str, Generation | None]] = MappingProxyType(
    {
        **{
            code: (code, Generation.EN15804_A1) for code in ("GWP", "ODP", "POCP", "AP", "EP", "ADPE", "ADPF")
        },
        **{row.code: (row.code, None) for row in indicators().rows if row.generation is None},
        "GWPtotal (A2)": ("GWP-total", Generation.EN15804_A2),
        "GWPfossil (A2)": ("GWP-fossil", Generation.EN15804_A2),
        "GWPbiogenic (A2)": ("GWP-biogenic", Generation.EN15804_A2),
        "GWPluluc (A2)": ("GWP-luluc", Generation.EN15804_A2),
        "EPfreshwater (A2)": ("EP-freshwater", Generation.EN15804_A2),
        "EPmarine (A2)": ("EP-marine", Generation.EN15804_A2),
        "EPterrestrial (A2)": ("EP-terrestrial", Generation.EN15804_A2),
        "ETPfw (A2)": ("ETP-fw", Generation.EN15804_A2),
        "HTPc (A2)": ("HTP-c", Generation.EN15804_A2),
        "HTPnc (A2)": ("HTP-nc", Generation.EN15804_A2),
        "SOP (A2)": ("SQP", Generation.EN15804_A2),
        **{f"{code} (A2)": (code, Generation.EN15804_A2) for code in _A2},
    }
)
SUBTYPES: Mapping[str, Subtype] = {f"{one} dataset": one for one in Subtype}
# What describes a dataset; each of its rows repeats it.
TEXTS = (
    "UUID", "Version", "Name (de)", "Name (en)", "Kategorie (original)", "Kategorie (en)", "Konformitaet",
    "Hintergrunddatenbank(en)", "Laenderkennung", "Typ", "Referenzjahr", "Gueltig bis", "URL",
    "Declaration owner", "Veroeffentlicht am", "Registrierungsnummer", "Registrierungsstelle",
    "UUID des Vorgaengers", "Version des Vorgaengers", "URL des Vorgaengers",
    "Bezugsgroesse", "Bezugseinheit", "Referenzfluss-UUID", "Referenzfluss-Name",
)  # fmt: skip
CARBON = "biogener Kohlenstoffgehalt in kg"
CARBON_PACKAGING = "biogener Kohlenstoffgehalt (Verpackung) in kg"
CLASSES: Mapping[str, str] = {"Kategorie (original)": "OEKOBAU.DAT", "Kategorie (en)": "OEKOBAU.DAT (en)"}
