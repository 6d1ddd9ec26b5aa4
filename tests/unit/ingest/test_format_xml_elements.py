from lxml import etree

from services.ingest.formats.xml_elements import Node, text_in


def a_node(source: str) -> Node:
    return Node(etree.fromstring(source))


def test_children_are_found_whatever_their_namespace_and_case() -> None:
    item = a_node("<a xmlns:n='urn:n'><n:Head>eins</n:Head><other/><HEAD>zwei</HEAD></a>")

    assert [head.line() for head in item.all("head")] == ["eins", "zwei"]
    assert item.child("head").line() == "eins"


def test_children_of_several_names_come_name_by_name() -> None:
    item = a_node("<a><second>2</second><first>1</first></a>")

    assert [node.line() for node in item.all("first", "second", "third")] == ["1", "2"]


def test_a_missing_path_is_an_empty_node_to_the_end() -> None:
    missing = a_node("<a><b/></a>").child("b", "c", "d")

    assert (bool(missing), missing.line("e"), missing.get("f"), missing.name) == (
        (False, None, None, "")
    )
    assert list(missing.all("g")) == []


def test_an_attribute_spelled_plainly_counts_before_any_other_spelling() -> None:
    source = "<a xmlns:n='urn:n' Role='a' n:role='b' role=' c  d ' Rank='1' n:rank='2' blank=' '/>"
    item = a_node(source)

    assert (item.get("role"), item.get("rank"), item.get("blank")) == ("c d", "1", None)


def test_the_language_is_that_of_xml_before_any_other() -> None:
    assert a_node("<a lang='en' xml:lang='de'/>").language == "de"
    assert a_node("<a lang='en'/>").language == "en"
    assert a_node("<a/>").language is None


def test_the_text_within_is_whole_with_markup_and_without() -> None:
    plain, marked = (
        etree.fromstring("<a>eins</a>"),
        etree.fromstring("<a>eins <b>zwei</b> drei</a>"),
    )

    assert (text_in(plain), text_in(marked)) == ("eins", "eins zwei drei")
