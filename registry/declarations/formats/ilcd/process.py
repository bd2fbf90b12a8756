"""A process dataset alone, as XML: everything but its reference flow, which lies in a file of its own."""

from registry.declarations.formats.ilcd.markup import parsed
from registry.declarations.formats.ilcd.reader import read_tree
from registry.declarations.formats.ilcd.taking import Taking
from registry.declarations.formats.reading import Reading, Unreadable

_ROOT = "processDataSet"
_ROOTS = frozenset(
    {
        _ROOT,
        "flowDataSet",
        "flowPropertyDataSet",
        "unitGroupDataSet",
        "sourceDataSet",
        "contactDataSet",
        "LCIAMethodDataSet",
        "lifeCycleModelDataSet",
    }
)


def is_dataset(root: str) -> bool:
    """Whether the root is one of ILCD's; those that are no process are refused by name."""
    return root in _ROOTS


def read_xml(data: bytes, *, name: str) -> tuple[Reading, ...]:
    """The declaration of one process dataset."""
    root, tree = parsed(data, name)
    if root != _ROOT:
        raise Unreadable("declaration-not-a-process", root=root)
    return (read_tree(tree, Taking(f"/{root}/")),)
