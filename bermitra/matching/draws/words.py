"""The rule of a draw in sentences: on pages in the reader's language, on papers and in the list file in Indonesian."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bermitra.foundation.calendar import long_date
from bermitra.foundation.personal.open_text import HIDDEN, hidden
from bermitra.foundation.text import _
from bermitra.matching.draws.rules import ATTRIBUTES, LEFT_OUT, NEVER_SERVED, NO_STATUS, SERVED, SILENCE
from bermitra.matching.models import Draw, DrawEntrant

Say = Callable[[str], str]


def plainly(sentence: str) -> str:
    """Indonesian, as the sentences stand in the source."""
    return sentence


def in_public(text: str) -> str:
    """What the organiser typed, without the numbers by which a person is found: the same in every language, as it is
    hashed and printed."""
    return hidden(text, HIDDEN)


def rule_lines(draw: Draw, districts: Mapping[str, str], say: Say = plainly) -> list[str]:
    """Who is on the list and how places are shared out; ``districts`` gives their names by code."""
    lines = [
        say(_("Semua desa yang memenuhi syarat ikut diundi."))
        if draw.entry == Draw.Entry.ALL
        else say(_("Desa yang mendaftar dan memenuhi syarat ikut diundi."))
    ]
    if draw.statuses:
        lines.append(say(_("Status desa: {names}.")).format(names=", ".join(draw.statuses)))
    if draw.districts:
        names = ", ".join(districts.get(code, code) for code in draw.districts)
        lines.append(say(_("Kecamatan: {names}.")).format(names=names))
    if draw.rest_months:
        said = say(_("Desa yang mendapat tempat program ini kurang dari {n} bulan lalu tidak ikut."))
        lines.append(said.format(n=draw.rest_months))
    if draw.quotas:
        names = say(_(" dan ")).join(say(ATTRIBUTES[each]) for each in draw.quotas if each in ATTRIBUTES)
        said = say(
            _("Tempat dibagi menurut {names}: setiap kelompok mendapat bagiannya, dibulatkan ke bawah atau ke atas.")
        )
        lines.append(said.format(names=names))
    if draw.answer_until:
        said = say(_("Setiap desa yang berhak menjawab sendiri, ikut atau tidak, sampai {day}."))
        lines += [said.format(day=long_date(draw.answer_until)), say(SILENCE[draw.silence])]
    lines.append(say(_("Peluang setiap desa dalam daftar sama besar.")))
    return lines


def why_left_out(each: DrawEntrant, draw: Draw, say: Say = plainly) -> str:
    """Why a village is not on the list, with what was found of it."""
    said = say(LEFT_OUT[each.left_out])
    if each.left_out == "status":
        return f"{said}: {say(each.attributes['status'])}"
    if each.left_out == "served":
        return f"{said} ({say(_('kurang dari {n} bulan lalu')).format(n=draw.rest_months)})"
    return said


def value_of(attribute: str, value: str, districts: Mapping[str, str], say: Say = plainly) -> str:
    """The value of an attribute as people read it."""
    if attribute == "district":
        return districts.get(value, value)
    return say(value) if value in (SERVED, NEVER_SERVED, NO_STATUS) else value


def replay_steps(draw: Draw, say: Say = plainly) -> list[str]:
    """How anybody computes the result again, with any program that knows SHA-256."""
    steps = [
        say(_("Unduh berkas daftar dari halaman undian, lalu hitung sidik SHA-256-nya. Hasilnya sidik daftar.")),
        say(_("Sambung sidik daftar dengan angka yang keluar tanpa spasi, lalu hitung SHA-256. Hasilnya benih.")),
        say(_("Sambung benih dengan kode setiap desa, hitung SHA-256, lalu urutkan dari yang terkecil.")),
    ]
    if draw.quotas:
        return [*steps, say(_("Bagian setiap kelompok dibulatkan menurut undian; program pemeriksa menghitungnya."))]
    return [*steps, say(_("{n} desa teratas mendapat tempat.")).format(n=draw.seats)]
