"""The one door every change goes through: authorise, idempotency, short transaction, journal."""
