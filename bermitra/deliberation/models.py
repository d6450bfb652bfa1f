"""What a village decides together: invitees, meetings, the subjects before them, decisions, signatures, consent.

A meeting knows its subjects by public code, title and hash of the text only; what they are, later stages know.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.codes import new_code
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.models import StoredFile
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
    topic = models.CharField(max_length=200)
    place = models.CharField(max_length=120)
    held_on = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField(null=True)
    state = models.CharField(max_length=20, default="planned")
    session = models.SmallIntegerField(default=1)
    invitation_number = models.CharField(max_length=60, blank=True)
    invited_on = models.DateField(null=True)
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
    """What a meeting is asked to decide: the public code of a record, and the hash of its text as it was tabled."""

    class Kind(models.TextChoices):
        PRIORITIES = "priorities", _("Prioritas kebutuhan")
        COOPERATION = "cooperation", _("Kerja sama")
        OTHER = "other", _("Pokok lain")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="subjects")
    code = models.CharField(max_length=10)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)  # what lay before the meeting, in words
    text_hash = models.CharField(max_length=64)
    tabled_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["code"], name="subject_code")]
        constraints = [models.UniqueConstraint(fields=["meeting", "code"], name="subject_once_in_meeting")]

    def __str__(self) -> str:
        return self.title

    def reach(self) -> Reach:
        return self.meeting.reach()


class ReadyText(models.Model):
    """A text that a later stage has closed and that waits for a meeting: the newest version of each record.

    ``offered_at`` tells a text that is brought again after a refusal from one that was decided on.
    """

    code = models.CharField(max_length=10, unique=True)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Subject.Kind.choices)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    text_hash = models.CharField(max_length=64)
    offered_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title

    def reach(self) -> Reach:
        return Reach(region=self.village_id)


class Attendee(models.Model):
    """A line of the attendance list. ``session`` is the session whose list was signed, 0 while it is not.

    An observer (a partner who explains, a guest) is on the list but neither counts for the quorum nor decides.
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

    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="decision")
    result = models.CharField(max_length=10, choices=Result.choices)
    mode = models.CharField(max_length=10, choices=Mode.choices)
    secret = models.BooleanField(default=False)
    present = models.IntegerField()  # those who may decide
    approving = models.IntegerField(default=0)  # of a consensus: how many agree with it
    votes_for = models.IntegerField(default=0)
    votes_against = models.IntegerField(default=0)
    votes_abstain = models.IntegerField(default=0)
    conditions = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    text_hash = models.CharField(max_length=64)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(votes_for__gte=0, votes_against__gte=0, votes_abstain__gte=0, approving__gte=0)
                & Q(present__gte=F("votes_for") + F("votes_against") + F("votes_abstain"))
                & Q(present__gte=F("approving")),
                name="decision_counts_possible",
            )
        ]

    def __str__(self) -> str:
        return f"{self.result} {self.subject_id}"

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
    """One step that was taken with the group, with its minutes; the sixth gives the consent."""

    process = models.ForeignKey(ConsentProcess, on_delete=models.PROTECT, related_name="steps")
    round = models.SmallIntegerField()
    number = models.SmallIntegerField()
    held_on = models.DateField()
    minutes_number = models.CharField(max_length=60)
    minutes = models.TextField()
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
