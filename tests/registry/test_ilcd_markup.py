"""XML becomes the same tree whatever blanks, comments and sections stand between its texts."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from registry.declarations.formats.ilcd.markup import parsed
from tests.oracles import markup_oracle

ROOT = '<processDataSet xmlns="a" xmlns:e="b" xmlns:f="c">{}</processDataSet>'
BETWEEN = [
    " ", "\n  ", "\r\n\t", "x", " y ", "<!-- c -->", "<?p q?>", "<![CDATA[ ]]>", "<![CDATA[z<]]>", "&#32;",
    "&amp;", "\u00a0",
]  # fmt: skip
NAMES = ["time", "e:amount", "e:other", "other", "f:amount", "value", "shortDescription"]
ATTRIBUTES = ['e:module="A1"', 'module="D "', 'xml:lang="en"', 'e:scenario=" x"', 'name=""', 'f:time="1"']
between = st.lists(st.sampled_from(BETWEEN), max_size=4).map("".join)


def element(name: str, attributes: list[str], content: str) -> str:
    return f"<{' '.join([name, *attributes])}>{content}</{name}>"


def elements(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    content = st.lists(inner | between, max_size=5).map("".join)
    some = st.lists(st.sampled_from(ATTRIBUTES), unique_by=lambda one: one.split("=")[0], max_size=3)
    return st.builds(element, st.sampled_from(NAMES), some, content)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.recursive(between, elements, max_leaves=12), max_size=4).map("".join))
@example("<time>a<!-- c --> <!-- d -->b</time> <![CDATA[ x]]> <time/>")
def test_a_tree_is_what_a_second_parser_reads(content: str) -> None:
    data = ROOT.format(content).encode()
    expected = markup_oracle.tree(data)
    assert parsed(data) == ("processDataSet", expected if isinstance(expected, dict) else {})
