"""5. The spine: one case from idea to hand-over, its parties and its flow."""
