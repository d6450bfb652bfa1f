"""The shape of answers, marks of evidence, and repairs in a verification."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.calendar import long_date
from bermitra.foundation.fields import ParsedField, TextField, TickField
from bermitra.registry.due_diligence.book import Fact, Question, Type, book
from bermitra.registry.due_diligence.verdict import REASON_LETTERS
from bermitra.registry.forms.common import (
    Choice,
    parse_percent,
    parse_place,
    parse_whole,
)
from bermitra.registry.models import (
    PartnerDocument,
)
from bermitra.registry.queries.words import said


class StartVerification(forms.Form):
    region = ParsedField(
        label=_("Kode desa atau kabupaten pemeriksa"),
        help_text=_("Desa yang akan bekerja sama, atau kabupaten tempat mendaftar. Contoh: 33.04.19.2001"),
        parse=parse_place,
        empty=None,
    )


class DeclareFacts(forms.Form):
    """What the questions and documents depend on."""

    def __init__(self, *args: Any, facts: Iterable[Fact], held: dict[str, Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for fact in facts:
            self.fields[fact.code] = TickField(
                label=said(fact.name), required=False, initial=held.get(fact.code, False)
            )


YES_NO = (("yes", _("Ya")), ("no", _("Tidak")))
_TYPED = {"yes": True, "no": False}


class Answers(forms.Form):
    """A few questions of the book; each may stay open, and every "tidak" wants its reason."""

    def __init__(self, *args: Any, questions: Iterable[Question], answers: Any, reasons: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.questions = tuple(questions)
        for each in self.questions:
            held = answers.get(each.code)
            self.fields[each.code] = _question_field(each, held)
            if each.type is Type.YES_NO:
                self.fields[self.reason(each)] = TextField(
                    label=gettext("Alasan bila tidak"), multiline=True, limit=500, required=False,
                    initial=reasons.get(each.code, ""), widget=forms.Textarea(attrs={"rows": 2}),
                )  # fmt: skip

    @staticmethod
    def reason(question: Question) -> str:
        return f"{question.code}-reason"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for each in self.questions:
            reason = given.get(self.reason(each), "")
            if each.type is Type.YES_NO and given.get(each.code) == "no" and len(reason) < REASON_LETTERS:
                self.add_error(
                    self.reason(each),
                    gettext("Tulis alasan paling sedikit %(n)d huruf untuk jawaban “tidak”.") % {"n": REASON_LETTERS},
                )
        return given

    def answers(self) -> dict[str, Any]:
        """By question; None where it was left open."""
        given = ((each, self.cleaned_data[each.code]) for each in self.questions)
        return {e.code: _TYPED.get(v) if e.type is Type.YES_NO else (v if v != "" else None) for e, v in given}

    def reasons(self) -> dict[str, str]:
        return {e.code: self.cleaned_data[self.reason(e)] for e in self.questions if e.type is Type.YES_NO}


def _question_field(question: Question, held: Any) -> forms.Field:
    label = said(question.ask)
    match question.type:
        case Type.YES_NO:
            shown = {True: "yes", False: "no"}.get(held, "")
            return Choice(label=label, choices=YES_NO, required=False, initial=shown)
        case Type.CHOICE:
            options = [(option, said(words)) for option, words in question.options]
            return Choice(label=label, choices=options, required=False, initial=held or "")
        case Type.PERCENT:
            return ParsedField(label=label, parse=parse_percent, empty=None, required=False, initial=held)
        case Type.NUMBER:
            unit = said(question.unit) if question.unit else ""
            return ParsedField(label=label, parse=parse_whole, empty=None, required=False, initial=held, help_text=unit)


def _of_whom_and_when(document: PartnerDocument) -> str:
    days = " – ".join(long_date(each) for each in (document.dated, document.expires_on) if each)
    return f"{document.issuer} · {days}" if document.issuer else days


class CheckEvidence(forms.Form):
    """A few documents; what is not marked stays for later."""

    MARKS = ((PartnerDocument.Check.CHECKED, _("Cocok")), (PartnerDocument.Check.DISPUTED, _("Tidak cocok")))

    def __init__(self, *args: Any, documents: Iterable[PartnerDocument], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for each in documents:
            name = said(book().documents[each.kind].name)
            self.fields[str(each.pk)] = Choice(
                label=f"{name} · {each.number}", help_text=_of_whom_and_when(each), choices=self.MARKS, required=False
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not any(given.values()) and not self.errors:
            raise forms.ValidationError(gettext("Belum ada dokumen yang ditandai. Tandai paling sedikit satu."))
        return given

    def marks(self) -> dict[int, str]:
        """By the key of the document that was shown: a newer one of its kind is not meant."""
        return {int(key): mark for key, mark in self.cleaned_data.items() if mark}


class Repair(forms.Form):
    note = TextField(label=_("Yang harus diperbaiki"), multiline=True, limit=1000)
