"""What a village decides together: invitees, meetings, the subjects before them, decisions, signatures, consent.

A meeting knows its subjects by public code, title and hash of the text only; what they are, later stages know.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.codes import new_code
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import Paper, StoredFile
from bermitra.foundation.journal.models import AppendOnly
from bermitra.foundation.regions.models import Region


def _code() -> str:
    return new_code(10)


class Sex(models.TextChoices):
    MALE = "L", _("Laki-laki")
    FEMALE = "P", _("Perempuan")


class Invitee(models.Model):
    """A person on the village's standing list of invitees. No account is needed; ``poor`` is seen by the clerk only."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    sex = models.CharField(max_length=1, choices=Sex.choices)
    elements: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    hamlet = models.CharField(max_length=60)
    poor = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=13)

    class Meta:
        indexes = [models.Index(fields=["village", "active", "hamlet"], name="invitee_list")]

    def __str__(self) -> str:
        return self.name

    def reach(self) -> Reach:
        return Reach(region=self.village_id)


class Meeting(models.Model):
    """One Musyawarah Desa, from plan to binding decision. ``held_on`` is the day of the session that counts."""

    class Kind(models.TextChoices):
        PLANNED = "planned", _("Terencana")
        SUDDEN = "sudden", _("Mendadak")

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    sudden_because = models.CharField(max_length=300, blank=True)  # why it was not planned
    topic = models.CharField(max_length=200)
    place = models.CharField(max_length=120)
    held_on = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField(null=True)
    state = models.CharField(max_length=20, default="planned")
    session = models.SmallIntegerField(default=1)
    invitation_number = models.CharField(max_length=60, blank=True)
    invited_on = models.DateField(null=True)
    late_because = models.CharField(max_length=300, blank=True)  # why the invitation gave fewer days (DB-02)
    waiting_since = models.DateTimeField(null=True)
    first_held_on = models.DateField(null=True)  # of the session whose quorum failed
    first_present = models.IntegerField(null=True)
    opened_at = models.DateTimeField(null=True)
    chair = models.CharField(max_length=120, blank=True)
    minute_taker = models.CharField(max_length=120, blank=True)
    discussion = models.TextField(blank=True)
    absence_reason = models.TextField(blank=True)  # why a required element is missing
    minutes_number = models.CharField(max_length=60, blank=True)
    minutes_on = models.DateField(null=True)
    minutes_hash = models.CharField(max_length=64, blank=True)  # of the words that are signed
    edition = models.SmallIntegerField(default=1)  # of the minutes: each return makes a new one, to be signed anew
    published_on = models.DateField(null=True)
    bound_on = models.DateField(null=True)
    ended_why = models.CharField(max_length=300, blank=True)  # of a cancelled or annulled meeting
    signed_sheet = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    example = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=13)

    class Meta:
        indexes = [models.Index(fields=["village", "held_on"], name="meeting_village")]
        constraints = [
            models.CheckConstraint(condition=Q(session__in=(1, 2)), name="meeting_one_or_two_sessions"),
            models.UniqueConstraint(
                fields=["village", "minutes_number"],
                condition=~Q(minutes_number="") & ~Q(state="annulled"),
                name="minutes_number_once",
            ),
        ]

    def __str__(self) -> str:
        return self.topic

    def reach(self) -> Reach:
        return Reach(region=self.village_id)


class Subject(models.Model):
    """What a meeting is asked to decide: the public code of a record, and the hash of its text as it was tabled.

    ``partner`` is the public code of the partner whose text it is: its people, and who shares with it, do not decide.
    """

    class Kind(models.TextChoices):
        PRIORITIES = "priorities", _("Prioritas kebutuhan")
        COOPERATION = "cooperation", _("Kerja sama")
        PERSON = "person", _("Pemilihan atau penilaian orang")
        OTHER = "other", _("Pokok lain")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="subjects")
    code = models.CharField(max_length=10)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)  # what lay before the meeting, in words
    text_hash = models.CharField(max_length=64)
    partner = models.CharField(max_length=10, blank=True)
    tabled_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["code"], name="subject_code")]
        constraints = [models.UniqueConstraint(fields=["meeting", "code"], name="subject_once_in_meeting")]

    def __str__(self) -> str:
        return self.title

    def reach(self) -> Reach:
        return self.meeting.reach()


class ReadyText(models.Model):
    """A text that a later stage has closed and that waits for a meeting: the newest version of each record. One that several
    villages decide on waits in each.

    ``offered_at`` tells a text that is brought again after a refusal from one that was decided on.
    """

    code = models.CharField(max_length=10)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Subject.Kind.choices)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    text_hash = models.CharField(max_length=64)
    partner = models.CharField(max_length=10, blank=True)
    offered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "village"], name="text_waits_once_in_a_village")]

    def __str__(self) -> str:
        return self.title

    def reach(self) -> Reach:
        return Reach(region=self.village_id)


class Attendee(models.Model):
    """A line of the attendance list. ``session`` is the session whose list was signed, 0 while it is not.

    An observer (a partner who explains, a guest) is on the list but neither counts for the quorum nor decides.
    ``cleared`` says why this is another person than the one of the same name who would have to step back.
    """

    class Mark(models.TextChoices):
        NONE = "", _("Belum hadir")
        PAPER = "paper", _("Tanda tangan")
        THUMB = "thumb", _("Cap jempol")

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendees")
    name = models.CharField(max_length=120)
    sex = models.CharField(max_length=1, choices=Sex.choices)
    elements: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    hamlet = models.CharField(max_length=60, blank=True)
    poor = models.BooleanField(default=False)
    invited = models.BooleanField(default=True)
    observer = models.BooleanField(default=False)
    session = models.SmallIntegerField(default=0)
    mark = models.CharField(max_length=10, choices=Mark.choices, default=Mark.NONE, blank=True)
    helped_by = models.CharField(
        max_length=120, blank=True
    )  # who read to somebody who left a thumbprint, and held the pad
    cleared = models.CharField(max_length=200, blank=True)
    cleared_by = models.CharField(max_length=13, blank=True)

    class Meta:
        indexes = [models.Index(fields=["meeting", "hamlet", "name"], name="attendee_list")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(session=0) & Q(mark="")) | (Q(session__gt=0) & ~Q(mark="")),
                name="attendee_present_with_mark",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def reach(self) -> Reach:
        return self.meeting.reach()


class AttendanceSheet(AppendOnly):
    """A photograph or scan of a page of the attendance list as it was signed in one session."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="sheets")
    session = models.SmallIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "session", "file"], name="attendance_sheet_once"),
            models.CheckConstraint(condition=Q(session__in=(1, 2)), name="attendance_sheet_of_a_session"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.session}"

    def reach(self) -> Reach:
        return self.meeting.reach()


class TopicAnswer(models.Model):
    """What the meeting said on one of the nine topics of a cooperation (1 to 9)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="answers")
    topic = models.SmallIntegerField()
    answer = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "topic"], name="topic_answered_once"),
            models.CheckConstraint(condition=Q(topic__gte=1) & Q(topic__lte=9), name="topic_is_one_of_nine"),
        ]

    def __str__(self) -> str:
        return f"{self.topic}"


class Decision(AppendOnly):
    """What was decided on a subject, on which text, by how many. Never changed: a meeting that erred is annulled."""

    class Result(models.TextChoices):
        AGREED = "agreed", _("Setuju")
        REFUSED = "refused", _("Tidak setuju")

    class Mode(models.TextChoices):
        CONSENSUS = "consensus", _("Mufakat")
        VOTE = "vote", _("Pemungutan suara")

    class Ballot(models.TextChoices):
        HANDS = "hands", _("Angkat tangan")
        PAPER = "paper", _("Kertas suara")

    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="decision")
    result = models.CharField(max_length=10, choices=Result.choices)
    mode = models.CharField(max_length=10, choices=Mode.choices)
    ballot = models.CharField(max_length=10, choices=Ballot.choices, blank=True)  # of a vote
    secret = models.BooleanField(default=False)
    chair = models.CharField(max_length=120, blank=True)  # who presided over it
    present = models.IntegerField()  # those who may decide
    approving = models.IntegerField(default=0)  # of a consensus: how many agree with it
    votes_for = models.IntegerField(default=0)
    votes_against = models.IntegerField(default=0)
    votes_abstain = models.IntegerField(default=0)
    votes_invalid = models.IntegerField(default=0)
    voters = models.IntegerField(default=0)  # who voted, counted on their own and not summed up from the heaps
    counter_one = models.CharField(max_length=120, blank=True)
    counter_two = models.CharField(max_length=120, blank=True)
    conditions = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    text_hash = models.CharField(max_length=64)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(votes_for__gte=0, votes_against__gte=0, votes_abstain__gte=0, approving__gte=0)
                & Q(votes_invalid__gte=0, voters__gte=0, present__gte=F("voters"))
                & Q(present__gte=F("votes_for") + F("votes_against") + F("votes_abstain") + F("votes_invalid"))
                & Q(present__gte=F("approving")),
                name="decision_counts_possible",
            )
        ]

    def __str__(self) -> str:
        return f"{self.result} {self.subject_id}"

    def reach(self) -> Reach:
        return self.subject.reach()


class BpdDecree(AppendOnly):
    """The decree of the BPD on a subject that the meeting agreed to, one for each; its number stands once in a year.

    A decree falls with its meeting: once that is annulled, :func:`queries.decree_on` no longer finds it.
    """

    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="decree")
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)
    dated = models.DateField()
    year = models.SmallIntegerField()  # of ``dated``
    text_hash = models.CharField(max_length=64)  # of the text that was agreed to
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=13)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["village", "year", "number"], name="decree_number_once")]

    def __str__(self) -> str:
        return self.number

    def reach(self) -> Reach:
        return self.subject.reach()


class Countersignature(AppendOnly):
    """A signature under the minutes, given by account or read from the signed sheet. It counts for these words only."""

    class Capacity(models.TextChoices):
        CHAIR = "chair", _("Pimpinan musyawarah")
        MINUTE_TAKER = "minute_taker", _("Notulen")
        HEAD = "village_head", _("Kepala Desa")
        COMMUNITY = "resident", _("Wakil masyarakat")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="signatures")
    capacity = models.CharField(max_length=15, choices=Capacity.choices)
    name = models.CharField(max_length=120)
    minutes_hash = models.CharField(max_length=64)
    sheet = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")  # None: by account
    signed_at = models.DateTimeField()
    by = models.CharField(max_length=13)  # who signed by account, or who recorded the sheet
    recorded_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "minutes_hash", "capacity", "name"], name="countersigned_once_per_text"
            )
        ]

    def __str__(self) -> str:
        return f"{self.capacity} {self.name}"

    def reach(self) -> Reach:
        return self.meeting.reach()


class Witness(models.Model):
    """A resident on whom the lot fell: he countersigns this edition of the minutes (DB-16).

    ``order`` is his place in the lot, from 1. Who cannot sign is passed over for a reason, and the next in order follows.
    A meeting whose minutes were finalised before lots were drawn has no rows, nor has one to which no resident came: there
    any one participant signs for the residents.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="witnesses")
    edition = models.SmallIntegerField()
    attendee = models.ForeignKey(Attendee, on_delete=models.PROTECT, related_name="+")
    order = models.SmallIntegerField()
    drawn_at = models.DateTimeField()
    passed_over_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "edition", "attendee"], name="witness_drawn_once"),
            models.UniqueConstraint(fields=["meeting", "edition", "order"], name="witness_order_once"),
        ]

    def __str__(self) -> str:
        return f"{self.edition}.{self.order} {self.attendee_id}"

    def reach(self) -> Reach:
        return self.meeting.reach()


class SignNote(AppendOnly):
    """How the village explains a sign of trouble (``rules.signs``). Everybody may read it; a better word is a new row."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="sign_notes")
    sign = models.CharField(max_length=20)
    text = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    class Meta:
        indexes = [models.Index(fields=["meeting", "sign"], name="sign_note_of_meeting")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.sign}"

    def reach(self) -> Reach:
        return self.meeting.reach()


class MeetingObjection(models.Model):
    """A resident's objection to a decision, and its answer."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="objections")
    name = models.CharField(max_length=120)
    text = models.TextField()
    raised_at = models.DateTimeField()
    raised_by = models.CharField(max_length=13)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.code

    def reach(self) -> Reach:
        return self.meeting.reach()


class ConsentProcess(models.Model):
    """Free, prior and informed consent (PADIATAPA) of an affected group, about a case that is known by its code only."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    group = models.CharField(max_length=120)
    language = models.CharField(max_length=60)
    informed_on = models.DateField()  # when the group was given the information to study
    state = models.CharField(max_length=20, default="preconditions")
    round = models.SmallIntegerField(default=1)  # after a refusal the steps begin anew
    refused_why = models.TextField(blank=True)
    example = models.BooleanField(default=False)
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=13)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["about"], name="one_consent_about_a_case")]

    def __str__(self) -> str:
        return self.title

    def reach(self) -> Reach:
        return Reach(region=self.village_id)


class ConsentStep(AppendOnly):
    """One step that was taken with the group, with the scan of its signed minutes; the sixth gives the consent.

    ``minutes`` is what they say in short. Steps from before the scan was asked for have none.
    """

    process = models.ForeignKey(ConsentProcess, on_delete=models.PROTECT, related_name="steps")
    round = models.SmallIntegerField()
    number = models.SmallIntegerField()
    held_on = models.DateField()
    minutes_number = models.CharField(max_length=60)
    minutes = models.TextField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    male = models.IntegerField()
    female = models.IntegerField()
    local_language = models.BooleanField()
    given_by = models.CharField(max_length=20, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process", "round", "number"], name="consent_step_once"),
            models.CheckConstraint(condition=Q(male__gte=0, female__gte=0), name="consent_step_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.process_id} {self.round}.{self.number}"

    def reach(self) -> Reach:
        return self.process.reach()


class ConsentRefusal(AppendOnly):
    """A no of the affected group. ``state`` is the step at which it was said, or ``given``: then a yes was taken back."""

    process = models.ForeignKey(ConsentProcess, on_delete=models.PROTECT, related_name="refusals")
    round = models.SmallIntegerField()
    state = models.CharField(max_length=20)
    why = models.TextField()
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+"
    )  # minutes, where there are any
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=13)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "round"], name="consent_refused_once_a_round")]

    def __str__(self) -> str:
        return f"{self.process_id} {self.round}"

    def reach(self) -> Reach:
        return self.process.reach()


# Between villages -----------------------------------------------------------------------------------------------------


class JointOffer(models.Model):
    """A cooperation that one village offers to others: one text, on which each decides in its own Musyawarah.

    ``contents`` are the contents of the law by name. A text that the villages word anew together is its next ``edition``,
    and every village decides on that.
    """

    class Purpose(models.TextChoices):
        BUSINESS = "joint_business", _("Usaha bersama bernilai ekonomi")
        SERVICES = "services_and_development", _("Pelayanan, pembangunan, dan pemberdayaan antar-Desa")
        SECURITY = "security_and_order", _("Keamanan dan ketertiban")

    class Field(models.TextChoices):
        GOVERNMENT = "penyelenggaraan_pemerintahan", _("Penyelenggaraan pemerintahan desa")
        DEVELOPMENT = "pelaksanaan_pembangunan", _("Pelaksanaan pembangunan desa")
        COMMUNITY = "pembinaan_kemasyarakatan", _("Pembinaan kemasyarakatan desa")
        EMPOWERMENT = "pemberdayaan_masyarakat", _("Pemberdayaan masyarakat desa")

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")  # that offers
    title = models.CharField(max_length=200)
    purpose = models.CharField(max_length=30, choices=Purpose.choices)
    field_of_government = models.CharField(max_length=40, choices=Field.choices)
    delegates = models.SmallIntegerField()  # that each village sends
    answer_by = models.DateField()
    contents: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    text_hash = models.CharField(max_length=64, blank=True)  # of what was sent
    edition = models.SmallIntegerField(default=1)
    state = models.CharField(max_length=20, default="draft")
    letter_number = models.CharField(max_length=60, blank=True)
    sent_on = models.DateField(null=True)
    ended_why = models.CharField(max_length=300, blank=True)
    example = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=13)

    class Meta:
        indexes = [models.Index(fields=["village", "created_at"], name="joint_offer_village")]
        constraints = [models.CheckConstraint(condition=Q(delegates__gte=1), name="joint_offer_has_delegates")]

    def __str__(self) -> str:
        return self.title

    def reach(self) -> Reach:
        return Reach(region=self.village_id)


class JointPlace(models.Model):
    """A village before whose Musyawarah the text of a joint offer comes: the one that offers, and those it asks."""

    offer = models.ForeignKey(JointOffer, on_delete=models.PROTECT, related_name="places")
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    out = models.BooleanField(default=False)  # not asked about the text of now: it did not take part in wording it
    reminded = models.SmallIntegerField(default=0)  # how often the village was told that its answer is missing
    left_out_on = models.DateField(null=True)  # when its silence was closed: no answer is no consent
    # Where it was asked once more: when, with which letter, until when.
    asked_on = models.DateField(null=True)
    letter_number = models.CharField(max_length=60, blank=True, default="")
    answer_by = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["offer", "village"], name="joint_place_once")]

    def __str__(self) -> str:
        return self.village_id

    def reach(self) -> Reach:
        return Reach(region=self.village_id)


class JointAnswer(AppendOnly):
    """What the head of an asked village writes to the one that offers, on the binding decision of its own Musyawarah.

    For the text of this hash only. One decision carries one answer; another needs another Musyawarah. ``notes`` are what
    the village's minutes ask for, or why it declines.
    """

    class Kind(models.TextChoices):
        AGREE = "agree", _("Setuju")
        WITH_NOTES = "agree_with_notes", _("Setuju dengan catatan")
        DECLINE = "decline", _("Tidak setuju")

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    place = models.ForeignKey(JointPlace, on_delete=models.PROTECT, related_name="written")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    text_hash = models.CharField(max_length=64)
    number = models.CharField(max_length=60)  # of the letter
    dated = models.DateField()
    notes = models.TextField(blank=True)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, related_name="+")  # the letter
    answered_at = models.DateTimeField()
    by = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "decision"], name="joint_answer_once_a_decision"),
            models.CheckConstraint(
                condition=~Q(kind="agree_with_notes", notes="") & ~Q(~Q(notes=""), kind="agree"),
                name="joint_answer_notes_where_asked",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def reach(self) -> Reach:
        return self.place.reach()


class JointAnswerWithdrawal(AppendOnly):
    """A village takes its written answer back, since another Musyawarah of its own has decided anew."""

    answer = models.OneToOneField(JointAnswer, on_delete=models.PROTECT, related_name="withdrawal")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.CharField(max_length=13)

    def __str__(self) -> str:
        return str(self.answer)

    def reach(self) -> Reach:
        return self.answer.reach()


class Delegate(models.Model):
    """Whom a village sends into the Musyawarah antar-Desa, as the minutes of its own Musyawarah name them."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="delegates")
    offer = models.ForeignKey(JointOffer, on_delete=models.PROTECT, related_name="named")
    name = models.CharField(max_length=120)
    sex = models.CharField(max_length=1, choices=Sex.choices)
    element = models.CharField(max_length=30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "offer", "name"], name="delegate_once")]

    def __str__(self) -> str:
        return self.name

    def reach(self) -> Reach:
        return self.meeting.reach()


class JointMeeting(models.Model):
    """One Musyawarah antar-Desa on a joint offer, called by the village that offers. ``contents`` are the contents as the
    delegates word them there; what is not in it stays as offered."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    offer = models.ForeignKey(JointOffer, on_delete=models.PROTECT, related_name="meetings")
    place = models.CharField(max_length=120)
    held_on = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField(null=True)
    state = models.CharField(max_length=20, default="invited")
    invitation_number = models.CharField(max_length=60)
    invited_on = models.DateField()
    chair = models.CharField(max_length=120, blank=True)
    minute_taker = models.CharField(max_length=120, blank=True)
    contents: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    topics: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)  # by the topic's number
    result = models.CharField(max_length=10, choices=Decision.Result.choices, blank=True)
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    discussion = models.TextField(blank=True)
    minutes_number = models.CharField(max_length=60, blank=True)
    minutes_on = models.DateField(null=True)
    minutes_hash = models.CharField(max_length=64, blank=True)  # of the words that are signed
    edition = models.SmallIntegerField(default=1)  # of the minutes: each return makes a new one, to be signed anew
    sheet = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    sheet_by = models.CharField(max_length=13, blank=True)
    signed_on = models.DateField(null=True)
    ended_why = models.CharField(max_length=300, blank=True)
    example = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["offer"],
                condition=Q(state__in=("invited", "in_session", "minutes", "signing")),
                name="one_joint_meeting_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.offer.title

    def reach(self) -> Reach:
        return self.offer.reach()


class JointSeat(models.Model):
    """A village in a Musyawarah antar-Desa: which minutes of its own name its delegates, what it says, what it pays."""

    meeting = models.ForeignKey(JointMeeting, on_delete=models.PROTECT, related_name="seats")
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    named_in = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    present: models.JSONField[list[str], list[str]] = models.JSONField(default=list)  # codes of its delegates
    agrees = models.BooleanField(null=True)
    dues = models.BigIntegerField(null=True)  # whole rupiah a year
    note = models.TextField(blank=True)
    head = models.CharField(max_length=120, blank=True)  # who is to sign, as the minutes print it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "village"], name="joint_seat_once")]

    def __str__(self) -> str:
        return self.village_id

    def reach(self) -> Reach:
        return Reach(region=self.village_id)


class JointSignature(AppendOnly):
    """A village head's signature under joint minutes, given by account or read from the signed print. For these words only."""

    seat = models.ForeignKey(JointSeat, on_delete=models.PROTECT, related_name="signatures")
    name = models.CharField(max_length=120)
    minutes_hash = models.CharField(max_length=64)
    sheet = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")  # None: by account
    signed_at = models.DateTimeField()
    by = models.CharField(max_length=13)  # who signed by account, or who confirmed the sheet

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seat", "minutes_hash"], name="joint_minutes_signed_once")]

    def __str__(self) -> str:
        return self.name

    def reach(self) -> Reach:
        return self.seat.reach()
