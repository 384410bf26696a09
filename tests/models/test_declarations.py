"""Every record kind says enough for tables, forms, imports and exports to be made from it."""

from collections import Counter

import pytest

from brandpool.models.field import Choice, Kind
from brandpool.models.kinds import KINDS, by_kind
from brandpool.models.record import Record, fields
from brandpool.models.tier import PublicNotice

KIND_IDS = [model.kind() for model in KINDS]


@pytest.mark.parametrize("model", KINDS, ids=KIND_IDS)
def test_every_kind_and_field_is_named_in_both_languages(model: type[Record]) -> None:
    assert model.zh
    assert model.en
    assert model.title_field in fields(model)
    for declared in fields(model).values():
        assert declared.zh
        assert declared.en.isascii()
        assert not declared.en.startswith(" ")


@pytest.mark.parametrize("model", KINDS, ids=KIND_IDS)
def test_codes_are_ascii_unique_and_named_in_both_languages(model: type[Record]) -> None:
    for declared in fields(model).values():
        assert (declared.kind is Kind.CHOICE) == bool(declared.choices)
        codes = Counter(choice.code for choice in declared.choices)
        assert [code for code, number in codes.items() if number > 1] == []
        for choice in declared.choices:
            assert isinstance(choice, Choice)
            assert choice.code.isascii()
            assert choice.zh
            assert choice.en


@pytest.mark.parametrize("model", KINDS, ids=KIND_IDS)
def test_a_heading_means_one_field_of_a_kind(model: type[Record]) -> None:
    meant = Counter(h for f in fields(model).values() for h in {f.zh, *f.aliases})
    assert [heading for heading, number in meant.items() if number > 1] == []


@pytest.mark.parametrize("model", KINDS, ids=KIND_IDS)
def test_links_official_numbers_and_currencies_name_what_exists(model: type[Record]) -> None:
    for name in (*model.official, *model.same_by):
        assert name in fields(model)
    for declared in fields(model).values():
        assert (declared.kind is Kind.LINK) == bool(declared.links)
        assert not declared.links or declared.links in by_kind()
        assert not declared.currency or fields(model)[declared.currency].choices


def test_parents_stand_before_what_hangs_on_them() -> None:
    place = {model.kind(): number for number, model in enumerate(KINDS)}
    for model in KINDS:
        for declared in fields(model).values():
            if declared.links and declared.links != model.kind():
                assert place[declared.links] < place[model.kind()]


def test_phones_and_addresses_of_mail_are_personal_data_but_the_stations_own() -> None:
    for model in KINDS:
        for name, declared in fields(model).items():
            if declared.kind in (Kind.PHONE, Kind.EMAIL) and model is not PublicNotice:
                assert declared.personal, (model, name)
