"""The rule and the state kernel, and form fields that speak both languages."""

from dataclasses import dataclass

import pytest
from django import forms
from django.utils import translation

from bermitra.foundation.fields import DateField, PhoneField, RupiahField, TextField, TickField, TimeField
from bermitra.foundation.flow import Flow, Move, NoSuchMove
from bermitra.foundation.rules import Severity, Standing, Status, examine, passed_over, rule, unmet


@dataclass(frozen=True)
class Facts:
    n: int


def make(code, status=Status.SOURCED, severity=Severity.BLOCK, **more):
    @rule(code, says="n harus {least}", remedy="Isi n.", basis="contoh", status=status, severity=severity, **more)
    def big_enough(f: Facts) -> bool:
        return f.n > 1

    return big_enough


def test_a_rule_carries_the_name_of_its_predicate_and_answers():
    big = make("XX-01")
    assert (big.code, big.name, big(Facts(2)), big(Facts(1))) == ("XX-01", "big_enough", True, False)


def test_met_rules_stay_in_the_answer_and_unmet_ones_refuse():
    findings = examine((make("XX-01"), make("XX-02", severity=Severity.WARN)), Facts(1), Standing(numbers={"least": 2}))
    assert [f.code for f in unmet(findings)] == ["XX-01"]
    assert [f.code for f in passed_over(findings)] == ["XX-02"]
    assert findings[0].numbers["least"] == 2
    assert len(examine((make("XX-01"),), Facts(5))) == 1


def test_an_unverified_rule_yields_to_a_typed_reason_until_the_regency_confirms_it():
    doubtful = (make("XX-03", Status.UNVERIFIED),)
    asked = examine(doubtful, Facts(1))
    assert unmet(asked)
    assert not unmet(asked, "Perda belum ada")
    assert [f.code for f in passed_over(asked, "Perda belum ada")] == ["XX-03"]
    confirmed = examine(doubtful, Facts(1), Standing(confirmed=frozenset({"XX-03"})))
    assert unmet(confirmed, "Perda belum ada")


def test_only_what_is_switchable_can_be_switched_off_and_no_rule_of_law_is():
    off = Standing(switched_off=frozenset({"XX-04", "XX-05", "XX-06"}))
    assert examine((make("XX-04", Status.PRODUCT, switchable=True),), Facts(1), off) == ()
    assert unmet(examine((make("XX-05"), make("XX-06", Status.PRODUCT)), Facts(1), off))
    with pytest.raises(ValueError, match="XX-07"):
        make("XX-07", Status.SOURCED, switchable=True)


LIFE = Flow("life", [
    Move("start", "draft", "s.record"), Move("draft", "open", "s.publish"),
    Move("open", "won", "s.close"), Move("open", "lost", "s.close"),
])  # fmt: skip


def test_a_life_moves_only_through_its_doors():
    assert LIFE.through("s.publish", "draft") == "open"
    assert LIFE.through("s.close", "open", "won") == "won"
    assert LIFE.states == {"draft", "open", "won", "lost"}
    assert LIFE.open_doors("open") == {"s.close"}
    for door, state, target in [("s.publish", "open", None), ("s.close", "open", None), ("s.close", "open", "draft")]:
        with pytest.raises(NoSuchMove):
            LIFE.through(door, state, target)


def test_a_life_draws_itself():
    assert "[*] --> draft: s.record" in LIFE.drawn()
    with pytest.raises(ValueError):
        Flow("twice", [Move("a", "b", "d"), Move("a", "b", "d")])


class Paper(forms.Form):
    title = TextField(limit=20)
    amount = RupiahField()
    day = DateField()
    hour = TimeField(required=False)
    phone = PhoneField(required=False)


def test_fields_read_what_people_write():
    form = Paper({"title": " Air  bersih ", "amount": "Rp 1.250.000,-", "day": "27 November 2026", "hour": "14.05"})
    assert form.is_valid(), form.errors
    given = form.cleaned_data
    assert (given["title"], given["amount"], given["day"].isoformat()) == ("Air bersih", 1_250_000, "2026-11-27")
    assert (given["hour"].isoformat(), given["phone"]) == ("14:05:00", "")


@pytest.mark.parametrize("language", ["id", "en"])
def test_fields_say_what_is_wrong_in_the_readers_language(language):
    with translation.override(language):
        form = Paper({"title": "\u200b", "amount": "-5", "day": "31/11/2026", "hour": "24:00", "phone": "8.12E+10"})
        assert set(form.errors) == {"title", "amount", "day", "hour", "phone"}
        assert all("{" not in str(error) for error in form.errors.values())


class Chosen(forms.Form):
    way = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    which = forms.TypedChoiceField(choices=[("1", "1")], coerce=int)
    read = TickField()
    scan = forms.FileField()
    word = forms.CharField()


@pytest.mark.parametrize(
    ("language", "sentence"), [("id", "Isian ini belum diisi."), ("en", "This field has not been filled in.")]
)
def test_every_kind_of_field_says_in_one_sentence_that_it_is_empty(language, sentence):
    with translation.override(language):
        form = Chosen({})
        assert {name: list(errors) for name, errors in form.errors.items()} == {
            name: [sentence] for name in ("way", "which", "read", "scan", "word")
        }


class Several(Chosen):
    ways = forms.MultipleChoiceField(choices=[("a", "A")])


def test_a_choice_that_was_taken_out_of_the_list_is_named_with_what_to_do():
    errors = Several({"way": "b", "which": "2", "ways": ["a", "c"]}).errors
    assert {name: list(errors[name]) for name in ("way", "which", "ways")} == {
        name: [f"“{typed}” tidak ada dalam daftar. Pilih yang tersedia sekarang."]
        for name, typed in (("way", "b"), ("which", "2"), ("ways", "c"))
    }
