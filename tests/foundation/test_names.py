"""Names of organisations held against one another: form, order and spelling do not hide that two are alike."""

import pytest

from bermitra.foundation.names import NameIndex, form_of


def name_likeness(one: str, other: str) -> int:
    return dict(NameIndex([("other", other)]).like(one, at_least=0)).get("other", 0)


ALIKE = [
    ("PT. Maju-Jaya Tbk", "Maju Jaya (Persero), P.T."),
    ("CV Maju Jaya", "Perseroan Terbatas MAJU JAYA"),
    ("PT Tirta Serayu Lestari", "Lestari Serayu Tirta"),
    ("Maju Jaya", "PT Majujaya"),
    ("Ѕukamaju", "Sukamaju"),
    ("Yayasan Café Sejahtera", "Cafe Sejahtera"),
    ("ꦱꦸꦏꦩꦗꦸ", "ꦱꦸꦏꦩꦗꦸ"),
    ("Koperasi", "Koperasi"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_another_writing_of_a_name_is_the_same_name(one, other):
    assert name_likeness(one, other) == name_likeness(other, one) == 100


@pytest.mark.parametrize(
    ("one", "other"),
    [("PT Tirta Serayu Lestari", "PT Tirtha Serayu Lestary"), ("BUM Desa Sari Mekar", "BUMDes Sari Mekar")],
)
def test_near_spelling_is_near(one, other):
    assert 85 <= name_likeness(one, other) < 100


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SMK Negeri 1", "SMK Negeri 2"),
        ("Yayasan Sahabat Desa", "Yayasan Sahabat Tani"),
        ("PT Tirta Serayu", "PT Tirta Serayu Lestari"),
        ("ꦱꦸꦏꦩꦗꦸ", "Sukamaju"),
        ("", "PT Maju"),
        ("…", "!"),
    ],
)
def test_other_names_are_not_near(one, other):
    assert name_likeness(one, other) < 85


def test_an_index_gives_the_likest_first_and_each_key_once():
    index = NameIndex(
        [(1, "PT Tirta Serayu Lestari"), (2, "CV Tirta Serayu Lestary"), (1, "PT Serayu Jaya"), (3, "Lain")]
    )
    assert index.like("pt lestari serayu tirta", 85) == [(1, 100), (2, 95)]
    assert index.like("Serayu Jaya", 100) == [(1, 100)]
    assert index.like("   ", 1) == []


def test_an_index_finds_what_is_being_typed():
    index = NameIndex([(1, "PT Tirta Serayu Lestari"), (2, "Yayasan Bakti"), (3, "Bumi Tirta")])
    assert {key for key, _alike in index.holding("tirta")} == {1, 3}
    assert {key for key, _alike in index.holding("Tirta Ser")} == {1}
    assert index.holding("ti") == []


def test_the_form_of_a_name_is_told_apart():
    assert (form_of("P.T. Maju"), form_of("Maju"), form_of("Yay. Bakti")) == ("pt", "", "yayasan")
