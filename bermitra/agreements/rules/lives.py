"""The lives of a text and of a signature, and their words."""

from __future__ import annotations

from bermitra.foundation.flow import Flow, Label, Move
from bermitra.foundation.text import _

PARTIES = {"one": _("Desa"), "two": _("Mitra")}

ONE, TWO = "one", "two"

OTHER = {ONE: TWO, TWO: ONE}

TURN = {ONE: "village_turn", TWO: "partner_turn"}  # the state in which a side has the text

DRAFT_FLOW = Flow(
    "agreement_draft",
    (
        Move("start", "village_turn", "agreements.start_draft"),
        Move("village_turn", "village_turn", "agreements.propose_change"),
        Move("partner_turn", "partner_turn", "agreements.propose_change"),
        Move("text_agreed", "village_turn", "agreements.propose_change"),
        # Made a memorandum, or put under another text: a change as any other.
        Move("village_turn", "village_turn", "agreements.place_in_chain"),
        Move("partner_turn", "partner_turn", "agreements.place_in_chain"),
        Move("text_agreed", "village_turn", "agreements.place_in_chain"),
        Move("partner_turn", "partner_turn", "agreements.offer_batch"),  # with the words of many villages
        Move("village_turn", "partner_turn", "agreements.pass_turn"),
        Move("partner_turn", "village_turn", "agreements.pass_turn"),
        Move("village_turn", "legal_review", "agreements.request_legal_review"),
        Move("legal_review", "village_turn", "agreements.give_legal_review"),
        Move("legal_review", "village_turn", "agreements.end_legal_review"),
        # The first to accept hands the text to the other side; the second makes it agreed.
        Move("village_turn", "partner_turn", "agreements.accept_text"),
        Move("partner_turn", "village_turn", "agreements.accept_text"),
        Move("village_turn", "text_agreed", "agreements.accept_text"),
        Move("partner_turn", "text_agreed", "agreements.accept_text"),
        Move("text_agreed", "text_agreed", "agreements.grant_permit"),
        Move("text_agreed", "village_turn", "agreements.refuse_permit"),
        Move("text_agreed", "locked", "agreements.finalise"),
        Move("locked", "village_turn", "agreements.reopen_draft"),
        Move("locked", "village_turn", "agreements.void_signatures"),
        Move("locked", "in_force", "agreements.activate"),
        Move("in_force", "suspended", "agreements.suspend"),
        Move("suspended", "in_force", "agreements.resume"),
        Move("village_turn", "abandoned", "agreements.abandon_draft"),
        Move("partner_turn", "abandoned", "agreements.abandon_draft"),
        Move("legal_review", "abandoned", "agreements.abandon_draft"),
        Move("text_agreed", "abandoned", "agreements.abandon_draft"),
        Move("village_turn", "abandoned", "agreements.return_to_selection"),
        Move("partner_turn", "abandoned", "agreements.return_to_selection"),
        Move("text_agreed", "abandoned", "agreements.return_to_selection"),
    ),
)

DRAFTED_IN = frozenset({"village_turn", "partner_turn", "legal_review", "text_agreed"})

BINDS_IN = frozenset({"in_force", "suspended"})  # what was agreed holds, also while it rests

SLOT_FLOW = Flow(
    "signature",
    (
        Move("start", "invited", "agreements.finalise"),
        Move("invited", "signed", "agreements.sign"),
        Move("invited", "signed", "agreements.register_certified_signature"),
        Move("invited", "invited", "agreements.affix_stamp"),  # what is signed is another file from now on
        Move("invited", "paper_uploaded", "agreements.upload_wet_signatures"),
        Move("paper_uploaded", "invited", "agreements.return_wet_signatures"),
        Move("paper_uploaded", "signed", "agreements.confirm_wet_signatures"),
        Move("invited", "declined", "agreements.decline_to_sign"),
        Move("declined", "invited", "agreements.invite_signer"),
        Move("invited", "void", "agreements.reopen_draft"),
        Move("paper_uploaded", "void", "agreements.reopen_draft"),
        Move("declined", "void", "agreements.reopen_draft"),
        Move("invited", "void", "agreements.void_signatures"),
        Move("signed", "void", "agreements.void_signatures"),
        Move("declined", "void", "agreements.void_signatures"),
    ),
)

_NOBODY = _("Tidak ada yang ditunggu.")

LABELS: dict[str, Label] = {
    "village_turn": Label(
        _("Giliran desa"), _("Naskah di tangan desa"), _("Menunggu Sekretaris Desa menyusun naskah.")
    ),
    "partner_turn": Label(_("Giliran mitra"), _("Naskah di tangan mitra"), _("Menunggu mitra memeriksa naskah.")),
    "legal_review": Label(
        _("Telaah hukum"), _("Telaah hukum (pilihan)"), _("Menunggu penelaah hukum memberi catatan.")
    ),
    "text_agreed": Label(
        _("Naskah disepakati"),
        _("Kedua pihak menerima naskah yang sama"),
        _("Menunggu Kepala Desa mengunci naskah."),
    ),
    "locked": Label(_("Naskah terkunci"), _("Terkunci dengan sidik naskah"), _("Menunggu para penanda tangan.")),
    "in_force": Label(_("Berlaku"), _("Berlaku"), _NOBODY),
    "suspended": Label(_("Ditunda sementara"), _("Ditunda"), _("Menunggu para pihak melanjutkan kerja sama.")),
    "abandoned": Label(_("Dihentikan"), _("Naskah dihentikan"), _NOBODY),
}

SLOT_LABELS = {
    "invited": _("Menunggu tanda tangan"),
    "paper_uploaded": _("Tanda tangan basah diperiksa"),
    "signed": _("Sudah menandatangani"),
    "declined": _("Menolak menandatangani"),
    "void": _("Tidak berlaku"),
}
