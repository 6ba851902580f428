import pytest

from journeyman.data import catalogue, find
from journeyman.data.catalogue import read_entry
from journeyman.errors import Invalid, NotFound

SETS = catalogue()
REGISTRIES = {"pypi", "npm", "debian", "archive"}


def test_the_twelve_sets_are_there():
    assert set(SETS) == {
        "adult", "ames", "card-fraud", "cifar-10", "clothing-reviews", "fashion-mnist",
        "hotel-bookings", "metro-traffic", "movielens-100k", "nyc-flights", "spam-mail",
        "spoken-digits",
    }  # fmt: skip


@pytest.mark.parametrize("dataset", SETS.values(), ids=str)
def test_every_entry_says_what_a_reader_needs(dataset):
    assert dataset.faults
    for table in dataset.tables.values():
        assert table.rows > 1
        assert set(table.sha256) != {"0"}
        names = [column.name for column in table.columns]
        assert len(names) == len(set(names))
    pinned = [source for source in dataset.sources if source.sha256]
    assert pinned
    for source in dataset.sources:
        assert source.bytes > 1000
        if source.kind in REGISTRIES:
            assert set(source.sha256) != {"0"}
            assert source.checked


def test_what_must_not_be_passed_on_says_so():
    assert SETS["movielens-100k"].may_ship.startswith("never")
    assert SETS["cifar-10"].opt_in


def test_an_unknown_set_names_the_command():
    with pytest.raises(NotFound, match="journeyman data list"):
        find("iris")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('title = "Three people"', "title = 3", "title"),
        ('type = "number"', 'type = "float"', "type"),
        ('id = "tiny"', 'id = "other"', "must agree"),
        ('package = "tiny-data"', "", "needs package"),
        ("[[sources.reads.people]]", "[[sources.reads.persons]]", "must read exactly"),
        ('licence = "CC0"', "licence = ", "not usable TOML"),
        ('address = "https', 'address = "ftp', "address"),
    ],
)
def test_a_broken_entry_is_one_sentence_with_its_name(bank, old, new, said):
    file = bank / "datasets" / "tiny.toml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    with pytest.raises(Invalid, match=r"tiny\.toml") as caught:
        read_entry(file)
    assert said in caught.value.message


def test_two_entries_of_one_name(bank, tmp_path):
    with pytest.raises(Invalid, match="two folders"):
        catalogue([bank, bank])
