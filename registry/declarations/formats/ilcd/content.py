"""What a tree says about the product itself: classes, numbers, service life, scenarios, composition."""

from decimal import Decimal

from registry.declarations.dataset import Classification, Component, Identifier, Level, Scenario
from registry.declarations.formats.ilcd.taking import Node, Taking, branch, many, nodes, text, truth, words

_SCHEMES = {"GTIN": "gtin", "GMN": "gmn"}


def classifications(information: Node) -> tuple[Classification, ...]:
    found = []
    for node in nodes(branch(information, "classificationInformation"), "classification"):
        levels = sorted(nodes(node, "class"), key=_level)
        read = [Level(id=text(one, "classId"), name=name) for one in levels if (name := text(one, "value"))]
        for one in levels:
            if "value" not in one:
                one.pop("level", None)
        if read:
            found.append(Classification(system=text(node, "name") or "ILCD", levels=tuple(read)))
    return tuple(found)


def _level(node: Node) -> int:
    try:
        return int(str(node.get("level")))
    except ValueError:
        return 99


def identifiers(extension: Node) -> tuple[Identifier, ...]:
    found = []
    for holder in many(extension.get("productIds")):
        for one in nodes(holder, "productId") if isinstance(holder, dict) else []:
            scheme, value = one.get("type"), one.get("value")
            if isinstance(scheme, str) and isinstance(value, str) and value.strip():
                found.append(Identifier(scheme=_SCHEMES.get(scheme, scheme), value=value))
                del one["type"], one["value"]
    return tuple(found)


def service_life(extension: Node, taking: Taking) -> Decimal | None:
    for node in nodes(extension, "referenceServiceLife"):
        found = taking.figure(node.get("years"))
        if found is not None:
            del node["years"]
            return found
    return None


def scenarios(extension: Node) -> tuple[Scenario, ...]:
    listed = nodes(extension, "scenario")
    for holder in nodes(extension, "scenarios"):
        listed += nodes(holder, "scenario")
    found: dict[str, Scenario] = {}
    for node in listed:
        name = node.get("name")
        if not isinstance(name, str) or not name.strip() or name.strip() in found:
            continue
        del node["name"]
        default = truth(node, "default")
        found[name.strip()] = Scenario(
            name=name,
            group=text(node, "group"),
            default=bool(default),
            words=words(node, "description"),
        )
    return tuple(found.values())


def components(extension: Node, taking: Taking) -> tuple[Component, ...]:
    """Parts, materials and substances in one list; how they are nested is not carried."""
    found: list[Component] = []
    waiting = [one for one in many(extension.get("contentDeclaration")) if isinstance(one, dict)]
    nested = False
    while waiting:
        holder = waiting.pop(0)
        for kind in ("component", "material", "substance"):
            for node in nodes(holder, kind):
                nested = nested or "weightPerc" in holder
                read = _component(node, taking)
                found += [read] if read is not None else []
                waiting.append(node)
    if nested:
        taking.lost("ilcd.nesting", "processInformation/dataSetInformation/other/contentDeclaration")
    return tuple(found)


def _component(node: Node, taking: Taking) -> Component | None:
    names = words(node, "name")
    name = names.get("zh") or names.get("en") or next(iter(names.values()), None)
    if name is None:
        return None
    others = [other for other in names.values() if other != name]
    if others:
        node["name"] = others
    share = branch(node, "weightPerc")
    figures = {}
    for field, key in (("percent", "value"), ("lowest", "lowerValue"), ("highest", "upperValue")):
        figures[field] = taking.figure(share.get(key))
        if figures[field] is not None:
            del share[key]
    return Component(
        name=name, cas=text(node, "CASNumber"), packaging=bool(truth(node, "packaging")), **figures
    )
