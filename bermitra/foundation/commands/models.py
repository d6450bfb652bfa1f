"""What has been done already: one row per act and key, so that a repeated request has one effect and one answer."""

from django.db import models


class DoneAct(models.Model):
    """An act that was carried out. Kept for seven days; ``bermitra daily`` clears older ones."""

    actor = models.CharField(max_length=13)
    key = models.CharField(max_length=64)
    door = models.CharField(max_length=80)
    asked = models.CharField(max_length=64)  # SHA-256 over what was asked
    sent = models.CharField(max_length=64, blank=True)  # SHA-256 over the request, where a program sent it
    told = models.JSONField(null=True)  # what the program was answered, to be told again
    act = models.CharField(max_length=10)
    answer = models.JSONField(null=True)  # model label and primary key of what the act returned
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="done_act_once")]
        indexes = [models.Index(fields=["at"], name="done_act_at")]

    def __str__(self) -> str:
        return f"{self.door} {self.key}"
