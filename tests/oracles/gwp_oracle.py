"""A second answer for one carbon figure: every module as a fraction, every unit by hand-typed scales."""

from collections.abc import Mapping
from fractions import Fraction

LETTERS = {"A": 5, "B": 7, "C": 4}
EVERY = [f"{letter}{n}" for letter, most in LETTERS.items() for n in range(1, most + 1)] + ["D"]
# Grams, square millimetres, cubic millimetres: no unit here is written as the register writes it.
SCALES: dict[str, tuple[str, Fraction | int]] = {
    "kg": ("g", 10**3), "t": ("g", 10**6), "jin": ("g", 500), "weight_case": ("g", 50_000), "g": ("g", 1),
    "lb": ("g", Fraction("453.59237")), "m2": ("mm2", 10**6), "ft2": ("mm2", Fraction("92903.04")),
    "m3": ("mm3", 10**9), "l": ("mm3", 10**6), "yd3": ("mm3", Fraction("764554857.984")),
    "m": ("mm", 10**3), "ft": ("mm", Fraction("304.8")), "kWh": ("J", 3_600_000), "MJ": ("J", 10**6),
    "piece": ("pc", 1), "pair": ("pc", 2),
}  # fmt: skip


def meant(text: str) -> set[str]:
    """The single modules a question names, by walking along all of them."""
    found: set[str] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        last = last or first
        inside = False
        for module in EVERY:
            inside = inside or module == first or module[0] == first
            if inside:
                found.add(module)
            ends = module == last or (module[0] == last and module == f"{last}{LETTERS.get(last, '')}")
            inside = inside and not ends
    return found


def total(modules: Mapping[str, Fraction], wanted: set[str]) -> Fraction | None:
    """The sum of what is wanted; None where a module is not declared."""
    left, found = set(wanted), Fraction(0)
    production = {"A1", "A2", "A3"}
    if production <= left and "A1-A3" in modules:
        found, left = modules["A1-A3"], left - production
    for module in left:
        if module not in modules:
            return None
        found += modules[module]
    return found


def per(
    value: Fraction, amount: Fraction, declared: str, wanted: str, density: Fraction | None
) -> Fraction | None:
    """kg CO₂e per one wanted unit; a volume becomes a mass only by a density in kg/m³."""
    measure, scale = SCALES[declared]
    other, one = SCALES[wanted]
    if measure == other:
        return value / (amount * scale / one)
    if density is None or {measure, other} != {"g", "mm3"}:
        return None
    grams_per_mm3 = density * 1000 / 10**9
    grams = amount * scale * (grams_per_mm3 if measure == "mm3" else Fraction(1))
    mm3 = grams / grams_per_mm3
    return value / ((grams if other == "g" else mm3) / one)
